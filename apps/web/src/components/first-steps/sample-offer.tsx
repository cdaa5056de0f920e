import { Button, Progress, Text } from '@mantine/core';
import type { SampleStatus } from '@steward/shared/sample';
import { loadedPercent, useOrderSample } from '../../lib/sample.js';
import { toastError } from '../ui/toast.js';
import classes from './first-steps.module.css';

const STEP_WORDS = { facts: 'Its facts arrive, day by day', history: 'Scores of its past days are computed' } as const;

/** The sample company to try the product on, where the workspace has no accounts of its own. */
export function SampleOffer({ sample }: { sample: SampleStatus }) {
  const order = useOrderSample('POST');
  if (!sample.mayLoad) return null;
  return (
    <div className={classes.sample}>
      <div className={classes.words}>
        <strong>Just looking?</strong> A made-up company of 200 accounts with its history shows what Steward does. It
        takes a few minutes, and leaves again with one click.
        {sample.problem ? <span className={classes.problem}>It broke off: {sample.problem}</span> : null}
      </div>
      <Button
        variant="default"
        loading={order.isPending}
        onClick={() => order.mutate(undefined, { onError: (error) => toastError('The sample was not loaded', error) })}
      >
        {sample.problem ? 'Try again' : 'Load the sample company'}
      </Button>
    </div>
  );
}

/** In place of the list while the sample comes or goes. */
export function SampleUnderWay({ sample }: { sample: SampleStatus }) {
  const removing = sample.state === 'removing';
  const percent = removing ? 100 : loadedPercent(sample);
  const title = removing ? 'Removing the sample company' : 'Loading the sample company';
  return (
    <section className={classes.root} aria-labelledby="sample-under-way">
      <h2 className={classes.title} id="sample-under-way">
        {title}
      </h2>
      <Progress value={percent} aria-label={title} animated mt="md" />
      <Text size="sm" c="dimmed" mt={8} role="status">
        {removing ? 'Its accounts and all that is known about them go.' : `${percent} % · ${wordsOf(sample)}.`} You may
        leave this page; it goes on.
      </Text>
    </section>
  );
}

const wordsOf = ({ progress }: SampleStatus): string =>
  progress === null ? 'Waiting for its turn' : STEP_WORDS[progress.step];
