import { ActionIcon, Button, Select, TextInput } from '@mantine/core';
import { EVENT_FILTER_OPERATORS } from '@steward/shared/rule-operators';
import { IconPlus, IconX } from '@tabler/icons-react';
import classes from './builder.module.css';
import type { PropertyDraft } from './event-draft.js';

const FILTER_WORDS: Record<PropertyDraft['op'], string> = {
  eq: 'is',
  neq: 'is not',
  in: 'is any of',
  gte: '≥',
  lte: '≤',
};

const word = (text: string) => <span className={classes.word}>{text}</span>;

interface PropertyFiltersProps {
  where: readonly PropertyDraft[];
  inPortal: boolean;
  onChange: (where: PropertyDraft[]) => void;
}

/** What the properties of an event say; all of them must hold. */
export function PropertyFilters({ where, inPortal, onChange }: PropertyFiltersProps) {
  const inList = { withinPortal: inPortal, position: 'bottom-start' } as const;
  const setFilter = (id: number, change: Partial<PropertyDraft>) =>
    onChange(where.map((each) => (each.id === id ? { ...each, ...change } : each)));
  return (
    <>
      {where.map((filter, index) => (
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
            onClick={() => onChange(where.filter(({ id }) => id !== filter.id))}
          >
            <IconX size={13} aria-hidden />
          </ActionIcon>
        </fieldset>
      ))}
      {where.length < 10 ? (
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          leftSection={<IconPlus size={12} aria-hidden />}
          onClick={() => {
            const id = Math.max(0, ...where.map((each) => each.id + 1));
            onChange([...where, { id, property: '', op: 'eq', values: [] }]);
          }}
        >
          Property
        </Button>
      ) : null}
    </>
  );
}
