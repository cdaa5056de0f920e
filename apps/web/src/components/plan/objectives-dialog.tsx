import { Button, CloseButton, Group, Select, Text, TextInput } from '@mantine/core';
import { type AccountPlan, OBJECTIVE_STATES, type Objective, type ObjectiveState } from '@steward/shared/account-plan';
import { useState } from 'react';
import { formatDay } from '../../lib/days.js';
import { DayInput } from '../ui/day-input.js';
import { useRestsOn } from '../ui/use-rests-on.js';
import { useUnsaved } from '../ui/use-unsaved.js';
import { useSavePlan } from './get-plan.js';
import { PlanDialog } from './plan-dialog.js';

const MOST = 5;
const STATE_WORDS: Record<ObjectiveState, string> = { open: 'Open', reached: 'Reached', dropped: 'Dropped' };

interface ObjectivesDialogProps {
  accountId: string;
  plan: AccountPlan;
  onClose: () => void;
}

/** Up to five things that the customer wants to reach. */
export function ObjectivesDialog({ accountId, plan, onClose }: ObjectivesDialogProps) {
  const save = useSavePlan(accountId);
  const restsOn = useRestsOn(plan, ({ objectives }) => objectives);
  const [rows, setRows] = useState(() => withKeys(plan.objectives.length === 0 ? [EMPTY] : plan.objectives));
  const { isDirty } = useUnsaved(rows);
  const change = (key: number, part: Partial<Objective>) =>
    setRows((now) => now.map((row) => (row.key === key ? { ...row, ...part } : row)));
  const written = rows
    .filter(({ text }) => text.trim() !== '')
    .map(({ text, targetDay, state }) => ({ text: text.trim(), targetDay, state }));
  return (
    <PlanDialog
      title="Customer objectives"
      isDirty={isDirty}
      isPending={save.isPending}
      restsOn={restsOn}
      theirLines={({ objectives }) => objectives.map(lineOf)}
      aside={
        rows.length < MOST ? (
          <Button variant="default" onClick={() => setRows((now) => [...now, { ...EMPTY, key: Date.now() }])}>
            Add one
          </Button>
        ) : (
          <Text size="xs" c="dimmed">
            Five at most: what matters most
          </Text>
        )
      }
      onClose={onClose}
      onSave={() =>
        save.mutate(
          { plan: restsOn.on, change: { objectives: written }, said: 'Objectives saved' },
          { onSuccess: onClose },
        )
      }
    >
      {rows.map((row, index) => (
        <Group key={row.key} gap="xs" wrap="nowrap">
          <TextInput
            aria-label={`Objective ${index + 1}`}
            placeholder="What the customer wants to reach"
            data-autofocus={index === 0 || undefined}
            style={{ flex: 1 }}
            maxLength={300}
            value={row.text}
            onChange={(event) => change(row.key, { text: event.currentTarget.value })}
          />
          <DayInput
            aria-label={`Target day of objective ${index + 1}`}
            w={140}
            value={row.targetDay}
            onChange={(targetDay) => change(row.key, { targetDay })}
          />
          <Select
            aria-label={`State of objective ${index + 1}`}
            w={110}
            data={OBJECTIVE_STATES.map((value) => ({ value, label: STATE_WORDS[value] }))}
            value={row.state}
            onChange={(state) => state && change(row.key, { state: state as ObjectiveState })}
          />
          <CloseButton
            aria-label={`Remove objective ${index + 1}`}
            onClick={() => setRows((now) => now.filter(({ key }) => key !== row.key))}
          />
        </Group>
      ))}
    </PlanDialog>
  );
}

const lineOf = ({ text, targetDay, state }: Objective) =>
  [text, targetDay && `by ${formatDay(targetDay)}`, state === 'open' ? null : STATE_WORDS[state].toLowerCase()]
    .filter(Boolean)
    .join(', ');

const EMPTY: Objective = { text: '', targetDay: null, state: 'open' };
/** Rows keep their keys while others are removed. */
const withKeys = (objectives: readonly Objective[]) => objectives.map((each, key) => ({ ...each, key }));
