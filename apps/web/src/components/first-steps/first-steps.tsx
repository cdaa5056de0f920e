import { FIRST_STEPS } from '@steward/shared/first-steps';
import type { SampleStatus } from '@steward/shared/sample';
import { useFirstSteps } from '../../lib/first-steps.js';
import { useMe } from '../../lib/me.js';
import classes from './first-steps.module.css';
import { SampleOffer } from './sample-offer.js';
import { StepList } from './step-list.js';

const NONE_DONE = FIRST_STEPS.map((step) => ({ step, done: false }));

/** What a workspace without accounts shows to those who can fill it: the steps in order, and the sample to try first. */
export function FirstSteps({ sample }: { sample: SampleStatus | undefined }) {
  const { data } = useFirstSteps(useMe().permissions.includes('workspace:write'));
  return (
    <section className={classes.root} aria-labelledby="first-steps">
      <h2 className={classes.title} id="first-steps">
        No accounts yet
      </h2>
      <p className={classes.lead}>Bring in your customers, and every account gets a health score with its reasons.</p>
      <StepList steps={data?.steps ?? NONE_DONE} />
      {sample ? <SampleOffer sample={sample} /> : null}
    </section>
  );
}
