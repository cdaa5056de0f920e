import { Button, Group, Select, Stack, Text } from '@mantine/core';
import type { ImportProblem } from '@steward/shared/import-api';
import type { DateOrder, ImportMapping } from '@steward/shared/imports';
import { useState } from 'react';

const LABELS: Record<DateOrder, string> = {
  dmy: 'Day first',
  mdy: 'Month first',
  ymd: 'Year first',
};

interface DateQuestionsProps {
  questions: ImportProblem['questions'];
  mapping: ImportMapping;
  busy: boolean;
  onAnswer: (mapping: ImportMapping) => void;
}

/** Dates that read both ways are never guessed: somebody says, and the check runs again. */
export function DateQuestions({ questions, mapping, busy, onAnswer }: DateQuestionsProps) {
  const [orders, setOrders] = useState<Record<string, DateOrder>>({});
  const complete = questions.every(({ column }) => orders[column] !== undefined);
  return (
    <Stack gap="xs">
      {questions.map(({ column, examples, choices }) => (
        <Group key={column} gap="sm">
          <Text size="sm">
            <strong>{column}</strong> holds {examples.join(', ')}
          </Text>
          <Select
            aria-label={`Order of the dates in ${column}`}
            placeholder="Day or month first?"
            w={170}
            data={choices.map((value) => ({ value, label: LABELS[value] }))}
            value={orders[column] ?? null}
            onChange={(order) => order && setOrders({ ...orders, [column]: order as DateOrder })}
          />
        </Group>
      ))}
      <Group>
        <Button
          disabled={!complete}
          loading={busy}
          onClick={() =>
            onAnswer({
              ...mapping,
              columns: mapping.columns.map((column) => ({
                ...column,
                dateFormat: orders[column.column] ?? column.dateFormat,
              })),
            })
          }
        >
          Check again
        </Button>
      </Group>
    </Stack>
  );
}
