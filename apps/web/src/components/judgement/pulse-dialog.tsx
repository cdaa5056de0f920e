import { Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '../ui/dialog.js';
import { useUnsaved } from '../ui/use-unsaved.js';
import { NEW_PULSE, PulseFields, pulseOf } from './pulse-fields.js';
import { useSetPulse } from './set-pulse.js';

interface PulseDialogProps {
  account: { id: string; name: string };
  onClose: () => void;
}

/** A person's own judgement of the account. */
export function PulseDialog({ account, onClose }: PulseDialogProps) {
  const [draft, setDraft] = useState(NEW_PULSE);
  const { isDirty } = useUnsaved(draft);
  const set = useSetPulse(account);
  const pulse = pulseOf(draft);
  return (
    <Dialog isDirty={isDirty} onClose={onClose} title={`Set the pulse: ${account.name}`}>
      <Stack gap="sm">
        <PulseFields pulse={draft} onChange={setDraft} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            loading={set.isPending}
            disabled={pulse === null}
            onClick={() => pulse && set.mutate(pulse, { onSuccess: onClose })}
          >
            Set pulse
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
