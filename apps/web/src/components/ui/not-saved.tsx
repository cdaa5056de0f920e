import { Alert, Button } from '@mantine/core';
import { ApiError, errorText } from '../../lib/api.js';

interface NotSavedProps {
  /** “The rule”. */
  what: string;
  error: Error;
  /** What is wrong stands at its places in the form. */
  isPlaced?: boolean;
  /** Takes what is saved now in place of what is written here. */
  onLoadAnew: (() => void) | undefined;
}

/** Why a form was not saved; where somebody else was quicker, with the way on. */
export function NotSaved({ what, error, isPlaced = false, onLoadAnew }: NotSavedProps) {
  const isConflict = error instanceof ApiError && error.code === 'REVISION_MOVED';
  return (
    <Alert color="red" variant="light" role="alert" p="xs" mt="md" title={`${what} was not saved`}>
      {isConflict ? 'Somebody else changed it in the meantime. What you wrote is still here.' : null}
      {isConflict ? null : isPlaced ? 'What is wrong is marked below.' : errorText(error)}
      {isConflict && onLoadAnew ? (
        <div>
          <Button variant="default" size="compact-xs" mt={6} onClick={onLoadAnew}>
            Load what is saved now, without my changes
          </Button>
        </div>
      ) : null}
    </Alert>
  );
}
