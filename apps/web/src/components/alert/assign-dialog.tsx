import { Button, Group, Select, Stack } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useAssignees } from '../task/use-assignees.js';
import { Dialog } from '../ui/dialog.js';

interface AssignDialogProps {
  what: string;
  isPending: boolean;
  /** Why it could not be done so far. */
  refusal: ReactNode;
  onAssign: (userId: string | null, name: string) => void;
  onClose: () => void;
}

const OWNER = 'owner';

/** Gives alerts to a person; back to the account's owner is one of the choices. */
export function AssignDialog({ what, isPending, refusal, onAssign, onClose }: AssignDialogProps) {
  const [me, ...others] = useAssignees(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const data = [...(me ? [me] : []), { value: OWNER, label: 'The account’s owner' }, ...others];
  const name = data.find(({ value }) => value === chosen)?.label ?? '';
  return (
    <Dialog onClose={onClose} title={`Assign: ${what}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen !== null) onAssign(chosen === OWNER ? null : chosen, name);
        }}
      >
        <Stack gap="sm">
          {refusal}
          <Select label="To" required searchable data-autofocus data={data} value={chosen} onChange={setChosen} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={isPending} disabled={chosen === null}>
              Assign
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
