import { ActionIcon, Autocomplete, Button, NumberInput, Select, TextInput } from '@mantine/core';
import { COUNT_OPERATORS, type CountOperator, EVENT_FILTER_OPERATORS } from '@steward/shared/rule-operators';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useEventCatalogue } from '../../lib/event-catalogue.js';
import { formatNumber, plural } from '../../lib/format.js';
import classes from './builder.module.css';
import type { EventDraft, PropertyDraft } from './event-draft.js';

interface EventInputsProps {
  draft: EventDraft;
  inPortal: boolean;
  onChange: (draft: EventDraft) => void;
}

const COUNT_WORDS: Record<CountOperator, string> = {
  gte: 'at least',
  lte: 'at most',
  eq: 'exactly',
  lt: 'fewer than',
  gt: 'more than',
};
const FILTER_WORDS: Record<PropertyDraft['op'], string> = {
  eq: 'is',
  neq: 'is not',
  in: 'is any of',
  gte: '≥',
  lte: '≤',
};

const word = (text: string) => <span className={classes.word}>{text}</span>;
const wholeNumber = (value: string | number): number | null => (value === '' ? null : Number(value));

/** How often an event happened: its name, the feature that it belongs to, what its properties say. 0 times is “never”. */
export function EventInputs({ draft, inPortal, onChange }: EventInputsProps) {
  const inList = { withinPortal: inPortal, position: 'bottom-start' } as const;
  const set = (change: Partial<EventDraft>) => onChange({ ...draft, ...change });
  const { events, features, accountsRead } = useEventCatalogue();
  const timesOf = new Map(
    events.map(({ name, times, accounts }) => [
      name,
      `${plural(times, 'time')} in 90 days, ${formatNumber(accounts)} of ${plural(accountsRead, 'account')}`,
    ]),
  );
  const labelOf = new Map(features.map(({ key, label }) => [key, label === key ? '' : label]));
  const setFilter = (id: number, change: Partial<PropertyDraft>) =>
    set({ where: draft.where.map((each) => (each.id === id ? { ...each, ...change } : each)) });
  return (
    <>
      <Autocomplete
        aria-label="Name of the event"
        placeholder="any event"
        w={150}
        comboboxProps={{ ...inList, width: 300 }}
        maxDropdownHeight={260}
        limit={100}
        data={events.map(({ name }) => name)}
        renderOption={({ option }) => <Suggestion name={option.value} note={timesOf.get(option.value) ?? ''} />}
        value={draft.event}
        onChange={(event) => set({ event })}
      />
      {word('of feature')}
      <Autocomplete
        aria-label="Key of the feature"
        placeholder="any"
        w={110}
        comboboxProps={{ ...inList, width: 260 }}
        maxDropdownHeight={260}
        limit={100}
        data={features.map(({ key }) => key)}
        renderOption={({ option }) => <Suggestion name={option.value} note={labelOf.get(option.value) ?? ''} />}
        value={draft.feature}
        onChange={(feature) => set({ feature })}
      />
      {word('happened')}
      <Select
        aria-label="How often"
        w={112}
        comboboxProps={inList}
        data={COUNT_OPERATORS.map((op) => ({ value: op, label: COUNT_WORDS[op] }))}
        value={draft.op}
        onChange={(op) => set({ op: (op ?? 'gte') as CountOperator })}
      />
      <NumberInput
        aria-label="Times"
        w={84}
        min={0}
        allowDecimal={false}
        thousandSeparator=","
        value={draft.count ?? ''}
        onChange={(value) => set({ count: wholeNumber(value) })}
      />
      {word('times in the last')}
      <NumberInput
        aria-label="In the last days"
        w={72}
        min={1}
        max={400}
        allowDecimal={false}
        value={draft.inLastDays ?? ''}
        onChange={(value) => set({ inLastDays: wholeNumber(value) })}
      />
      {word('days')}
      {draft.where.map((filter, index) => (
        <fieldset key={filter.id} className={classes.filter} aria-label={`Property ${index + 1}`}>
          {word(index === 0 ? 'where' : 'and')}
          <TextInput
            aria-label="Property"
            placeholder="property"
            w={120}
            value={filter.property}
            onChange={(event) => setFilter(filter.id, { property: event.currentTarget.value })}
          />
          <Select
            aria-label="Comparison"
            w={104}
            comboboxProps={inList}
            data={EVENT_FILTER_OPERATORS.map((op) => ({ value: op, label: FILTER_WORDS[op] }))}
            value={filter.op}
            onChange={(op) => setFilter(filter.id, { op: (op ?? 'eq') as PropertyDraft['op'] })}
          />
          <TextInput
            aria-label="Value of the property"
            placeholder={filter.op === 'in' ? 'pdf, csv' : 'pdf, 5 or true'}
            className={classes.grow}
            value={filter.op === 'in' ? filter.values.join(', ') : (filter.values[0] ?? '')}
            onChange={(event) => {
              const text = event.currentTarget.value;
              setFilter(filter.id, { values: filter.op === 'in' ? text.split(/,\s?/) : [text] });
            }}
          />
          <ActionIcon
            size="sm"
            aria-label={`Remove property ${index + 1}`}
            onClick={() => set({ where: draft.where.filter(({ id }) => id !== filter.id) })}
          >
            <IconX size={13} aria-hidden />
          </ActionIcon>
        </fieldset>
      ))}
      {draft.where.length < 10 ? (
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          leftSection={<IconPlus size={12} aria-hidden />}
          onClick={() => {
            const id = Math.max(0, ...draft.where.map((each) => each.id + 1));
            set({ where: [...draft.where, { id, property: '', op: 'eq', values: [] }] });
          }}
        >
          Property
        </Button>
      ) : null}
    </>
  );
}

/** A name that may be taken, with what is known of it below. */
function Suggestion({ name, note }: { name: string; note: string }) {
  return (
    <span className={classes.suggestion}>
      {name}
      {note === '' ? null : <span className={classes.suggestionNote}>{note}</span>}
    </span>
  );
}
