import { Alert, Stack } from '@mantine/core';
import { ChangedMeanwhile } from '../../components/ui/changed-meanwhile.js';
import type { Draft } from '../../components/ui/use-draft.js';
import { ApiError, errorText } from '../../lib/api.js';

interface SaveTroubleProps<T, D> {
  form: Draft<T, D>;
  save: { isPending: boolean; error: Error | null; reset: () => void };
  /** What somebody else wrote, a line each. */
  linesOf: (theirs: Partial<D>) => readonly string[];
}

/** What keeps a form from being saved: that somebody else changed what it would write over, or why it was refused. */
export function SaveTrouble<T, D>({ form, save, linesOf }: SaveTroubleProps<T, D>) {
  const { restsOn, theirs, drop } = form;
  if (restsOn.theirs === null && !save.error) return null;
  // What was refused is over once it is said whose it shall be.
  const settled = (settle: () => void) => () => {
    save.reset();
    settle();
  };
  return (
    <Stack gap="sm" mt="sm" maw={720}>
      <ChangedMeanwhile
        restsOn={{ ...restsOn, writeOver: settled(restsOn.writeOver) }}
        isSaving={save.isPending}
        linesOf={(of) => linesOf(theirs(of))}
        onLeave={settled(drop)}
      />
      {save.error && restsOn.theirs === null ? (
        <Alert color="red" variant="light" role="alert" p="xs">
          {isConflict(save.error) ? 'Something beside it was changed meanwhile. Save again.' : errorText(save.error)}
        </Alert>
      ) : null}
    </Stack>
  );
}

const isConflict = (error: Error) => error instanceof ApiError && error.code === 'REVISION_MOVED';
