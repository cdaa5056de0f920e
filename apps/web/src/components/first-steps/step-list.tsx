import { Button } from '@mantine/core';
import type { FirstStep, FirstSteps } from '@steward/shared/first-steps';
import { IconCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import classes from './first-steps.module.css';
import { ReviewTiersDialog } from './review-tiers-dialog.js';

const WORDS: Record<FirstStep, { title: string; text: string }> = {
  accounts: {
    title: 'Import accounts',
    text: 'A CSV file from your CRM is enough: a name and an id; ARR, renewal date and owners if you have them.',
  },
  usage: {
    title: 'Map what they do',
    text: 'Usage as a file, or sent to the API as it happens; contacts, tickets, surveys and invoices make scores surer.',
  },
  tiers: {
    title: 'Review the tiers',
    text: 'They say how much an account matters: how often to be in touch, and how soon to answer an alert.',
  },
  team: {
    title: 'Invite the team',
    text: 'CSMs and account managers see their own book; accounts find them by the owner’s name or e-mail address.',
  },
  segment: {
    title: 'Make a first segment',
    text: 'The accounts that you ask for each week, kept under a name, with who came and who went.',
  },
  playbook: {
    title: 'Start a first playbook',
    text: 'The steps that help an account in such a case: start a ready-made one on an account, or build your own.',
  },
};

/** The steps in order, each ticked by what is there, with the way to it. */
export function StepList({ steps }: { steps: FirstSteps['steps'] }) {
  const [reviewing, setReviewing] = useState(false);
  const next = steps.find(({ done }) => !done)?.step;
  const go = (step: FirstStep) => {
    const variant = step === next ? 'filled' : 'default';
    switch (step) {
      case 'accounts':
        return (
          <Button variant={variant} component={Link} to="/data/import">
            Import accounts
          </Button>
        );
      case 'usage':
        return (
          <Button variant={variant} component={Link} to="/data/import">
            Import usage
          </Button>
        );
      case 'tiers':
        return (
          <Button variant={variant} onClick={() => setReviewing(true)}>
            Review tiers
          </Button>
        );
      case 'team':
        return (
          <Button variant={variant} component={Link} to="/settings/people">
            Add people
          </Button>
        );
      case 'segment':
        return (
          <Button variant={variant} component={Link} to="/segments/new">
            New segment
          </Button>
        );
      case 'playbook':
        return (
          <Button variant={variant} component={Link} to="/goals/playbooks">
            See playbooks
          </Button>
        );
    }
  };
  return (
    <>
      <ol className={classes.steps}>
        {steps.map(({ step, done }) => (
          <Step key={step} {...WORDS[step]} done={done} action={done && step !== 'tiers' ? null : go(step)} />
        ))}
      </ol>
      {reviewing ? <ReviewTiersDialog onClose={() => setReviewing(false)} /> : null}
    </>
  );
}

interface StepProps {
  title: string;
  text: string;
  done: boolean;
  action: ReactNode;
}

function Step({ title, text, done, action }: StepProps) {
  return (
    <li className={classes.step} data-done={done || undefined}>
      <span className={classes.mark}>{done ? <IconCheck size={13} role="img" aria-label="done" /> : null}</span>
      <div className={classes.words}>
        <h3 className={classes.stepTitle}>{title}</h3>
        <p className={classes.text}>{text}</p>
      </div>
      {action}
    </li>
  );
}

export const titleOf = (step: FirstStep): string => WORDS[step].title;
