import { Button, Skeleton } from '@mantine/core';
import type { SignalEntry } from '@steward/shared/model';
import { useQuery } from '@tanstack/react-query';
import { Section } from '../../../components/ui/section.js';
import { toast, toastError } from '../../../components/ui/toast.js';
import { undoToast } from '../../../components/ui/undo-toast.js';
import { formatInstant } from '../../../lib/days.js';
import { useMe } from '../../../lib/me.js';
import { historyQuery, useRetireSignal, usesQuery } from './get-signals.js';
import classes from './signals.module.css';

/** What reads it; what nothing reads can be retired, and taken back. */
export function SignalUses({ signal }: { signal: SignalEntry }) {
  const mayWrite = useMe().permissions.includes('model:write');
  const { data: uses } = useQuery(usesQuery(signal.key));
  const retire = useRetireSignal();
  const run = (retired: boolean) =>
    retire.mutate(
      { key: signal.key, revision: signal.revision, retired },
      {
        onSuccess: (after) => {
          const words = retired ? 'is retired: it is no longer computed' : 'is computed again from the next run on';
          undoToast(`${signal.label} ${words}`, () =>
            retire.mutate(
              { key: signal.key, revision: after.revision, retired: !retired },
              { onSuccess: () => toast('Undone'), onError: (error) => toastError('It was not taken back', error) },
            ),
          );
        },
        onError: (error) => toastError(retired ? 'It was not retired' : 'It was not taken back', error),
      },
    );
  const isUsed = uses !== undefined && uses.length > 0;
  return (
    <Section
      title="Used by"
      aside={
        !mayWrite || signal.builtIn ? null : signal.retired ? (
          <Button variant="default" loading={retire.isPending} onClick={() => run(false)}>
            Compute it again
          </Button>
        ) : (
          <Button
            variant="default"
            loading={retire.isPending}
            disabled={uses === undefined || isUsed}
            aria-describedby={isUsed ? 'signal-in-use' : undefined}
            onClick={() => run(true)}
          >
            Retire
          </Button>
        )
      }
    >
      {uses === undefined ? <Skeleton h={24} /> : null}
      {uses?.length === 0 ? <p className={classes.dim}>Nothing reads it.</p> : null}
      {isUsed ? (
        <>
          <ul className={classes.list} aria-label="Used by">
            {uses.map((use) => (
              <li key={use}>{use}</li>
            ))}
          </ul>
          {mayWrite && !signal.builtIn && !signal.retired ? (
            <p className={classes.dim} id="signal-in-use">
              It can be retired once nothing reads it any more.
            </p>
          ) : null}
        </>
      ) : null}
    </Section>
  );
}

/** Who changed it, and how. */
export function SignalHistoryList({ signalKey }: { signalKey: string }) {
  const { timeZone } = useMe().workspace;
  const { data: entries } = useQuery(historyQuery(signalKey));
  if (entries === undefined || entries.length === 0) return null;
  return (
    <Section title="Changes">
      <ol className={classes.history} aria-label="Changes">
        {entries.map(({ at, by, changes }) => (
          <li key={at}>
            <div className={classes.dim}>
              {formatInstant(at, timeZone)} · {by ?? 'Steward'}
            </div>
            {changes.map((change) => (
              <div key={change}>{change}</div>
            ))}
          </li>
        ))}
      </ol>
    </Section>
  );
}
