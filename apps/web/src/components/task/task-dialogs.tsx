import { Button, Chip, Group, Select, Stack, Textarea } from '@mantine/core';
import type { IsoDay } from '@steward/shared/common';
import { type ReactNode, useState } from 'react';
import { addDays } from '../../lib/days.js';
import { useMe } from '../../lib/me.js';
import { DayInput } from '../ui/day-input.js';
import { Dialog } from '../ui/dialog.js';
import { useAssignees } from './use-assignees.js';

interface FrameProps {
  title: string;
  yes: string;
  ready?: boolean;
  isPending: boolean;
  onYes: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** A question with its answer's button; Ctrl/⌘+Enter answers from a text of several lines too. */
function Frame({ title, yes, ready = true, isPending, onYes, onClose, children }: FrameProps) {
  return (
    <Dialog onClose={onClose} title={title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) onYes();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && ready && !isPending) onYes();
        }}
      >
        <Stack gap="sm">
          {children}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={isPending} disabled={!ready}>
              {yes}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

interface DialogProps {
  /** "Send the plan", "3 tasks". */
  what: string;
  isPending: boolean;
  onClose: () => void;
}

interface NoteDialogProps extends DialogProps {
  action: 'complete' | 'skip';
  onNote: (note: string | null) => void;
}

/** Ends tasks with what came of them, or why they are not needed. */
export function NoteDialog({ what, action, onNote, ...frame }: NoteDialogProps) {
  const [note, setNote] = useState('');
  const isDone = action === 'complete';
  return (
    <Frame
      {...frame}
      title={`${isDone ? 'Complete' : 'Skip'}: ${what}`}
      yes={isDone ? 'Complete' : 'Skip'}
      onYes={() => onNote(note.trim() === '' ? null : note.trim())}
    >
      <Textarea
        label={isDone ? 'What came of it' : 'Why it is not needed'}
        data-autofocus
        autosize
        minRows={2}
        maxLength={2000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </Frame>
  );
}

const AHEAD = [
  { days: 1, label: 'Tomorrow' },
  { days: 3, label: '3 days' },
  { days: 7, label: 'A week' },
  { days: 14, label: '2 weeks' },
  { days: 30, label: '30 days' },
] as const;

interface DayDialogProps extends DialogProps {
  asks: 'snooze' | 'due';
  /** The day that it has now. */
  day?: IsoDay | null;
  onDay: (day: IsoDay | null) => void;
}

/** Until when tasks rest, or by when they are due. */
export function DayDialog({ what, asks, day: now = null, onDay, ...frame }: DayDialogProps) {
  const { today } = useMe().workspace;
  const [day, setDay] = useState<IsoDay | null>(asks === 'snooze' ? addDays(today, 1) : now);
  const isSnooze = asks === 'snooze';
  return (
    <Frame
      {...frame}
      title={`${isSnooze ? 'Snooze' : 'Due day'}: ${what}`}
      yes={isSnooze ? 'Snooze' : 'Set the day'}
      ready={!isSnooze || day !== null}
      onYes={() => onDay(day)}
    >
      <Chip.Group
        value={String(AHEAD.find(({ days }) => addDays(today, days) === day)?.days ?? '')}
        onChange={(days) => setDay(addDays(today, Number(days)))}
      >
        <Group gap={6}>
          {AHEAD.map(({ days, label }) => (
            <Chip key={days} value={String(days)} size="xs" variant="outline">
              {label}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      <DayInput
        label={isSnooze ? 'Back on' : 'Due (empty: without a day)'}
        required={isSnooze}
        value={day}
        min={isSnooze ? addDays(today, 1) : undefined}
        onChange={setDay}
      />
    </Frame>
  );
}

interface AssignDialogProps extends DialogProps {
  /** Of one account: those who may see it; of several: everybody who acts. */
  accountIds: readonly string[];
  onAssign: (userId: string | null, name: string) => void;
}

const NOBODY = { value: 'nobody', label: 'Nobody: into the queue of unassigned tasks' };

export function AssignDialog({ what, accountIds, onAssign, ...frame }: AssignDialogProps) {
  const people = useAssignees(accountIds.length === 1 ? (accountIds[0] ?? null) : null);
  const data = [...people, NOBODY];
  const [chosen, setChosen] = useState<string | null>(null);
  const name = data.find(({ value }) => value === chosen)?.label ?? '';
  return (
    <Frame
      {...frame}
      title={`Assign: ${what}`}
      yes="Assign"
      ready={chosen !== null}
      onYes={() => onAssign(chosen === NOBODY.value ? null : chosen, chosen === NOBODY.value ? 'nobody' : name)}
    >
      <Select label="To" required searchable data-autofocus data={data} value={chosen} onChange={setChosen} />
    </Frame>
  );
}
