import { Group, Select, TextInput } from '@mantine/core';
import type { AccountPlan } from '@steward/shared/account-plan';
import type { IsoDay } from '@steward/shared/common';
import { useState } from 'react';
import { formatDay } from '../../lib/days.js';
import { useMe } from '../../lib/me.js';
import { useAssignees } from '../task/use-assignees.js';
import { DayInput } from '../ui/day-input.js';
import { useRestsOn } from '../ui/use-rests-on.js';
import { useUnsaved } from '../ui/use-unsaved.js';
import { useSavePlan } from './get-plan.js';
import { PlanDialog } from './plan-dialog.js';

const OWNER = { value: 'owner', label: 'The account’s owner' };

interface PlanPartDialogProps {
  accountId: string;
  plan: AccountPlan;
  onClose: () => void;
}

/** The one next step of an account: what, by when, and whose it is. */
export function NextStepDialog({ accountId, plan, onClose }: PlanPartDialogProps) {
  const { today } = useMe().workspace;
  const people = useAssignees(accountId);
  const save = useSavePlan(accountId);
  const restsOn = useRestsOn(plan, ({ nextStep }) => nextStep && [nextStep.text, nextStep.day, nextStep.owner?.userId]);
  const [text, setText] = useState(plan.nextStep?.text ?? '');
  const [day, setDay] = useState<IsoDay | null>(plan.nextStep?.day ?? null);
  const [owner, setOwner] = useState(plan.nextStep?.owner?.userId ?? OWNER.value);
  const { isDirty } = useUnsaved({ text, day, owner });
  return (
    <PlanDialog
      title="Next step"
      isDirty={isDirty}
      ready={text.trim() !== ''}
      isPending={save.isPending}
      restsOn={restsOn}
      theirLines={({ nextStep }) => (nextStep === null ? [] : [lineOf(nextStep)])}
      onClose={onClose}
      onSave={() =>
        save.mutate(
          {
            plan: restsOn.on,
            change: { nextStep: { text: text.trim(), day, ownerUserId: owner === OWNER.value ? null : owner } },
            said: 'Next step set',
          },
          { onSuccess: onClose },
        )
      }
    >
      <TextInput
        label="What comes next"
        required
        data-autofocus
        maxLength={200}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Group grow align="flex-start">
        <DayInput
          label="By"
          value={day}
          // One that has passed may stay; a new one lies ahead.
          min={plan.nextStep?.past ? undefined : today}
          onChange={setDay}
        />
        <Select
          label="Whose"
          searchable
          data={[OWNER, ...people]}
          value={owner}
          onChange={(next) => next && setOwner(next)}
        />
      </Group>
    </PlanDialog>
  );
}

const lineOf = ({ text, day, owner }: NonNullable<AccountPlan['nextStep']>) =>
  [text, day && `by ${formatDay(day)}`, owner?.name].filter(Boolean).join(', ');
