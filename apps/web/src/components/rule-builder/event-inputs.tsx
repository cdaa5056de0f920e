import { Autocomplete, Select } from '@mantine/core';
import { COUNT_OPERATORS, type CountOperator } from '@steward/shared/rule-operators';
import { useEventCatalogue } from '../../lib/event-catalogue.js';
import { formatNumber, plural } from '../../lib/format.js';
import classes from './builder.module.css';
import { EVENT_DAYS, EVENT_TIMES, type EventDraft } from './event-draft.js';
import { rangeProblem } from './leaf-draft.js';
import { NumberOperand } from './number-operand.js';
import { PropertyFilters } from './property-filters.js';

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
const word = (text: string) => <span className={classes.word}>{text}</span>;

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
      <NumberOperand
        aria-label="Times"
        w={84}
        allowNegative={false}
        allowDecimal={false}
        thousandSeparator=","
        value={draft.count}
        problem={rangeProblem(draft.count, EVENT_TIMES)}
        onChange={(count) => set({ count })}
      />
      {word('times in the last')}
      <NumberOperand
        aria-label="In the last days"
        w={72}
        allowDecimal={false}
        value={draft.inLastDays}
        problem={rangeProblem(draft.inLastDays, EVENT_DAYS)}
        onChange={(inLastDays) => set({ inLastDays })}
      />
      {word('days')}
      <PropertyFilters where={draft.where} inPortal={inPortal} onChange={(where) => set({ where })} />
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
