import { Button, Checkbox, Group, Select, Stack, Text, Textarea } from '@mantine/core';
import { OUTCOME_WORDS } from '@steward/shared/goal-words';
import type { Goal, OutcomeReason } from '@steward/shared/goals';
import { useState } from 'react';
import { plural } from '../../lib/format.js';
import { Dialog } from '../ui/dialog.js';
import { useUnsaved } from '../ui/use-unsaved.js';

export type EndGoal =
  | { action: 'achieve'; reason: OutcomeReason; note: string | null }
  | { action: 'cancel'; reason: OutcomeReason; note: string | null; cancelTasks: boolean };

/** Reasons that a person may give; what ends by itself names its own. */
const REASONS = {
  achieve: ['targetReached', 'valueDelivered', 'other'],
  cancel: ['customerDeclined', 'noResponse', 'wrongTiming', 'customerLeft', 'replaced', 'other'],
} as const satisfies Record<EndGoal['action'], readonly OutcomeReason[]>;

interface EndGoalDialogProps {
  goal: Pick<Goal, 'name' | 'tasks'>;
  action: EndGoal['action'];
  isPending: boolean;
  onEnd: (end: EndGoal) => void;
  onClose: () => void;
}

/** Ends a goal by hand, with why. */
export function EndGoalDialog({ goal, action, isPending, onEnd, onClose }: EndGoalDialogProps) {
  const [reason, setReason] = useState<OutcomeReason | null>(action === 'achieve' ? 'targetReached' : null);
  const [note, setNote] = useState('');
  const [cancelTasks, setCancelTasks] = useState(true);
  const { isDirty } = useUnsaved({ reason, note, cancelTasks });
  const { open } = goal.tasks;
  const achieve = action === 'achieve';
  return (
    <Dialog
      isDirty={isDirty}
      onClose={onClose}
      title={`${achieve ? 'Mark as achieved' : 'Cancel the goal'}: ${goal.name}`}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (reason === null) return;
          const said = { reason, note: note.trim() === '' ? null : note.trim() };
          onEnd(achieve ? { action: 'achieve', ...said } : { action: 'cancel', ...said, cancelTasks });
        }}
      >
        <Stack gap="sm">
          <Select
            label="Why"
            required
            data-autofocus
            placeholder="Choose a reason"
            data={REASONS[action].map((value) => ({ value, label: OUTCOME_WORDS[value] }))}
            value={reason}
            onChange={(next) => setReason(next as OutcomeReason | null)}
          />
          <Textarea
            label="Note"
            autosize
            minRows={2}
            maxLength={2000}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          {achieve || open === 0 ? null : (
            <Checkbox
              label={`Cancel its ${plural(open, 'open task')} too`}
              description="Else they stay with those who have them"
              checked={cancelTasks}
              onChange={(event) => setCancelTasks(event.currentTarget.checked)}
            />
          )}
          {achieve && open > 0 ? (
            <Text size="xs" c="dimmed">
              Its {plural(open, 'open task')} {open === 1 ? 'stays' : 'stay'} as {open === 1 ? 'it is' : 'they are'}.
            </Text>
          ) : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Keep it live
            </Button>
            <Button type="submit" loading={isPending} disabled={reason === null}>
              {achieve ? 'Mark as achieved' : 'Cancel the goal'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
