import { type ComboboxItem, Select, Text } from '@mantine/core';
import type { CatalogueField } from '@steward/shared/catalogue';
import { useMemo } from 'react';
import { useBuilder } from './builder-context.js';
import { byTopic, findSubjects, type Subject, subjectsOf } from './subjects.js';

interface SubjectPickerProps {
  fields: readonly CatalogueField[];
  value: string | null;
  ofRows: boolean;
  /** Within a popover, which a click on a list outside it would close. */
  inPortal: boolean;
  error: boolean;
  onChange: (value: string) => void;
}

/** What a condition is about, found by name or meaning and grouped by topic. */
export function SubjectPicker({ fields, value, ofRows, inPortal, error, onChange }: SubjectPickerProps) {
  const { withSegments } = useBuilder();
  const subjects = useMemo(() => subjectsOf(fields, { ofRows, withSegments }), [fields, ofRows, withSegments]);
  const known = useMemo(() => new Map(subjects.map((subject) => [subject.value, subject])), [subjects]);
  const data = useMemo(() => byTopic(subjects), [subjects]);
  const gone = value !== null && !known.has(value) ? [{ value, label: `${value} (gone)` }] : [];
  return (
    <Select
      aria-label="Field or signal"
      placeholder={ofRows ? 'Search fields' : 'Search fields, signals, events…'}
      searchable
      w={212}
      value={value}
      error={error || gone.length > 0}
      comboboxProps={{ withinPortal: inPortal, width: 300, position: 'bottom-start' }}
      maxDropdownHeight={320}
      nothingFoundMessage="Nothing is called so"
      openOnFocus={value === null}
      data={[...gone, ...data]}
      filter={({ search, options }) => filtered(options as Grouped[], search, known)}
      renderOption={({ option }) => <SubjectOption subject={known.get(option.value)} label={option.label} />}
      onChange={(next) => {
        if (next !== null) onChange(next);
      }}
    />
  );
}

interface Grouped {
  group: string;
  items: ComboboxItem[];
}

function filtered(options: readonly (Grouped | ComboboxItem)[], search: string, known: ReadonlyMap<string, Subject>) {
  // The name of what is chosen stands in the box when the list opens: that is no search.
  const chosen = [...known.values()].some(({ label }) => label === search);
  if (search.trim() === '' || chosen) return options as Grouped[];
  const found = new Set(findSubjects([...known.values()], search).map(({ value }) => value));
  return options.flatMap((option) => {
    if (!('group' in option)) return [];
    const items = option.items.filter(({ value }) => found.has(value));
    return items.length === 0 ? [] : [{ ...option, items }];
  });
}

function SubjectOption({ subject, label }: { subject: Subject | undefined; label: string }) {
  return (
    <div>
      {label}
      {subject?.description ? (
        <Text size="xs" c="dimmed" lineClamp={2} aria-hidden>
          {subject.description}
        </Text>
      ) : null}
    </div>
  );
}
