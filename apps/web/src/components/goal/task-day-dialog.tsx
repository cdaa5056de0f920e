import { Button, Group, Modal, Stack } from '@mantine/core';
import type { IsoDay } from '@steward/shared/common';
import type { Task } from '@steward/shared/tasks';
import { useState } from 'react';
import { DayInput } from '../ui/day-input.js';

interface TaskDayDialogProps {
  task: Pick<Task, 'title' | 'dueDay'>;
  isPending: boolean;
  onChoose: (day: IsoDay | null) => void;
  onClose: () => void;
}

/** Sets the day of a task by hand: it stays when the goal moves. */
export function TaskDayDialog({ task, isPending, onChoose, onClose }: TaskDayDialogProps) {
  const [day, setDay] = useState<IsoDay | null>(task.dueDay);
  return (
    <Modal opened onClose={onClose} title={`Day: ${task.title}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onChoose(day);
        }}
      >
        <Stack gap="sm">
          <DayInput label="Due" description="Without a day it is never overdue" value={day} onChange={setDay} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={isPending} disabled={day === task.dueDay}>
              Set the day
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
