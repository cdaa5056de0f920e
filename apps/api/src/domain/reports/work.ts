import type { Work } from '@steward/shared/portfolio';
import { RENEWAL_STATES, type RenewalState } from '@steward/shared/renewals';
import { median } from './quantile.js';
import { perCentOf, sumOfKnown } from './share.js';

export interface WorkGroups {
  renewals: readonly { state: RenewalState; renewals: number; arrMinor: number | null }[];
  touches: readonly { touches: number; accounts: number }[];
  tasks: readonly { rows: number; accounts: number }[];
  goals: readonly { rows: number; accounts: number }[];
  /** All alerts by the business hours until they were answered; null: not yet. */
  answers: readonly { after: number | null; alerts: number }[];
  /** All alerts by the days until a person resolved them; likewise. */
  resolutions: readonly { after: number | null; alerts: number }[];
}

const sumOf = <Row>(rows: readonly Row[], of: (row: Row) => number): number =>
  rows.reduce((sum, row) => sum + of(row), 0);

export interface RenewalSum {
  renewals: number;
  arrMinor: number | null;
}

/** Renewals by what became of them, every state, also without any. */
export function renewalsByState(
  groups: readonly { state: RenewalState; renewals: number; arrMinor: number | null }[],
): Record<RenewalState, RenewalSum> {
  const states = RENEWAL_STATES.map((state) => {
    const of = groups.filter((group) => group.state === state);
    return [state, renewalSum(of)] as const;
  });
  return Object.fromEntries(states) as Record<RenewalState, RenewalSum>;
}

export function renewalSum(groups: readonly RenewalSum[]): RenewalSum {
  return {
    renewals: sumOf(groups, ({ renewals }) => renewals),
    arrMinor: sumOfKnown(groups.map(({ arrMinor }) => arrMinor)),
  };
}

/**
 * The work on accounts: renewed rate = renewed, also smaller ÷ all that ended (null: none ended); medians over the alerts
 * that were answered, in business hours, and over those that a person resolved, in days (null: none).
 */
export function workOf({ renewals, touches, tasks, goals, answers, resolutions }: WorkGroups): Work {
  const byState = renewalsByState(renewals);
  const well = byState.renewed.renewals + byState.renewedSmaller.renewals;
  const counted = (of: WorkGroups['answers']) =>
    of.flatMap(({ after, alerts }) => (after === null ? [] : [{ value: after, count: alerts }]));
  const [answered, resolved] = [counted(answers), counted(resolutions)];
  return {
    renewals: { due: renewalSum(renewals), byState, renewedRate: perCentOf(well, well + byState.lost.renewals) },
    touches: sumOf(touches, (group) => group.touches),
    touchedAccounts: sumOf(touches, ({ accounts }) => accounts),
    overdueTasks: sumOf(tasks, ({ rows }) => rows),
    overdueTaskAccounts: sumOf(tasks, ({ accounts }) => accounts),
    openGoals: sumOf(goals, ({ rows }) => rows),
    openGoalAccounts: sumOf(goals, ({ accounts }) => accounts),
    alerts: {
      opened: sumOf(answers, ({ alerts }) => alerts),
      answered: sumOf(answered, ({ count }) => count),
      medianHoursToAcknowledge: median(answered),
      resolved: sumOf(resolved, ({ count }) => count),
      medianDaysToResolve: median(resolved),
    },
  };
}
