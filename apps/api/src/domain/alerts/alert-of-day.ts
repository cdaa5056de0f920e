import type { AlertHeldReason, AlertSeverity, AlertStart } from '@steward/shared/alerts';
import { addDays, type Day, later } from '../calendar/day.js';
import type { EndedAlert, LiveAlert } from './alert.js';
import { mayFire } from './firing.js';
import { isWorse } from './severity.js';

/** Points that the score must have fallen by since an alert last called for attention. */
const FURTHER_FALL = 10;

/** What the day says about an account and a rule. */
export interface Finding {
  /** Surely holds, surely does not, or depends on a value that is not there or not to be trusted. */
  holds: 'yes' | 'no' | AlertHeldReason;
  /** The clear rule holds. */
  clears: boolean;
  /** Places of the rule's conditions that hold; null where nobody asked, because nothing can have come to them. */
  leaves: readonly number[] | null;
  score: number | null;
  severity: AlertSeverity;
}

export interface DayOfRule {
  day: Day;
  /** The day is closed with this run: only closed days clear. */
  isComplete: boolean;
  /** The account is held against this version of the rule for the first time. */
  isStart: boolean;
  /** A rule that is switched off, or skips the quiet period that the day lies in, raises nothing. */
  mayRaise: boolean;
  coolDownDays: number;
  /** Days past are gone through again. */
  isReplay: boolean;
}

export type Why = 'fall' | 'evidence' | 'snoozeEnded';

export type AlertNews =
  | { kind: 'evidence' | 'woken'; why: Why }
  | { kind: 'severity'; from: AlertSeverity; to: AlertSeverity }
  | { kind: 'cleared' };

/** The fields of a live alert that a day may change. */
export type AlertChange = Partial<
  Pick<
    LiveAlert,
    'lastMatchedDay' | 'clearSinceDay' | 'heldReason' | 'scoreNoted' | 'severity' | 'leaves' | 'snoozedUntil'
  >
> & { state?: 'open' | 'cleared'; unread?: true };

export type AlertDecision =
  | { kind: 'nothing' }
  | { kind: 'raise'; started: Exclude<AlertStart, 'hand'>; state: 'pending' | 'open' }
  /** It was never shown, and its reason has gone. */
  | { kind: 'withdraw' }
  | { kind: 'change'; change: AlertChange; news: AlertNews[] }
  /** The condition of an alert that has ended was false on the day. */
  | { kind: 'wasFalse' };

const NOTHING: AlertDecision = { kind: 'nothing' };

/**
 * What becomes of the alert of a rule on an account on a day. Deciding the same twice changes nothing the second time,
 * and there is never more than one live alert, because one that lives is changed, never joined by another.
 */
export function alertOfDay(
  live: LiveAlert | null,
  ended: EndedAlert | null,
  finding: Finding,
  rule: DayOfRule,
): AlertDecision {
  if (live === null) return withoutAlert(ended, finding, rule);
  if (live.state === 'pending') return finding.holds === 'no' ? { kind: 'withdraw' } : NOTHING;
  const told = attention(live, finding, rule.day);
  const matched = matching(live, finding, rule.day);
  const ending = rule.isComplete ? clearing(live, finding, rule.day) : {};
  if (ending.state === 'cleared') {
    return { kind: 'change', change: { ...matched, ...ending }, news: [{ kind: 'cleared' }] };
  }
  const change = { ...matched, ...ending, ...told.change };
  return Object.keys(change).length === 0 ? NOTHING : { kind: 'change', change, news: told.news };
}

function withoutAlert(ended: EndedAlert | null, { holds }: Finding, rule: DayOfRule): AlertDecision {
  if (holds === 'no' && rule.isComplete && ended !== null && waitsToBeFalse(ended, rule.day))
    return { kind: 'wasFalse' };
  if (holds !== 'yes' || !rule.mayRaise || !mayFire(ended, rule.day, rule.coolDownDays)) return NOTHING;
  if (rule.isReplay) return { kind: 'raise', started: 'replay', state: 'open' };
  if (rule.isStart) return { kind: 'raise', started: 'start', state: 'open' };
  return { kind: 'raise', started: 'change', state: 'pending' };
}

/** Whether, with an alert ended so by the day, its condition must be seen to be false before it is raised again. */
export function waitsToBeFalse({ state, outcome, endedDay, falseSinceDay }: EndedAlert, day: Day): boolean {
  return (state === 'dropped' || outcome === 'falseAlarm') && falseSinceDay === null && endedDay <= day;
}

/** Nothing is written while a rule goes on holding: the last day it did is written when it does no more. */
function matching({ lastMatchedDay, heldReason, openedDay }: LiveAlert, { holds }: Finding, day: Day): AlertChange {
  const held: AlertHeldReason | null = holds === 'unknown' || holds === 'silentSource' ? holds : null;
  const change: AlertChange = held === heldReason ? {} : { heldReason: held };
  if (holds === 'yes' && lastMatchedDay !== null) change.lastMatchedDay = null;
  if (holds === 'no' && lastMatchedDay === null) change.lastMatchedDay = later(openedDay, addDays(day, -1));
  return change;
}

/** The clear rule must hold on two closed days on end: one that is missing between them begins the count anew. */
function clearing({ clearSinceDay }: LiveAlert, { holds, clears }: Finding, day: Day): AlertChange {
  const isHeld = holds === 'unknown' || holds === 'silentSource';
  if (isHeld || !clears) return clearSinceDay === null ? {} : { clearSinceDay: null };
  if (clearSinceDay === null || clearSinceDay < addDays(day, -1)) return { clearSinceDay: day };
  return clearSinceDay < day ? { state: 'cleared' } : {};
}

/** What calls for attention again: a further fall, new evidence, a worse severity, the end of a snooze. */
function attention(live: LiveAlert, finding: Finding, day: Day): { change: AlertChange; news: AlertNews[] } {
  const change: AlertChange = {};
  const news: AlertNews[] = [];
  if (finding.severity !== live.severity) {
    change.severity = finding.severity;
    if (isWorse(finding.severity, live.severity)) change.unread = true;
    news.push({ kind: 'severity', from: live.severity, to: finding.severity });
  }
  const { score } = finding;
  if (score !== null && live.scoreNoted === null) change.scoreNoted = score;
  const why = whyAgain(live, finding, day);
  if (why === null) return { change, news };
  change.unread = true;
  if (why === 'fall') change.scoreNoted = score;
  if (why !== 'snoozeEnded' && finding.leaves !== null) change.leaves = joined(live.leaves, finding.leaves);
  if (live.state === 'snoozed') {
    change.state = 'open';
    change.snoozedUntil = null;
  }
  news.push({ kind: live.state === 'snoozed' ? 'woken' : 'evidence', why });
  return { change, news };
}

/** A source that is silent holds the alert: a fall calls for attention when the source is back. */
function whyAgain(live: LiveAlert, { score, leaves, holds }: Finding, day: Day): Why | null {
  const noted = holds === 'silentSource' ? null : live.scoreNoted;
  if (score !== null && noted !== null && score <= noted - FURTHER_FALL) return 'fall';
  if (holds === 'yes' && leaves?.some((place) => !live.leaves?.includes(place))) return 'evidence';
  if (live.state === 'snoozed' && live.snoozedUntil !== null && live.snoozedUntil <= day) return 'snoozeEnded';
  return null;
}

function joined(before: readonly number[] | null, now: readonly number[]): number[] {
  return [...new Set([...(before ?? []), ...now])].sort((a, b) => a - b);
}
