import { type PlannedGoal, type PlannedTask, START_REFUSAL_WORDS } from '@steward/shared/playbooks';
import { formatDay } from '../../lib/days.js';
import { plural } from '../../lib/format.js';
import { ANCHOR_WORDS, capital, ROLE_WORDS } from './goal-words.js';
import classes from './planned-goal.module.css';

/** The goal as it would be: until when and whose, each task with its day and person, or why it would not start. */
export function PlannedGoalView({ planned }: { planned: PlannedGoal }) {
  const { refusal, owner, tasks } = planned;
  const waiting = tasks.filter(({ waitsFor }) => waitsFor !== null).length;
  const past = tasks.filter(({ isPast }) => isPast).length;
  const nobodys = tasks.filter(({ assignee }) => assignee === null).length;
  const notes = [
    waiting > 0 ? `${plural(waiting, 'task waits', 'tasks wait')} for a day that the account does not have yet` : null,
    past > 0 ? `${plural(past, 'task')} would be due before the start` : null,
    nobodys > 0 ? `${plural(nobodys, 'task')} would be nobody’s` : null,
  ].filter((note) => note !== null);
  return (
    <div role="status">
      {refusal === null ? null : <p className={classes.refused}>{START_REFUSAL_WORDS[refusal.code]}</p>}
      <p className={classes.line} style={{ marginTop: refusal === null ? 0 : 8 }}>
        {capital(planned.target)}, from {formatDay(planned.startDay)} to {formatDay(planned.dueDay)}.{' '}
        <span className={classes.dim}>Owner: {owner?.name ?? 'nobody'}</span>
      </p>
      {notes.length === 0 ? null : <p className={`${classes.line} ${classes.dim}`}>{notes.join('; ')}.</p>}
      {tasks.length === 0 ? <p className={classes.dim}>It has no tasks.</p> : null}
      {tasks.length === 0 ? null : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
        <ul className={classes.tasks} aria-label="Tasks it would have" tabIndex={0}>
          {tasks.map((task) => (
            <li key={task.key}>
              <span className={task.isPast ? classes.past : classes.dim}>{dayText(task)}</span>
              <span className={classes.title}>
                {task.title}
                {task.required ? null : <span className={classes.dim}> (optional)</span>}
              </span>
              <span className={classes.dim}>{task.assignee?.name ?? `no ${ROLE_WORDS[task.role].toLowerCase()}`}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function dayText({ dueDay, waitsFor, isPast }: PlannedTask): string {
  if (dueDay === null) return waitsFor === null ? 'no day' : `waits for ${ANCHOR_WORDS[waitsFor]}`;
  return isPast ? `${formatDay(dueDay)} (past)` : formatDay(dueDay);
}
