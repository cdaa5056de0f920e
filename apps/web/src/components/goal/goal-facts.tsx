import { OUTCOME_WORDS } from '@steward/shared/goal-words';
import type { GoalDetail } from '@steward/shared/goals';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { formatDay } from '../../lib/days.js';
import { formatMoney, formatScore } from '../../lib/format.js';
import { useCurrency } from '../../lib/me.js';
import classes from './goal-panel.module.css';
import { START_WORDS, STATUS_WORDS } from './goal-words.js';

/** Whose it is, where it comes from, and how it ended. */
export function GoalFacts({ goal }: { goal: GoalDetail }) {
  const currency = useCurrency();
  const { playbook, deals } = goal;
  const from = fromOf(goal);
  const made = playbook.isDeleted ? (
    `${playbook.name} (deleted)`
  ) : (
    <Link to="/goals/playbooks/$playbookId" params={{ playbookId: playbook.id }}>
      {playbook.name}, version {playbook.version}
    </Link>
  );
  const then =
    goal.scoreAtStart === null
      ? null
      : `${formatScore(goal.scoreAtStart)}, ${formatScore(goal.account.health.score)} now`;
  const facts: { label: string; value: ReactNode }[] = [
    { label: 'Owner', value: goal.owner?.name ?? 'nobody' },
    { label: 'Started', value: startText(goal) },
    { label: 'From', value: from },
    { label: 'Playbook', value: made },
    { label: 'Score then', value: then },
    { label: 'ARR then', value: goal.arrMinorAtStart === null ? null : formatMoney(goal.arrMinorAtStart, currency) },
    {
      label: 'Deals',
      value: deals.length === 0 ? null : deals.map(({ name, state }) => `${name} (${state})`).join(', '),
    },
    { label: 'Ended', value: endText(goal) },
  ];
  return (
    <dl className={classes.facts}>
      {facts
        .filter(({ value }) => value !== null)
        .map(({ label, value }) => (
          <div key={label} style={{ display: 'contents' }}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

/** The alert or the segment that it was started from. */
function fromOf({ accountId, alertId, segment }: GoalDetail): ReactNode {
  if (alertId !== null) {
    return (
      <Link to="/alerts" search={{ open: `${accountId}~${alertId}` }}>
        the alert
      </Link>
    );
  }
  if (segment === null) return null;
  if (segment.name === null) return 'a segment that is gone';
  return (
    <Link to="/segments/$segmentId" params={{ segmentId: segment.id }}>
      {segment.name}
    </Link>
  );
}

const startText = ({ startDay, started }: GoalDetail): string => `${formatDay(startDay)}, ${START_WORDS[started]}`;

function endText({ status, endedDay, endedBy, outcomeReason, outcomeNote }: GoalDetail): string | null {
  if (endedDay === null) return null;
  const by = endedBy === null ? 'by itself' : `by ${endedBy}`;
  const why = outcomeReason === null ? null : OUTCOME_WORDS[outcomeReason];
  return [`${STATUS_WORDS[status]} ${formatDay(endedDay)} ${by}`, why, outcomeNote]
    .filter((part) => part !== null)
    .join('. ');
}
