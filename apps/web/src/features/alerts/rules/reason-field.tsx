import { Select, Stack, Text, Textarea } from '@mantine/core';
import type { AccountRow } from '@steward/shared/accounts';
import type { CatalogueField } from '@steward/shared/catalogue';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import { fieldOf } from '../../../lib/catalogue.js';
import { addDays } from '../../../lib/days.js';
import { useCurrency, useMe } from '../../../lib/me.js';
import { exampleSeriesQuery } from './get-example.js';
import { reasonExample, signalsIn, withField } from './reason-example.js';
import classes from './rule-form.module.css';

interface ReasonFieldProps {
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
  catalogue: readonly CatalogueField[];
  /** An account that the rule finds. */
  example: AccountRow | null;
}

/** Why the alert is raised: a text with merge fields, and how it reads on an account. */
export function ReasonField({ value, onChange, error, catalogue, example }: ReasonFieldProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const cursor = useRef<number | null>(null);
  const options = useMemo(() => {
    const groups = [...new Set(catalogue.map(({ group }) => group))];
    return groups.map((group) => ({
      group,
      items: catalogue.filter((field) => field.group === group).map(({ key, label }) => ({ value: key, label })),
    }));
  }, [catalogue]);
  const insert = (key: string) => {
    const put = withField(value, key, cursor.current ?? value.length);
    onChange(put.text);
    cursor.current = put.cursor;
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(put.cursor, put.cursor);
    });
  };
  const keepCursor = () => {
    cursor.current = area.current?.selectionStart ?? null;
  };
  return (
    <Stack gap={6}>
      <Textarea
        ref={area}
        label="Reason"
        description="Why the alert is raised; values of the account are filled in. What stands in [[double brackets]] is left out where its value is missing or 0"
        required
        autosize
        minRows={2}
        maxLength={500}
        error={error}
        value={value}
        onSelect={keepCursor}
        onBlur={keepCursor}
        onChange={(event) => onChange(event.currentTarget.value.replaceAll('\n', ' '))}
      />
      <Select
        aria-label="Insert a value of the account"
        placeholder="Insert a value of the account…"
        searchable
        w={280}
        nothingFoundMessage="Nothing is called so"
        data={options}
        value={null}
        onChange={(key) => {
          if (key !== null && fieldOf(catalogue, key)) insert(key);
        }}
      />
      {value.trim() === '' || example === null ? null : <Example reason={value} catalogue={catalogue} row={example} />}
    </Stack>
  );
}

function Example({
  reason,
  catalogue,
  row,
}: {
  reason: string;
  catalogue: readonly CatalogueField[];
  row: AccountRow;
}) {
  const currency = useCurrency();
  const { today } = useMe().workspace;
  const signals = signalsIn(reason, catalogue);
  const { data } = useQuery(exampleSeriesQuery(row.id, signals, addDays(today, -1), today));
  return (
    <div className={classes.example}>
      <Text span size="xs" c="dimmed">
        On {row.name}:
      </Text>{' '}
      {reasonExample(reason, catalogue, { row, series: data ?? null, currency })}
    </div>
  );
}
