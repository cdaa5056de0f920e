import { CloseButton, Group, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useMe } from '../../lib/me.js';
import { DayInput } from '../ui/day-input.js';
import { peopleQuery } from './get-people.js';
import type { NextStepDraft } from './touch-draft.js';

interface NextStepFieldsProps {
  accountId: string;
  step: NextStepDraft;
  error: string | undefined;
  onChange: (step: NextStepDraft | null) => void;
}

/** What is to come of a touch, by when, and whose it is. */
export function NextStepFields({ accountId, step, error, onChange }: NextStepFieldsProps) {
  const { user, workspace } = useMe();
  const { data: people = [] } = useQuery(peopleQuery(accountId));
  const input = useRef<HTMLInputElement>(null);
  // Asked for by a click: the next letters belong to it.
  useEffect(() => input.current?.focus(), []);
  return (
    <Group align="flex-start" wrap="nowrap" gap="xs">
      <TextInput
        label="Next step"
        placeholder="What is to be done"
        style={{ flex: 1 }}
        maxLength={200}
        value={step.text}
        error={error}
        ref={input}
        onChange={(event) => onChange({ ...step, text: event.currentTarget.value })}
      />
      <DayInput
        label="By"
        w={140}
        value={step.day}
        min={workspace.today}
        onChange={(day) => onChange({ ...step, day })}
      />
      <Select
        label="Whose"
        w={140}
        searchable
        data={[
          { value: user.id, label: 'Mine' },
          ...people
            .filter(({ userId, role }) => userId !== user.id && role !== 'viewer')
            .map(({ userId, name }) => ({ value: userId, label: name })),
        ]}
        value={step.ownerUserId ?? user.id}
        onChange={(ownerUserId) => onChange({ ...step, ownerUserId })}
      />
      <CloseButton mt={22} aria-label="No next step" onClick={() => onChange(null)} />
    </Group>
  );
}
