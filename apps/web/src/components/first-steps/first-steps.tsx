import { Button } from '@mantine/core';
import type { SampleStatus } from '@steward/shared/sample';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMe } from '../../lib/me.js';
import classes from './first-steps.module.css';
import { SampleOffer } from './sample-offer.js';

/** What a workspace without accounts shows to those who can fill it: the steps in order, and the sample to try first. */
export function FirstSteps({ sample }: { sample: SampleStatus | undefined }) {
  const { permissions } = useMe();
  const mayInvite = permissions.includes('users:write');
  return (
    <section className={classes.root} aria-labelledby="first-steps">
      <h2 className={classes.title} id="first-steps">
        No accounts yet
      </h2>
      <p className={classes.lead}>Bring in your customers, and every account gets a health score with its reasons.</p>
      <ol className={classes.steps}>
        <Step
          title="Import accounts"
          text="A CSV file from your CRM is enough: a name and an id; ARR, renewal date and owners if you have them."
          action={
            <Button component={Link} to="/data/import">
              Import accounts
            </Button>
          }
        />
        <Step
          title="Add what happens at them"
          text="Usage, contacts, tickets, surveys, invoices: as files too, or sent to the API as it happens. Each kind makes the score surer."
          action={
            <Button variant="default" component={Link} to="/data/sources">
              See the sources
            </Button>
          }
        />
        {mayInvite ? (
          <Step
            title="Invite the team"
            text="CSMs and account managers see their own book; accounts are matched to them by the owner's name or e-mail address."
            action={
              <Button variant="default" component={Link} to="/settings/people">
                Add people
              </Button>
            }
          />
        ) : null}
      </ol>
      {sample ? <SampleOffer sample={sample} /> : null}
    </section>
  );
}

function Step({ title, text, action }: { title: string; text: string; action: ReactNode }) {
  return (
    <li className={classes.step}>
      <div className={classes.words}>
        <h3 className={classes.stepTitle}>{title}</h3>
        <p className={classes.text}>{text}</p>
      </div>
      {action}
    </li>
  );
}
