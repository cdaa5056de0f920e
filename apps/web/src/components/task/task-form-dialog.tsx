import { Button, Group, Select, Stack, Textarea, TextInput } from '@mantine/core';
import type { IsoDay } from '@steward/shared/common';
import type { Task } from '@steward/shared/tasks';
import { useState } from 'react';
import { formatDay } from '../../lib/days.js';
import { useMe } from '../../lib/me.js';
import { AccountPicker, type PickedAccount } from '../touch/account-picker.js';
import { ChangedMeanwhile } from '../ui/changed-meanwhile.js';
import { DayInput } from '../ui/day-input.js';
import { Dialog } from '../ui/dialog.js';
import { useRestsOn } from '../ui/use-rests-on.js';
import { useUnsaved } from '../ui/use-unsaved.js';
import { useCreateTask, useUpdateTask } from './save-task.js';
import { useAssignees } from './use-assignees.js';

interface TaskFormDialogProps {
  /** Null: the person picks one first. */
  account: PickedAccount | null;
  /** Null: a new one. */
  task?: Task | null;
  onClose: () => void;
}

/** A task by hand: what is to be done on which account, by when, by whom, and how. */
export function TaskFormDialog({ account: given, task = null, onClose }: TaskFormDialogProps) {
  const { user, workspace } = useMe();
  const [account, setAccount] = useState(given);
  const [title, setTitle] = useState(task?.title ?? '');
  const [guidance, setGuidance] = useState(task?.guidance ?? '');
  const [dueDay, setDueDay] = useState<IsoDay | null>(task?.dueDay ?? null);
  const [assignee, setAssignee] = useState<string>(user.id);
  const { isDirty } = useUnsaved({ title, guidance, dueDay });
  const restsOn = useRestsOn(task, (of) => of && [of.title, of.guidance, of.dueDay]);
  const people = useAssignees(account?.id ?? null);
  const create = useCreateTask();
  const update = useUpdateTask();
  const ready = account !== null && title.trim() !== '' && restsOn.theirs === null;
  const save = () => {
    if (!ready || create.isPending || update.isPending) return;
    const said = { title: title.trim(), guidance: guidance.trim() === '' ? null : guidance.trim(), dueDay };
    if (restsOn.on) update.mutate({ task: restsOn.on, change: said }, { onSuccess: onClose });
    else create.mutate({ account, task: { ...said, assigneeUserId: assignee, goalId: null } }, { onSuccess: onClose });
  };
  return (
    <Dialog isDirty={isDirty} onClose={onClose} title={task ? `Edit: ${task.title}` : 'New task'} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
        }}
      >
        <Stack gap="sm">
          {given === null ? <AccountPicker account={account} onPick={setAccount} autoFocus /> : null}
          <TextInput
            label="What is to be done"
            required
            data-autofocus={given === null ? undefined : true}
            maxLength={200}
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          <Group grow align="flex-start">
            <DayInput label="Due" value={dueDay} min={task ? undefined : workspace.today} onChange={setDueDay} />
            {task ? null : (
              <Select
                label="For"
                searchable
                data={people}
                value={assignee}
                onChange={(next) => next && setAssignee(next)}
              />
            )}
          </Group>
          <Textarea
            label="Guidance"
            placeholder="How to go about it, if it needs saying"
            autosize
            minRows={2}
            maxRows={14}
            maxLength={5000}
            value={guidance}
            onChange={(event) => setGuidance(event.currentTarget.value)}
          />
          <ChangedMeanwhile restsOn={restsOn} isSaving={update.isPending} linesOf={linesOf} onLeave={onClose} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={create.isPending || update.isPending} disabled={!ready}>
              {task ? 'Save' : 'Make the task'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

function linesOf(theirs: Task | null): string[] {
  if (theirs === null) return [];
  const { title, dueDay, guidance } = theirs;
  return [dueDay === null ? title : `${title}, due ${formatDay(dueDay)}`, ...(guidance === null ? [] : [guidance])];
}
