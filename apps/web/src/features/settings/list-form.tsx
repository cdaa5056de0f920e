import { ActionIcon, Button, Group, Table } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { LeaveGuard } from '../../components/ui/leave-guard.js';
import { useDraft } from '../../components/ui/use-draft.js';
import { moved, withKeys } from './sales-lists.js';
import { SaveTrouble } from './save-trouble.js';

/** A list as it is stored. */
export interface StoredList<T> {
  revision: number;
  items: readonly T[];
}

interface ListFormProps<T extends { key: string; label: string }> {
  label: string;
  stored: StoredList<T>;
  /** Headings of the fields, the name first. */
  headings: readonly string[];
  /** The cells of one member, one a heading. */
  cells: (item: T, set: (part: Partial<T>) => void) => ReactNode;
  most: number;
  addWords: string;
  newItem: () => T;
  /** One member as somebody else saved it. */
  lineOf: (item: T) => string;
  mayWrite: boolean;
  save: { isPending: boolean; error: Error | null; reset: () => void };
  /** Saves the list over the revision that it names, and says what became of it. */
  onSave: (list: { revision: number; items: T[] }, saved: (made: StoredList<T>) => void) => void;
}

/** A list of the workspace: its members are renamed, ordered, added and taken away, and saved as a whole. */
export function ListForm<T extends { key: string; label: string }>(props: ListFormProps<T>) {
  const { label, stored, headings, cells, most, addWords, newItem, lineOf, mayWrite, save, onSave } = props;
  const form = useDraft(stored, ({ items }) => ({ items }));
  const { isDirty, restsOn } = form;
  const { items } = form.draft;
  const change = (next: readonly T[]) => form.write({ items: next });
  const ready = restsOn.theirs === null && items.every((item) => item.label.trim() !== '');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!isDirty || !ready || save.isPending) return;
        onSave({ revision: restsOn.on.revision, items: withKeys(items) }, form.saved);
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
              {cells(item, (part) =>
                change(items.map((each) => (each.key === item.key ? { ...each, ...part } : each))),
              )}
              {mayWrite ? (
                <Table.Td>
                  <Group gap={2} justify="flex-end" wrap="nowrap">
                    <ActionIcon
                      aria-label={`Move ${item.label} up`}
                      disabled={place === 0}
                      onClick={() => change(moved(items, place, -1))}
                    >
                      <IconArrowUp size={14} aria-hidden />
                    </ActionIcon>
                    <ActionIcon
                      aria-label={`Move ${item.label} down`}
                      disabled={place === items.length - 1}
                      onClick={() => change(moved(items, place, 1))}
                    >
                      <IconArrowDown size={14} aria-hidden />
                    </ActionIcon>
                    <ActionIcon
                      aria-label={`Remove ${item.label}`}
                      disabled={items.length === 1}
                      onClick={() => change(items.filter(({ key }) => key !== item.key))}
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
      <SaveTrouble form={form} save={save} linesOf={(theirs) => theirs.items?.map(lineOf) ?? []} />
      {mayWrite ? (
        <Group mt="sm" gap={6}>
          <Button
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            disabled={items.length >= most}
            onClick={() => change([...items, newItem()])}
          >
            {addWords}
          </Button>
          {isDirty ? (
            <>
              <Button type="submit" loading={save.isPending} disabled={!ready}>
                Save
              </Button>
              <Button variant="default" onClick={form.drop}>
                Reset
              </Button>
            </>
          ) : null}
        </Group>
      ) : null}
    </form>
  );
}
