import { Button, Group, Skeleton, Stack } from '@mantine/core';
import type { Touchpoint } from '@steward/shared/touchpoints';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { type Dispatch, type SetStateAction, useState } from 'react';
import { request } from '../../lib/api.js';
import { useMe } from '../../lib/me.js';
import { ChangedMeanwhile } from '../ui/changed-meanwhile.js';
import { Dialog } from '../ui/dialog.js';
import { EmptyState } from '../ui/empty-state.js';
import { LoadFailed } from '../ui/load-failed.js';
import { useRestsOn } from '../ui/use-rests-on.js';
import { touchPath, useChangeTouch } from './log-touch.js';
import { differingLines, saidBy } from './touch-differences.js';
import { draftOf, problemsOf, type TouchDraft, touchOf } from './touch-draft.js';
import { TouchFields } from './touch-fields.js';

const touchQuery = (accountId: string, id: string) =>
  queryOptions({
    queryKey: ['account', accountId, 'touch', id],
    // What is edited is what stands there now.
    staleTime: 0,
    queryFn: ({ signal }) => request<Touchpoint>('GET', touchPath(accountId, id), { signal }),
  });

interface EditTouchDialogProps {
  accountId: string;
  id: string;
  onClose: () => void;
}

/** Changes a touch that was logged here. */
export function EditTouchDialog({ accountId, id, onClose }: EditTouchDialogProps) {
  const { data, error, isFetchedAfterMount, refetch } = useQuery(touchQuery(accountId, id));
  const [written, setWritten] = useState<TouchDraft | null>(null);
  return (
    <Dialog isDirty={() => written !== null} onClose={onClose} title="Edit the touch" size="lg">
      {error ? <LoadFailed title="It could not be loaded" error={error} onRetry={refetch} /> : null}
      {isFetchedAfterMount || error ? null : <Skeleton h={220} />}
      {data && isFetchedAfterMount && !data.mayEdit ? (
        <EmptyState
          title="It cannot be changed here"
          text="It came from a connected system, or somebody else logged it."
        />
      ) : null}
      {data?.mayEdit && isFetchedAfterMount ? (
        <EditForm touch={data} written={written} onWritten={setWritten} onClose={onClose} />
      ) : null}
    </Dialog>
  );
}

interface EditFormProps {
  touch: Touchpoint;
  /** Null: nothing was changed yet. */
  written: TouchDraft | null;
  onWritten: Dispatch<SetStateAction<TouchDraft | null>>;
  onClose: () => void;
}

function EditForm({ touch: now, written, onWritten, onClose }: EditFormProps) {
  const { timeZone } = useMe().workspace;
  // What is being written rests on the touch of then, however it is read again meanwhile; until then all follows.
  const restsOn = useRestsOn(now, (of) => (written === null ? null : saidBy(of)));
  const touch = restsOn.on;
  const first = draftOf(touch, timeZone);
  const draft = written ?? first;
  const change = useChangeTouch();
  const problems = problemsOf(draft, new Date().toISOString(), timeZone);
  const ready = Object.keys(problems).length === 0 && restsOn.theirs === null;
  const save = () => {
    if (change.isPending || !ready) return;
    const { nextStep: _none, at, ...said } = touchOf(draft, timeZone);
    const unmoved = first.when;
    const moved = draft.when?.day !== unmoved?.day || draft.when?.time !== unmoved?.time;
    change.mutate(
      // The minute of the form is coarser than the moment that is kept.
      { touch, change: { ...said, ...(moved && at !== null ? { at } : {}), revision: touch.revision ?? 0 } },
      { onSuccess: onClose },
    );
  };
  return (
    <Stack gap="sm">
      <TouchFields
        accountId={touch.accountId}
        draft={draft}
        problems={problems}
        more
        onChange={(part) => {
          if (written === null) restsOn.writeOver();
          onWritten((before) => ({ ...(before ?? first), ...part }));
        }}
        onSave={save}
      />
      <ChangedMeanwhile
        restsOn={restsOn}
        isSaving={change.isPending}
        linesOf={(theirs) => differingLines(touch, theirs, timeZone)}
        onLeave={onClose}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button loading={change.isPending} disabled={!ready} onClick={save}>
          Save
        </Button>
      </Group>
    </Stack>
  );
}
