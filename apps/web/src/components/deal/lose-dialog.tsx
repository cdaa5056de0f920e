import { Button, Group, Stack, Textarea } from '@mantine/core';
import type { Deal } from '@steward/shared/deals';
import { useState } from 'react';
import { useMe } from '../../lib/me.js';
import { DayInput } from '../ui/day-input.js';
import { Dialog } from '../ui/dialog.js';
import { useUnsaved } from '../ui/use-unsaved.js';
import { useDealSteps } from './change-deals.js';

/** Ends a deal that was not won, with why. */
export function LoseDialog({ deal, onClose }: { deal: Deal; onClose: () => void }) {
  const { today } = useMe().workspace;
  const [on, setOn] = useState<string | null>(today);
  const [reason, setReason] = useState('');
  const { isDirty } = useUnsaved({ on, reason });
  const { step } = useDealSteps();
  const ready = on !== null && reason.trim() !== '';
  return (
    <Dialog isDirty={isDirty} onClose={onClose} title={`Lost: ${deal.name}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (on === null || !ready) return;
          step.mutate({ deal, deed: 'lose', how: { on, reason: reason.trim() } }, { onSuccess: onClose });
        }}
      >
        <Stack gap="sm">
          <Textarea
            label="Why"
            required
            data-autofocus
            autosize
            minRows={2}
            maxLength={2000}
            placeholder="Price, timing, another vendor …"
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <DayInput label="Lost on" required value={on} max={today} onChange={setOn} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={step.isPending} disabled={!ready}>
              Mark as lost
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
