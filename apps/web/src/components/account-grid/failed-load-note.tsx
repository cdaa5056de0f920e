import { Button } from '@mantine/core';
import { errorText } from '../../lib/api.js';
import classes from './failed-load-note.module.css';
import type { FailedLoad } from './use-failed-load.js';

/** Says over the grid that rows are missing; those that were loaded stay in sight. */
export function FailedLoadNote({ error, retry }: Pick<FailedLoad, 'error' | 'retry'>) {
  if (error === null) return null;
  return (
    <div className={classes.note} role="alert">
      <span>
        <strong>The list could not be loaded.</strong> {errorText(error)}
      </span>
      <Button variant="default" size="compact-sm" flex="none" onClick={retry}>
        Try again
      </Button>
    </div>
  );
}
