import { Button, Group, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import { NEW_PULSE, PulseFields, pulseOf } from '../../components/judgement/pulse-fields.js';
import { useJudgeAccount } from './judge-account.js';

interface PulseDialogProps {
  id: string;
  opened: boolean;
  onClose: () => void;
}

/** A person's own judgement of the account. */
export function PulseDialog({ id, opened, onClose }: PulseDialogProps) {
  const [draft, setDraft] = useState(NEW_PULSE);
  const judge = useJudgeAccount(id);
  const pulse = pulseOf(draft);
  return (
    <Modal opened={opened} onClose={onClose} title="Set the pulse">
      <Stack gap="sm">
        <PulseFields pulse={draft} onChange={setDraft} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            loading={judge.isPending}
            disabled={pulse === null}
            onClick={() => pulse && judge.mutate({ what: 'pulse', body: pulse }, { onSuccess: onClose })}
          >
            Set pulse
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
