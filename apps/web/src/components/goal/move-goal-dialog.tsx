import { Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import type { IsoDay } from '@steward/shared/common';
import type { Goal } from '@steward/shared/goals';
import { useState } from 'react';
import { addDays, daysBetween, formatDay } from '../../lib/days.js';
import { useMe } from '../../lib/me.js';
import { DayInput } from '../ui/day-input.js';
import { Dialog } from '../ui/dialog.js';

interface DialogProps {
  goal: Pick<Goal, 'name' | 'startDay' | 'dueDay' | 'tasks' | 'status'>;
  isPending: boolean;
  onClose: () => void;
}

/** Gives a live or a missed goal more time. */
export function ExtendGoalDialog({
  goal,
  isPending,
  onClose,
  onExtend,
}: DialogProps & { onExtend: (day: IsoDay) => void }) {
  const { today } = useMe().workspace;
  const from = daysBetween(today, goal.dueDay) < 0 ? today : goal.dueDay;
  const [day, setDay] = useState<IsoDay | null>(addDays(from, 30));
  return (
    <Dialog onClose={onClose} title={`More time: ${goal.name}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (day !== null) onExtend(day);
        }}
      >
        <Stack gap="sm">
          <DayInput label="Due" required min={today} value={day} onChange={setDay} />
          <Text size="xs" c="dimmed">
            It is due on {formatDay(goal.dueDay)} now.
            {goal.status === 'missed'
              ? ' It is live again with its open tasks; that it was missed stays in its history.'
              : ''}
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Leave it
            </Button>
            <Button type="submit" loading={isPending} disabled={day === null}>
              Extend
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

interface MoveProps extends DialogProps {
  onMove: (startDay: IsoDay, moveTasks: boolean) => void;
}

/** Another start: the due day follows, as the goal keeps its length; open tasks are asked about. */
export function MoveGoalDialog({ goal, isPending, onClose, onMove }: MoveProps) {
  const [day, setDay] = useState<IsoDay | null>(goal.startDay);
  const [moveTasks, setMoveTasks] = useState(true);
  const due = day === null ? null : addDays(day, daysBetween(goal.startDay, goal.dueDay));
  return (
    <Dialog onClose={onClose} title={`Move the start: ${goal.name}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (day !== null) onMove(day, moveTasks);
        }}
      >
        <Stack gap="sm">
          <DayInput label="Start" required value={day} onChange={setDay} />
          {due === null ? null : (
            <Text size="xs" c="dimmed">
              It is due on {formatDay(due)} then: the goal keeps its length.
            </Text>
          )}
          {goal.tasks.open === 0 ? null : (
            <Checkbox
              label="Open tasks follow"
              description="Those that count from the start or the due day. Days that somebody set by hand stay, and so does what is done."
              checked={moveTasks}
              onChange={(event) => setMoveTasks(event.currentTarget.checked)}
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Leave it
            </Button>
            <Button type="submit" loading={isPending} disabled={day === null || day === goal.startDay}>
              Move
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
