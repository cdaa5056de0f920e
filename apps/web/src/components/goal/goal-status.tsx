import type { GoalStatus } from '@steward/shared/goals';
import classes from './goal-status.module.css';
import { STATUS_WORDS } from './goal-words.js';

const ring = <circle cx="6" cy="6" r="4.6" fill="none" stroke="currentColor" strokeWidth="1.4" />;

const SHAPES: Record<GoalStatus, React.ReactNode> = {
  notStarted: (
    <circle cx="6" cy="6" r="4.6" fill="none" stroke="currentColor" strokeWidth="1.4" strokeDasharray="2 2" />
  ),
  inProgress: (
    <>
      {ring}
      <path d="M6 3.4a2.6 2.6 0 0 1 0 5.2z" fill="currentColor" />
    </>
  ),
  atRisk: <path d="M1 2.2h10L6 11z" fill="currentColor" />,
  achieved: (
    <>
      <circle cx="6" cy="6" r="5.4" fill="currentColor" />
      <path d="m3.6 6.2 1.7 1.7 3.2-3.6" fill="none" stroke="var(--surface-page)" strokeWidth="1.5" />
    </>
  ),
  missed: (
    <>
      {ring}
      <path d="M4.2 4.2 7.8 7.8M7.8 4.2 4.2 7.8" stroke="currentColor" strokeWidth="1.4" />
    </>
  ),
  cancelled: (
    <>
      {ring}
      <path d="M3.6 6h4.8" stroke="currentColor" strokeWidth="1.4" />
    </>
  ),
};

export function GoalStatusShape({ status, size = 12 }: { status: GoalStatus; size?: number }) {
  return (
    <svg
      className={`${classes.shape} ${classes[status]}`}
      width={size}
      height={size}
      viewBox="0 0 12 12"
      aria-hidden="true"
      focusable="false"
    >
      {SHAPES[status]}
    </svg>
  );
}

/** Word, shape and colour. */
export function GoalStatusLabel({ status }: { status: GoalStatus }) {
  return (
    <span className={classes.root}>
      <GoalStatusShape status={status} />
      {STATUS_WORDS[status]}
    </span>
  );
}
