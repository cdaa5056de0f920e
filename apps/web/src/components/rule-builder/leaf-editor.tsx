import { Button, Group, MultiSelect, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import type { CatalogueField } from '@steward/shared/catalogue';
import { describeLeaf } from '@steward/shared/describe';
import { useState } from 'react';
import { fieldOf } from '../../lib/catalogue.js';
import { DayInput } from '../ui/day-input.js';
import { changeUnitOf, draftOfLeaf, EMPTY_DRAFT, type LeafDraft, leafOfDraft } from './leaf-draft.js';
import type { SimpleLeaf } from './leaf-text.js';
import { CHANGE_UNIT_WORDS, comparableWith, type LeafOperator, OPERATOR_WORDS, operatorsOf } from './operators.js';

interface LeafEditorProps {
  catalogue: readonly CatalogueField[];
  /** The condition to change; none for a new one. */
  leaf?: SimpleLeaf;
  onAdd: (leaf: SimpleLeaf) => void;
}

const inDropdown = { withinPortal: false } as const;

/** Picks a field, what it says and a value; grouped and searchable, with the field's meaning beside it. */
export function LeafEditor({ catalogue, leaf: before, onAdd }: LeafEditorProps) {
  const [fieldKey, setFieldKey] = useState<string | null>(before?.field ?? null);
  const [draft, setDraft] = useState<LeafDraft>(() => (before ? draftOfLeaf(before) : { ...EMPTY_DRAFT, op: 'gte' }));
  const field = fieldKey === null ? null : fieldOf(catalogue, fieldKey);
  const groups = [...new Set(catalogue.map((each) => each.group))];
  const leaf = field === null ? null : leafOfDraft(field, draft);
  const operators = field === null ? [] : operatorsOf(field);

  return (
    // A select that is focused opens over the rest, so a condition to change begins with the focus on the whole.
    <Stack gap="xs" w={300} tabIndex={-1} data-autofocus={before ? true : undefined} style={{ outline: 'none' }}>
      <Select
        label="Field or signal"
        placeholder="Search fields and signals"
        searchable
        data-autofocus={before ? undefined : true}
        value={fieldKey}
        comboboxProps={inDropdown}
        maxDropdownHeight={260}
        data={groups.map((group) => ({
          group,
          items: catalogue
            .filter((each) => each.group === group)
            .map((each) => ({ value: each.key, label: each.label })),
        }))}
        onChange={(key) => {
          const next = key === null ? null : fieldOf(catalogue, key);
          setFieldKey(key);
          if (next) setDraft({ ...EMPTY_DRAFT, op: operatorsOf(next)[0] ?? 'isSet' });
        }}
      />
      {field === null ? null : (
        <>
          {field.description ? (
            <Text size="xs" c="dimmed">
              {field.description}
            </Text>
          ) : null}
          <Select
            label="Condition"
            value={draft.op}
            comboboxProps={inDropdown}
            data={operators.map((op) => ({ value: op, label: OPERATOR_WORDS[op] }))}
            onChange={(op) => setDraft({ ...draft, op: (op ?? 'isSet') as LeafOperator })}
          />
          <OperandInput field={field} draft={draft} catalogue={catalogue} onChange={setDraft} />
        </>
      )}
      {leaf === null ? null : (
        <Text size="xs" role="status">
          {describeLeaf(leaf, catalogue)}
        </Text>
      )}
      <Button
        disabled={leaf === null}
        onClick={() => {
          if (leaf !== null) onAdd(leaf);
        }}
      >
        {before ? 'Change condition' : 'Add condition'}
      </Button>
    </Stack>
  );
}

interface OperandInputProps {
  field: CatalogueField;
  catalogue: readonly CatalogueField[];
  draft: LeafDraft;
  onChange: (draft: LeafDraft) => void;
}

function OperandInput({ field, draft, catalogue, onChange }: OperandInputProps) {
  const setNumber = (key: 'number' | 'to' | 'overDays') => (value: string | number) =>
    onChange({ ...draft, [key]: value === '' ? null : Number(value) });
  switch (draft.op) {
    case 'isSet':
    case 'isNotSet':
      return null;
    case 'in':
    case 'notIn':
      return (
        <MultiSelect
          label="Value"
          data={field.options ?? []}
          value={draft.list}
          comboboxProps={inDropdown}
          searchable
          onChange={(list) => onChange({ ...draft, list })}
        />
      );
    case 'held':
      return (
        <>
          <MultiSelect
            label="Value"
            data={field.options ?? []}
            value={draft.list}
            comboboxProps={inDropdown}
            onChange={(list) => onChange({ ...draft, list })}
          />
          <NumberInput
            label="For at least days"
            min={1}
            max={draft.list.length > 1 ? 400 : 3660}
            value={draft.number ?? ''}
            onChange={setNumber('number')}
          />
        </>
      );
    case 'ltTimes':
    case 'lteTimes':
    case 'gtTimes':
    case 'gteTimes':
      return (
        <Group grow preventGrowOverflow={false} wrap="nowrap">
          <NumberInput label="Times" w={84} step={0.1} value={draft.number ?? ''} onChange={setNumber('number')} />
          <Select
            label="Other field"
            searchable
            comboboxProps={inDropdown}
            data={comparableWith(field, catalogue).map((other) => ({ value: other.key, label: other.label }))}
            value={draft.other}
            onChange={(other) => onChange({ ...draft, other })}
          />
        </Group>
      );
    case 'inThis':
      return (
        <Select
          label="Period"
          comboboxProps={inDropdown}
          data={['week', 'month', 'quarter', 'year']}
          value={draft.period}
          onChange={(period) => onChange({ ...draft, period: (period ?? 'quarter') as LeafDraft['period'] })}
        />
      );
    case 'on':
    case 'before':
    case 'after':
    case 'onOrBefore':
    case 'onOrAfter':
      return (
        <DayInput
          label="Day"
          inPortal={false}
          value={draft.text === '' ? null : draft.text}
          onChange={(day) => onChange({ ...draft, text: day ?? '' })}
        />
      );
    case 'inNextDays':
    case 'inLastDays':
    case 'moreThanDaysAgo':
    case 'moreThanDaysAhead':
      return <NumberInput label="Days" min={0} max={3660} value={draft.number ?? ''} onChange={setNumber('number')} />;
    case 'up':
    case 'down':
      return (
        <Group grow>
          <NumberInput
            label="By"
            min={0}
            suffix={CHANGE_UNIT_WORDS[changeUnitOf(field)]}
            value={draft.number ?? ''}
            onChange={setNumber('number')}
          />
          <NumberInput
            label="Over days"
            min={1}
            max={400}
            value={draft.overDays ?? ''}
            onChange={setNumber('overDays')}
          />
        </Group>
      );
    case 'between':
      return (
        <Group grow>
          <NumberInput label="From" value={draft.number ?? ''} onChange={setNumber('number')} />
          <NumberInput label="To" value={draft.to ?? ''} onChange={setNumber('to')} />
        </Group>
      );
    default:
      if (field.type === 'boolean') {
        return (
          <Select
            label="Value"
            comboboxProps={inDropdown}
            data={[
              { value: 'yes', label: 'yes' },
              { value: 'no', label: 'no' },
            ]}
            value={draft.text}
            onChange={(text) => onChange({ ...draft, text: text ?? '' })}
          />
        );
      }
      return field.type === 'text' || field.type === 'tags' ? (
        <TextInput
          label="Value"
          value={draft.text}
          onChange={(event) => onChange({ ...draft, text: event.currentTarget.value })}
        />
      ) : (
        <NumberInput
          label="Value"
          value={draft.number ?? ''}
          suffix={field.unit ? ` ${field.unit}` : undefined}
          onChange={setNumber('number')}
        />
      );
  }
}
