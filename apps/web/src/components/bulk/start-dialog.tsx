import { Select, Text } from '@mantine/core';
import type { BulkChange } from '@steward/shared/bulk';
import type { IsoDay } from '@steward/shared/common';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { addDays } from '../../lib/days.js';
import { plural } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import { dueWords } from '../goal/due-words.js';
import { playbooksQuery } from '../goal/get-goals.js';
import { capital, ROLE_WORDS } from '../goal/goal-words.js';
import { offeredPlaybooks } from '../goal/offered-playbooks.js';
import { DayInput } from '../ui/day-input.js';
import { BulkDialog, type BulkDialogProps } from './bulk-dialog.js';

interface StartDialogProps extends BulkDialogProps {
  onChange: (change: Extract<BulkChange, { kind: 'startPlaybook' }>) => void;
}

/** Starts a playbook on many accounts; those that cannot get it are left alone and counted by why. */
export function BulkStartDialog({ onChange, ...frame }: StartDialogProps) {
  const { today } = useMe().workspace;
  const { data: playbooks } = useQuery(playbooksQuery);
  const [id, setId] = useState<string | null>(null);
  const [startDay, setStartDay] = useState<IsoDay | null>(today);
  const playbook = playbooks?.find((each) => each.id === id) ?? null;
  const first = playbook?.definition.tasks[0];
  return (
    <BulkDialog
      {...frame}
      title="Start a playbook"
      yes="Start"
      ready={id !== null && startDay !== null}
      onYes={() => id !== null && onChange({ kind: 'startPlaybook', playbookId: id, startDay })}
    >
      <Select
        label="Playbook"
        required
        searchable
        data-autofocus
        placeholder="Choose a playbook"
        data={offeredPlaybooks(playbooks ?? [], null)}
        value={id}
        onChange={setId}
      />
      <DayInput
        label="Start"
        required
        min={addDays(today, -30)}
        max={addDays(today, 365)}
        value={startDay}
        onChange={setStartDay}
      />
      {playbook === null ? null : (
        <Text size="xs" c="dimmed">
          {capital(playbook.words.target)}, within {plural(playbook.definition.durationDays, 'day')}.{' '}
          {first === undefined
            ? 'It has no tasks.'
            : `${plural(playbook.definition.tasks.length, 'task')}, the first ${dueWords(first.due)}.`}{' '}
          Each goal is owned by the account’s {ROLE_WORDS[playbook.definition.ownerRole]}. Accounts that are already
          there, or where it runs, are left alone and counted.
        </Text>
      )}
    </BulkDialog>
  );
}
