import { Button } from '@mantine/core';
import type { AccountPlan } from '@steward/shared/account-plan';
import { IconCheck, IconFlag, IconPencil, IconPin } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { formatDay, relativeDay } from '../../lib/days.js';
import { useMe } from '../../lib/me.js';
import { planQuery, useSavePlan } from './get-plan.js';
import { NextStepDialog } from './next-step-dialog.js';
import { NoteDialog } from './note-dialog.js';
import classes from './plan.module.css';

interface PlanStripProps {
  accountId: string;
  /** An account that lives is to have a next step: that it has none is marked. */
  isLive: boolean;
  editable: boolean;
}

/** What comes next and what must not be forgotten, at the top of the account. */
export function PlanStrip({ accountId, isLive, editable }: PlanStripProps) {
  const { data: plan } = useQuery(planQuery(accountId));
  const [open, setOpen] = useState<'step' | 'note' | null>(null);
  if (plan === undefined) return <div className={classes.pending} />;
  return (
    <div className={classes.strip}>
      <div className={classes.line}>
        <IconFlag size={14} className={classes.sign} aria-hidden />
        <NextStep plan={plan} isLive={isLive} />
        {editable ? (
          <span className={classes.deeds}>
            {plan.nextStep ? <DoneButton accountId={accountId} plan={plan} /> : null}
            <PlanButton
              label={plan.nextStep ? 'Change the next step' : 'Set a next step'}
              onClick={() => setOpen('step')}
            >
              {plan.nextStep ? 'Change' : 'Set one'}
            </PlanButton>
            {plan.note ? null : (
              <PlanButton label="Pin a note" onClick={() => setOpen('note')}>
                Pin a note
              </PlanButton>
            )}
          </span>
        ) : null}
      </div>
      {plan.note ? (
        <section className={classes.note} aria-label="Pinned note">
          <IconPin size={14} className={classes.sign} aria-hidden />
          <p className={classes.text}>{plan.note}</p>
          {editable ? (
            <PlanButton label="Edit the pinned note" onClick={() => setOpen('note')}>
              <IconPencil size={13} aria-hidden />
            </PlanButton>
          ) : null}
        </section>
      ) : null}
      {open === 'step' ? <NextStepDialog accountId={accountId} plan={plan} onClose={() => setOpen(null)} /> : null}
      {open === 'note' ? <NoteDialog accountId={accountId} plan={plan} onClose={() => setOpen(null)} /> : null}
    </div>
  );
}

function NextStep({ plan: { nextStep }, isLive }: { plan: AccountPlan; isLive: boolean }) {
  const { today } = useMe().workspace;
  if (nextStep === null) {
    return <span className={isLive ? classes.late : classes.dim}>No next step{isLive ? ' is set' : ''}</span>;
  }
  return (
    <span className={classes.step}>
      <span className={classes.dim}>Next step</span> <span className={classes.stepText}>{nextStep.text}</span>
      <span className={nextStep.past ? classes.late : classes.dim}>
        {nextStep.day
          ? ` · ${nextStep.past ? 'was due' : 'by'} ${formatDay(nextStep.day)}, ${relativeDay(nextStep.day, today)}`
          : ' · no day'}
      </span>
      {nextStep.owner ? <span className={classes.dim}> · {nextStep.owner.name}</span> : null}
    </span>
  );
}

function DoneButton({ accountId, plan }: { accountId: string; plan: AccountPlan }) {
  const save = useSavePlan(accountId);
  return (
    <Button
      variant="subtle"
      color="gray"
      size="compact-xs"
      leftSection={<IconCheck size={13} aria-hidden />}
      loading={save.isPending}
      aria-label="The next step is done"
      onClick={() => save.mutate({ plan, change: { nextStep: null }, said: 'Next step done' })}
    >
      Done
    </Button>
  );
}

function PlanButton({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) {
  return (
    <Button variant="subtle" color="gray" size="compact-xs" aria-label={label} onClick={onClick}>
      {children}
    </Button>
  );
}
