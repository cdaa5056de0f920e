import { Button, Group, Select, Stack } from '@mantine/core';
import { useState } from 'react';
import { useAssignees } from '../task/use-assignees.js';
import { Dialog } from '../ui/dialog.js';

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

/** Chooses who has it from now on. */
export function PersonDialog({ title, accountId, yes, current, isPending, onChoose, onClose }: PersonDialogProps) {
  const data = [...useAssignees(accountId), NOBODY];
  const [chosen, setChosen] = useState(current);
  const name = data.find(({ value }) => value === chosen)?.label ?? '';
  return (
    <Dialog onClose={onClose} title={title}>
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
    </Dialog>
  );
}
