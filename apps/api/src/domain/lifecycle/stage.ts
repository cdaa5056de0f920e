import type { AccountStatus } from '@steward/shared/common';
import type { Stage, StageMoveReason, StagePace, StageSetBody } from '@steward/shared/lifecycle';
import { type Day, daysBetween } from '../calendar/day.js';

/** Where an account stood at the close of the day before. */
export interface StageBefore {
  /** Null before the account ever had a stage. */
  stage: string | null;
  since: Day | null;
  /** Null where unknown: then no change of status is seen. */
  status: AccountStatus | null;
}

export interface StageInput {
  before: StageBefore;
  status: AccountStatus;
  /** `holds[i]`: the rule of the i-th stage holds today. */
  holds: readonly boolean[];
  /** A person put the account into a stage and locked it; null = automation is on. */
  lock: { stage: string; from: Day } | null;
  day: Day;
}

export interface StageMove {
  from: string | null;
  to: string;
  on: Day;
  reason: StageMoveReason;
}

export interface StageOfDay {
  stage: string | null;
  since: Day | null;
  /** Null: the account stayed. */
  move: StageMove | null;
  /** A change of status overrode the lock: it has ended. */
  lockEnded: boolean;
}

/**
 * The stage of a day. In this order:
 *
 * 1. A change of status to trial or churned, or from churned back to customer, puts the account where the stage set
 *    says and ends a lock that was set before this day.
 * 2. A person's lock holds the account in its stage.
 * 3. The latest stage whose rule holds wins. Earlier than the present one: only where the present stage may fall back;
 *    then to the wanted stage, or to the nearest later one that it may fall back to.
 *
 * Nothing holds: the account stays, but not in a stage that is gone; then it goes where its status leads, else to the
 * first. Null stage: nothing has ever held.
 */
export function stageOfDay(body: StageSetBody, input: StageInput): StageOfDay {
  const forced = stageOnStatusChange(body, input.before.status, input.status);
  const lock = input.lock;
  const lockIsNewer = lock !== null && lock.from >= input.day;
  if (forced !== null && !lockIsNewer) return enter(input, forced, 'status', lock !== null);
  if (lock !== null && body.stages.some((stage) => stage.key === lock.stage)) {
    return enter(input, lock.stage, 'person', false);
  }
  const wanted = body.stages.findLastIndex((_, i) => input.holds[i] === true);
  const present = body.stages.findIndex((stage) => stage.key === input.before.stage);
  if (wanted < 0) {
    const isGone = present < 0 && input.before.stage !== null;
    return isGone ? enter(input, placeWithoutRule(body, input.status), 'rule', false) : stay(input.before);
  }
  // A stage that no longer exists holds nobody back.
  const target = present < 0 || wanted >= present ? wanted : fallBack(body, present, wanted);
  const stage = body.stages[target];
  return stage ? enter(input, stage.key, 'rule', false) : stay(input.before);
}

function stageOnStatusChange(body: StageSetBody, before: AccountStatus | null, now: AccountStatus): string | null {
  if (before === null || before === now) return null;
  if (now === 'trial') return body.onStatus.trial;
  if (now === 'churned') return body.onStatus.churned;
  return before === 'churned' && now === 'customer' ? body.onStatus.reactivated : null;
}

function placeWithoutRule(body: StageSetBody, status: AccountStatus): string {
  if (status === 'trial' || status === 'churned') return body.onStatus[status];
  const [first] = body.stages;
  if (!first) throw new RangeError('A set of stages has at least one stage');
  return first.key;
}

/** The earliest allowed stage that is not before the wanted one; the present one where none is allowed. */
function fallBack(body: StageSetBody, present: number, wanted: number): number {
  const allowed = body.stages[present]?.fallsBackTo ?? [];
  const target = body.stages.findIndex((stage, i) => i >= wanted && i < present && allowed.includes(stage.key));
  return target < 0 ? present : target;
}

function stay(before: StageBefore): StageOfDay {
  return { stage: before.stage, since: before.since, move: null, lockEnded: false };
}

function enter(input: StageInput, stage: string, reason: StageMoveReason, lockEnded: boolean): StageOfDay {
  const { before, day } = input;
  if (before.stage === stage) return { ...stay(before), lockEnded };
  return { stage, since: day, move: { from: before.stage, to: stage, on: day, reason }, lockEnded };
}

/**
 * On track, behind (longer in the stage than expected) or stuck (longer than the stuck days). Null: not in a stage.
 * A stage without expectations is always on track.
 */
export function paceOf(
  stage: Pick<Stage, 'expectedDays' | 'stuckDays'> | null,
  since: Day | null,
  day: Day,
): StagePace | null {
  if (stage === null || since === null) return null;
  const days = daysBetween(since, day);
  if (stage.stuckDays !== null && days > stage.stuckDays) return 'stuck';
  return stage.expectedDays !== null && days > stage.expectedDays ? 'behind' : 'on_track';
}
