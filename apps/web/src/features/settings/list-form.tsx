import { ActionIcon, Alert, Button, Group, Table } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { LeaveGuard } from '../../components/ui/leave-guard.js';
import { errorText } from '../../lib/api.js';
import { moved } from './sales-lists.js';

interface ListFormProps<T extends { key: string; label: string }> {
  label: string;
  items: readonly T[];
  /** Headings of the fields, the name first. */
  headings: readonly string[];
  /** The cells of one member, one a heading. */
  cells: (item: T, set: (change: Partial<T>) => void) => ReactNode;
  most: number;
  addWords: string;
  newItem: () => T;
  onChange: (items: T[]) => void;
  isDirty: boolean;
  isPending: boolean;
  error: Error | null;
  mayWrite: boolean;
  onSave: () => void;
  onReset: () => void;
}

/** A list of the workspace: its members are renamed, ordered, added and taken away, and saved as a whole. */
export function ListForm<T extends { key: string; label: string }>(props: ListFormProps<T>) {
  const { label, items, headings, cells, most, addWords, newItem, onChange } = props;
  const { isDirty, isPending, error, mayWrite, onSave, onReset } = props;
  const nameless = items.some((item) => item.label.trim() === '');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isDirty && !nameless) onSave();
      }}
    >
      <LeaveGuard isDirty={() => isDirty} />
      <Table aria-label={label} maw={720} withRowBorders={false}>
        <Table.Thead>
          <Table.Tr>
            {headings.map((heading) => (
              <Table.Th key={heading}>{heading}</Table.Th>
            ))}
            {mayWrite ? <Table.Th aria-label="Order and removal" /> : null}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((item, place) => (
            <Table.Tr key={item.key}>
              {cells(item, (change) =>
                onChange(items.map((each) => (each.key === item.key ? { ...each, ...change } : each))),
              )}
              {mayWrite ? (
                <Table.Td>
                  <Group gap={2} justify="flex-end" wrap="nowrap">
                    <ActionIcon
                      aria-label={`Move ${item.label} up`}
                      disabled={place === 0}
                      onClick={() => onChange(moved(items, place, -1))}
                    >
                      <IconArrowUp size={14} aria-hidden />
                    </ActionIcon>
                    <ActionIcon
                      aria-label={`Move ${item.label} down`}
                      disabled={place === items.length - 1}
                      onClick={() => onChange(moved(items, place, 1))}
                    >
                      <IconArrowDown size={14} aria-hidden />
                    </ActionIcon>
                    <ActionIcon
                      aria-label={`Remove ${item.label}`}
                      disabled={items.length === 1}
                      onClick={() => onChange(items.filter(({ key }) => key !== item.key))}
                    >
                      <IconTrash size={14} aria-hidden />
                    </ActionIcon>
                  </Group>
                </Table.Td>
              ) : null}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {error ? (
        <Alert color="red" variant="light" role="alert" p="xs" mt="sm" maw={720}>
          {errorText(error)}
        </Alert>
      ) : null}
      {mayWrite ? (
        <Group mt="sm" gap={6}>
          <Button
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            disabled={items.length >= most}
            onClick={() => onChange([...items, newItem()])}
          >
            {addWords}
          </Button>
          {isDirty ? (
            <>
              <Button type="submit" loading={isPending} disabled={nameless}>
                Save
              </Button>
              <Button variant="default" onClick={onReset}>
                Reset
              </Button>
            </>
          ) : null}
        </Group>
      ) : null}
    </form>
  );
}
