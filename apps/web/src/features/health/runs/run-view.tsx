import { Button, Progress } from '@mantine/core';
import type { StudioRun } from '@steward/shared/health-studio';
import { toastError } from '../../../components/ui/toast.js';
import { formatInstant } from '../../../lib/days.js';
import { formatNumber } from '../../../lib/format.js';
import { useMe } from '../../../lib/me.js';
import parts from '../parts.module.css';
import { isUnderWay, type ListedRun, useCancelRun } from './get-runs.js';
import { configWords, STATE_WORDS } from './run-words.js';
import classes from './runs.module.css';

/** How far a run is, and the way to stop it; or why it has no result. */
export function RunState({ run }: { run: StudioRun }) {
  const cancel = useCancelRun(run.id);
  const { state, progress, problem } = run;
  if (isUnderWay(run)) {
    const percent = progress.of === 0 ? 0 : Math.round((progress.done / progress.of) * 100);
    return (
      <section className={classes.running} aria-label="Progress">
        <div className={classes.runningText}>
          <span role="status">
            {progress.of === 0
              ? STATE_WORDS[state]
              : `${progress.step === '' ? STATE_WORDS[state] : progress.step}: ${formatNumber(progress.done)} of ${formatNumber(progress.of)}`}
          </span>
          <Button
            variant="default"
            size="compact-xs"
            disabled={state === 'cancelling'}
            loading={cancel.isPending}
            onClick={() => cancel.mutate(undefined, { onError: (error) => toastError('It was not stopped', error) })}
          >
            Stop
          </Button>
        </div>
        <Progress value={percent} aria-label="Progress" />
      </section>
    );
  }
  if (state === 'cancelled') return <p className={parts.note}>It was stopped before it had a result.</p>;
  if (state === 'failed') {
    return (
      <p className={parts.note} role="alert">
        It failed: {problem ?? 'the reason is not known'}. Nothing was changed; run it again.
      </p>
    );
  }
  return null;
}

interface RunHistoryProps {
  runs: readonly ListedRun[];
  current: string | null;
  onOpen: (id: string) => void;
}

/** What was asked before, newest first. */
export function RunHistory({ runs, current, onOpen }: RunHistoryProps) {
  const { timeZone } = useMe().workspace;
  return (
    <ol className={classes.runs} aria-label="Earlier runs">
      {runs.map((run) => (
        <li key={run.id}>
          <button
            type="button"
            className={classes.run}
            aria-current={run.id === current || undefined}
            onClick={() => onOpen(run.id)}
          >
            <span>{configWords(run.config)}</span>
            <span className={parts.dim}>
              {STATE_WORDS[run.state]} · {formatInstant(run.createdAt, timeZone)}
              {run.orderedBy ? ` · ${run.orderedBy}` : ''}
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}
