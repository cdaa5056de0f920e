import type { Day } from '../calendar/day.js';

/** Found in place when a rule was new, or come in by the rule. */
export type MemberHow = 'baseline' | 'rule';

export interface Membership {
  since: Day;
  how: MemberHow;
}

/** One account and segment, as stored before a run of the day, and what the run has found. */
export interface Evaluation<Member extends Membership> {
  member: Member | null;
  /** The membership that ended on this very day, as an earlier run of the day saw it. */
  leftOnDay: Member | null;
  /** The rule holds, and nobody keeps the account out. */
  holds: boolean;
  /** The rule is new or changed since the account was last held against it. */
  isBaseline: boolean;
}

export interface DayOfMembership<Member extends Membership> {
  /** `new`: a membership that begins on the day. Null: no member. */
  member: Member | 'new' | null;
  how: MemberHow;
  /** The day's event; an earlier run of the day may have seen another. */
  event: 'entered' | 'left' | null;
  /** Of the membership that ended; null otherwise. */
  ended: Member | null;
}

/**
 * Membership on a day as a function of the close of the day before and of what the rule says now: what an earlier run of
 * the same day saw is undone, so that a day computed twice is as one computed once. A baseline takes what it finds and
 * tells of nobody's coming or going.
 */
export function membershipOfDay<Member extends Membership>(
  { member, leftOnDay, holds, isBaseline }: Evaluation<Member>,
  day: Day,
): DayOfMembership<Member> {
  const before = member !== null && (member.since < day || member.how === 'baseline') ? member : leftOnDay;
  if (!holds) {
    const ended = isBaseline ? null : before;
    return { member: null, how: ended?.how ?? 'rule', event: ended === null ? null : 'left', ended };
  }
  if (before !== null) return { member: before, how: before.how, event: null, ended: null };
  if (isBaseline) return { member: 'new', how: 'baseline', event: null, ended: null };
  return { member: member ?? 'new', how: 'rule', event: 'entered', ended: null };
}
