import { ActionIcon, Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { FirstSteps } from '@steward/shared/first-steps';
import { IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react';
import { useUpdateFirstSteps } from '../../lib/first-steps.js';
import { toastError } from '../ui/toast.js';
import { undoToast } from '../ui/undo-toast.js';
import classes from './first-steps.module.css';
import { StepList, titleOf } from './step-list.js';

interface FirstStepsCardProps {
  steps: FirstSteps['steps'];
  /** They were asked for: all of them are shown. */
  asked: boolean;
  onHide: () => void;
}

/** What is left of the first steps, in one line above the day's work; all of them on demand. */
export function FirstStepsCard({ steps, asked, onHide }: FirstStepsCardProps) {
  const [opened, { toggle }] = useDisclosure(asked);
  const update = useUpdateFirstSteps();
  const done = steps.filter((each) => each.done).length;
  const next = steps.find((each) => !each.done);
  const failed = (error: Error) => toastError('That could not be kept', error);
  const say = (hidden: boolean, then?: () => void) => update.mutate({ hidden }, { onSuccess: then, onError: failed });
  return (
    <section className={classes.card} aria-labelledby="first-steps">
      <div className={classes.cardHead}>
        <h2 className={classes.stepTitle} id="first-steps">
          First steps
        </h2>
        <span className={classes.count}>
          {done} of {steps.length} done
        </span>
        {next && !opened ? <span className={classes.next}>Next: {titleOf(next.step)}</span> : null}
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          ml="auto"
          aria-expanded={opened}
          rightSection={opened ? <IconChevronUp size={14} aria-hidden /> : <IconChevronDown size={14} aria-hidden />}
          onClick={toggle}
        >
          {opened ? 'Show less' : 'Show all'}
        </Button>
        <ActionIcon
          aria-label="Hide the first steps"
          title="Hide the first steps"
          onClick={() =>
            say(true, () => {
              onHide();
              undoToast('The first steps are hidden. Your menu, at the foot of the rail, brings them back.', () =>
                say(false),
              );
            })
          }
        >
          <IconX size={14} aria-hidden />
        </ActionIcon>
      </div>
      {opened ? <StepList steps={steps} /> : null}
    </section>
  );
}
