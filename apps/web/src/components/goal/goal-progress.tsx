import type { Goal } from '@steward/shared/goals';
import { formatPercent, NONE } from '../../lib/format.js';
import classes from './goal-progress.module.css';
import { isLive } from './goal-words.js';

type Measured = Pick<Goal, 'status' | 'progress' | 'elapsed' | 'target' | 'tasks'>;

/** A goal that a deal or a renewal decides is reached once that is won, whatever tasks are still open. */
function reached({ status, target, progress }: Measured): number | null {
  return status === 'achieved' && target.kind !== 'signal' ? 1 : progress;
}

/** How far it is and where the straight line stands: “40 %, 55 % of its time has passed”. */
export function progressWords(goal: Measured): string {
  const { elapsed, target } = goal;
  const progress = reached(goal);
  const far =
    progress === null
      ? target.kind === 'signal'
        ? 'No value is known yet'
        : 'Progress is not known'
      : `${formatPercent(progress * 100)} of the way`;
  return isLive(goal) ? `${far}; ${formatPercent(elapsed * 100)} of its time has passed` : far;
}

const placeOf = (share: number): string => `${Math.round(share * 1000) / 10}%`;

/** A bar of what is reached, with a tick where the straight line from start to due stands today. */
export function GoalProgress({ goal, share = true }: { goal: Measured; share?: boolean }) {
  const { elapsed, status } = goal;
  const progress = reached(goal);
  const words = progressWords(goal);
  return (
    <span className={classes.root} title={words}>
      <span className={classes.track} role="img" aria-label={words}>
        <span className={classes.fill} data-status={status} style={{ width: placeOf(progress ?? 0) }} />
        {isLive(goal) ? <span className={classes.tick} style={{ left: placeOf(elapsed) }} /> : null}
      </span>
      {share ? (
        <span className={`${classes.share} tabular`} aria-hidden>
          {progress === null ? NONE : formatPercent(progress * 100)}
        </span>
      ) : null}
    </span>
  );
}
