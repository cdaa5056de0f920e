import { Select, Text } from '@mantine/core';
import type { SignalEntry } from '@steward/shared/model';
import { useMemo, useState } from 'react';
import { humanize } from '../../../lib/catalogue.js';

interface AddMeasureProps {
  /** To which group, in words. */
  group: string;
  signals: readonly SignalEntry[];
  /** Signals that the profile measures already. */
  taken: ReadonlySet<string>;
  onAdd: (signal: SignalEntry) => void;
}

/** Signals that could be measured too, found by name or meaning. */
export function AddMeasure({ group, signals, taken, onAdd }: AddMeasureProps) {
  const [search, setSearch] = useState('');
  const free = useMemo(() => signals.filter(({ key, retired }) => !retired && !taken.has(key)), [signals, taken]);
  const byKey = useMemo(() => new Map(free.map((signal) => [signal.key, signal])), [free]);
  const data = useMemo(() => byTopic(free), [free]);
  const wanted = search.trim().toLowerCase();
  const isFound = (key: string) => {
    const signal = byKey.get(key);
    return signal !== undefined && `${signal.label} ${signal.key} ${signal.description}`.toLowerCase().includes(wanted);
  };
  return (
    <Select
      aria-label={`Add a measure to ${group}`}
      placeholder="Add a measure…"
      size="xs"
      w={280}
      searchable
      clearable={false}
      comboboxProps={{ width: 360, position: 'bottom-start' }}
      maxDropdownHeight={320}
      nothingFoundMessage={free.length === 0 ? 'Every signal is measured already' : 'No signal is called so'}
      value={null}
      searchValue={search}
      onSearchChange={setSearch}
      data={data}
      filter={({ options }) =>
        options.flatMap((option) => {
          if (!('group' in option)) return [];
          const items = option.items.filter((item) => 'value' in item && isFound(String(item.value)));
          return items.length === 0 ? [] : [{ ...option, items }];
        })
      }
      renderOption={({ option }) => (
        <div>
          {option.label}
          <Text size="xs" c="dimmed" lineClamp={1} aria-hidden>
            {byKey.get(option.value)?.description}
          </Text>
        </div>
      )}
      onChange={(key) => {
        const signal = key === null ? undefined : byKey.get(key);
        if (signal === undefined) return;
        setSearch('');
        onAdd(signal);
      }}
    />
  );
}

/** `usage.events` stands under Usage. */
function byTopic(signals: readonly SignalEntry[]) {
  const topics = new Map<string, { value: string; label: string }[]>();
  for (const { key, label } of signals) {
    const topic = humanize(key.split('.')[0] ?? key);
    topics.set(topic, [...(topics.get(topic) ?? []), { value: key, label }]);
  }
  return [...topics].map(([group, items]) => ({ group, items }));
}
