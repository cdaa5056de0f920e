import { MultiSelect, Select, TagsInput, Text, TextInput } from '@mantine/core';
import type { CatalogueField } from '@steward/shared/catalogue';
import { RULE_LIMITS } from '@steward/shared/rule-limits';
import { CALENDAR_PERIODS } from '@steward/shared/rule-operators';
import type { ChangeLeaf } from '@steward/shared/rules';
import { DayInput } from '../ui/day-input.js';
import classes from './builder.module.css';
import type { RulePurpose } from './builder-context.js';
import { changeUnitOf, daysOf, isBackwards, type LeafDraft, rangeProblem } from './leaf-draft.js';
import { NumberOperand } from './number-operand.js';
import { changeUnitsOf, comparableWith } from './operators.js';

/** The place to type stands beside what is chosen, not on an empty line below it. */
const BESIDE = { inputField: { minWidth: 24 } };

interface OperandInputsProps {
  field: CatalogueField;
  catalogue: readonly CatalogueField[];
  purpose: RulePurpose;
  draft: LeafDraft;
  inPortal: boolean;
  onChange: (change: Partial<LeafDraft>) => void;
}

const UNIT_WORDS: Record<ChangeLeaf['unit'], string> = { points: 'points', percent: '%', absolute: 'in total' };
const word = (text: string) => <span className={classes.word}>{text}</span>;

/** What the condition compares with: an editor for each kind of operand, in the order in which it is read. */
export function OperandInputs({ field, catalogue, purpose, draft, inPortal, onChange }: OperandInputsProps) {
  const setNumber = (key: 'number' | 'to' | 'overDays') => (value: number | null) => onChange({ [key]: value });
  const inList = { withinPortal: inPortal, position: 'bottom-start' } as const;
  const options = optionsOf(field, purpose);
  const amount = { thousandSeparator: ',', suffix: field.unit ? ` ${field.unit}` : undefined } as const;
  const limits = daysOf(draft);
  const days = (label: string, key: 'number' | 'overDays') => (
    <NumberOperand
      aria-label={label}
      w={72}
      allowDecimal={false}
      value={draft[key]}
      problem={limits === null ? null : rangeProblem(draft[key], limits)}
      onChange={setNumber(key)}
    />
  );
  const members = (label: string, chosen: string[], key: 'list' | 'from', placeholder: string) => (
    <MultiSelect
      aria-label={label}
      className={classes.grow}
      placeholder={chosen.length === 0 ? placeholder : undefined}
      data={options}
      value={chosen}
      comboboxProps={inList}
      searchable
      styles={chosen.length === 0 ? undefined : BESIDE}
      onChange={(list) => onChange({ [key]: list })}
    />
  );

  switch (draft.op) {
    case 'isSet':
    case 'isNotSet':
      return null;
    case 'in':
    case 'notIn':
      return field.options === null ? (
        <TagsInput
          aria-label="Value"
          className={classes.grow}
          placeholder={draft.list.length === 0 ? 'Type or paste a list' : undefined}
          splitChars={[',', ';', '\n', '\t']}
          acceptValueOnBlur
          value={draft.list}
          error={draft.list.length > RULE_LIMITS.listItems ? 'A list has at most 1,000 values' : undefined}
          onChange={(list) => onChange({ list })}
        />
      ) : (
        members('Value', draft.list, 'list', 'Choose')
      );
    case 'held':
      return (
        <>
          {members('Value', draft.list, 'list', 'Choose')}
          {word('for at least')}
          {days('For at least days', 'number')}
          {word('days')}
        </>
      );
    case 'moved':
      return (
        <>
          {word('from')}
          {members('Moved from', draft.from, 'from', 'any')}
          {word('to')}
          {members('Moved to', draft.list, 'list', 'Choose')}
          {word('in the last')}
          {days('In the last days', 'number')}
          {word('days')}
        </>
      );
    case 'ltTimes':
    case 'lteTimes':
    case 'gtTimes':
    case 'gteTimes':
    case 'eqTimes':
    case 'neqTimes':
      return (
        <>
          <NumberOperand aria-label="Times" w={72} step={0.1} value={draft.number} onChange={setNumber('number')} />
          {word('×')}
          <Select
            aria-label="Other field"
            className={classes.grow}
            searchable
            placeholder="Other field"
            comboboxProps={inList}
            data={comparableWith(field, catalogue).map((other) => ({ value: other.key, label: other.label }))}
            value={draft.other}
            onChange={(other) => onChange({ other })}
          />
        </>
      );
    case 'inThis':
      return (
        <Select
          aria-label="Period"
          w={110}
          comboboxProps={inList}
          data={[...CALENDAR_PERIODS]}
          value={draft.period}
          onChange={(period) => onChange({ period: (period ?? 'quarter') as LeafDraft['period'] })}
        />
      );
    case 'on':
    case 'before':
    case 'after':
    case 'onOrBefore':
    case 'onOrAfter':
      return (
        <DayInput
          aria-label="Day"
          w={140}
          inPortal={inPortal}
          value={draft.text === '' ? null : draft.text}
          onChange={(day) => onChange({ text: day ?? '' })}
        />
      );
    case 'inNextDays':
    case 'inLastDays':
    case 'moreThanDaysAgo':
    case 'moreThanDaysAhead':
      return (
        <>
          {days('Days', 'number')}
          {word('days')}
        </>
      );
    case 'up':
    case 'down': {
      const units = changeUnitsOf(field);
      const unit = draft.unit ?? changeUnitOf(field);
      return (
        <>
          <NumberOperand
            aria-label="By"
            w={90}
            allowNegative={false}
            thousandSeparator=","
            value={draft.number}
            onChange={setNumber('number')}
          />
          {units.length === 1 ? (
            word(UNIT_WORDS[unit])
          ) : (
            <Select
              aria-label="Counted in"
              w={92}
              comboboxProps={inList}
              data={[...new Set([...units, unit])].map((each) => ({ value: each, label: unitWord(each, field) }))}
              value={unit}
              onChange={(next) => onChange({ unit: next as ChangeLeaf['unit'] | null })}
            />
          )}
          {word('over')}
          {days('Over days', 'overDays')}
          {word('days')}
        </>
      );
    }
    case 'between':
      return (
        <>
          <NumberOperand aria-label="From" w={120} value={draft.number} onChange={setNumber('number')} {...amount} />
          {word('and')}
          <NumberOperand
            aria-label="To"
            w={120}
            value={draft.to}
            problem={isBackwards(draft) ? 'The smaller number comes first' : null}
            onChange={setNumber('to')}
            {...amount}
          />
        </>
      );
    default:
      return <SingleValue field={field} draft={draft} options={options} inPortal={inPortal} onChange={onChange} />;
  }
}

/** “points”, “%” or the field's own unit. */
function unitWord(unit: ChangeLeaf['unit'], field: CatalogueField): string {
  return unit === 'absolute' ? (field.unit ?? UNIT_WORDS.absolute) : UNIT_WORDS[unit];
}

/** Filters also know the person who asks, and those that the person leads. */
function optionsOf({ type, options }: CatalogueField, purpose: RulePurpose): { value: string; label: string }[] {
  const own = options ?? [];
  if (type !== 'user' || purpose !== 'filter') return own;
  return [{ value: 'me', label: 'Me' }, { value: 'my_team', label: 'My team' }, ...own];
}

interface SingleValueProps extends Pick<OperandInputsProps, 'field' | 'draft' | 'inPortal' | 'onChange'> {
  options: { value: string; label: string }[];
}

function SingleValue({ field, draft, options, inPortal, onChange }: SingleValueProps) {
  switch (field.type) {
    case 'boolean':
    case 'enum':
    case 'user':
      return (
        <Select
          aria-label="Value"
          w={field.type === 'boolean' ? 84 : 180}
          placeholder="Choose"
          searchable={field.type === 'user'}
          comboboxProps={{ withinPortal: inPortal, position: 'bottom-start' }}
          data={field.type === 'boolean' ? ['yes', 'no'] : options}
          value={draft.text === '' ? null : draft.text}
          onChange={(text) => onChange({ text: text ?? '' })}
        />
      );
    case 'text':
    case 'tags':
      return (
        <TextInput
          aria-label="Value"
          className={classes.grow}
          maxLength={500}
          value={draft.text}
          onChange={(event) => onChange({ text: event.currentTarget.value })}
        />
      );
    case 'date':
      return <Text size="xs">Choose a condition</Text>;
    default:
      return (
        <NumberOperand
          aria-label="Value"
          w={150}
          value={draft.number}
          thousandSeparator=","
          suffix={field.unit ? ` ${field.unit}` : undefined}
          onChange={(number) => onChange({ number })}
        />
      );
  }
}
