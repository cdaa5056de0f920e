import { Button, Group, Modal, Select, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { fieldOf, useCatalogue } from '../../lib/catalogue.js';
import { useMe } from '../../lib/me.js';
import { peopleQuery } from '../touch/get-people.js';

interface PersonDialogProps {
  /** “Owner of Save the account”. */
  title: string;
  accountId: string;
  yes: string;
  current: string | null;
  isPending: boolean;
  onChoose: (userId: string | null, name: string) => void;
  onClose: () => void;
}

const NOBODY = { value: 'nobody', label: 'Nobody' };

/** Those who see the account and act, oneself first; without an account all that accounts may be given to. */
export function usePeople(accountId: string | null): { value: string; label: string }[] {
  const { user } = useMe();
  const owners = fieldOf(useCatalogue(), 'account.csm')?.options ?? [];
  const { data } = useQuery({ ...peopleQuery(accountId ?? ''), enabled: accountId !== null });
  const seeing = (data ?? [])
    .filter(({ role }) => role !== 'viewer')
    .map(({ userId, name }) => ({ value: userId, label: name }));
  const people = accountId === null ? owners : seeing;
  return [{ value: user.id, label: `${user.fullName} (you)` }, ...people.filter(({ value }) => value !== user.id)];
}

/** Chooses who has it from now on. */
export function PersonDialog({ title, accountId, yes, current, isPending, onChoose, onClose }: PersonDialogProps) {
  const data = [...usePeople(accountId), NOBODY];
  const [chosen, setChosen] = useState(current);
  const name = data.find(({ value }) => value === chosen)?.label ?? '';
  return (
    <Modal opened onClose={onClose} title={title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen !== null) onChoose(chosen === NOBODY.value ? null : chosen, name);
        }}
      >
        <Stack gap="sm">
          <Select label="Who" required searchable data-autofocus data={data} value={chosen} onChange={setChosen} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={isPending} disabled={chosen === null || chosen === current}>
              {yes}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
