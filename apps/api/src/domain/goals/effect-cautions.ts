import type { Interval } from './effect.js';

/** Fewer in a group, and chance weighs more than most effects. */
const FEW = 30;
/** Groups whose mean scores, in points, or mean ARR, as a factor, lie further apart at the start are not alike. */
const SCORES_APART = 5;
const ARR_APART = 1.5;
/** A smaller share of goals that go on is not worth a word. */
const MANY_OPEN = 0.2;

/** What is known of accounts that got a playbook, or did not. */
export interface GroupFacts {
  accounts: number;
  /** With a score at both ends. */
  scoreKnown: number;
  /** Whose end lies ahead. */
  notYet: number;
  /** Had churned by the end: with the last score that they had, and an ARR of 0. */
  churned: number;
  /** Means at the start; null: none known. */
  scoreAtStart: number | null;
  arrAtStart: number | null;
}

export interface EffectFacts {
  started: number;
  ended: number;
  achieved: number;
  /** Goals that people started, one by one or many at once. */
  startedByPeople: number;
  /** Goals that a run cancelled. */
  cancelledByThemselves: number;
  versions: number;
  durationDays: number;
  treated: GroupFacts;
  /** Null: it has no triggers. */
  compared: GroupFacts | null;
  difference: { points: number; interval: Interval } | null;
}

/** How far to trust the effect of a playbook, in plain words, the most important first. */
export function cautionsOf(facts: EffectFacts): string[] {
  const { started, treated, compared, difference } = facts;
  if (started === 0) return ['No goal of it started in this time.'];
  if (compared === null || compared.accounts === 0) {
    const why = compared === null ? 'It has no triggers' : 'No account met a trigger without getting it';
    const alone = `${why}, so there is nobody to compare with: a rise may be nothing but a return to normal.`;
    return [alone, ...fewAlone(treated), ...lost(treated, null), ...ofGoals(facts), ...leftOut(treated, null)];
  }
  return [
    ...fewOf(treated, compared),
    ...byChance(difference),
    ...apart(treated, compared),
    ...chosen(facts),
    ...lost(treated, compared),
    ...ofGoals(facts),
    ...leftOut(treated, compared),
  ];
}

function fewAlone({ scoreKnown }: GroupFacts): string[] {
  if (scoreKnown >= FEW) return [];
  return [`The change of the score rests on ${accounts(scoreKnown)}: under ${FEW}, chance weighs heavily.`];
}

function fewOf(treated: GroupFacts, compared: GroupFacts): string[] {
  if (treated.scoreKnown >= FEW && compared.scoreKnown >= FEW) return [];
  return [
    `The comparison rests on ${accounts(treated.scoreKnown)} that got it and ${compared.scoreKnown} that did not: under ${FEW} in a group, chance weighs heavily.`,
  ];
}

function byChance(difference: EffectFacts['difference']): string[] {
  if (difference === null) return [];
  const [low, high] = difference.interval;
  if (low > 0 || high < 0) return [];
  return [
    `The difference may be chance alone: its 95 % interval reaches from ${signed(low)} to ${signed(high)} points.`,
  ];
}

function apart(treated: GroupFacts, compared: GroupFacts): string[] {
  const said: string[] = [];
  const scores = [treated.scoreAtStart, compared.scoreAtStart] as const;
  if (scores[0] !== null && scores[1] !== null && Math.abs(scores[0] - scores[1]) > SCORES_APART) {
    said.push(
      `The groups were not alike at the start: a mean score of ${Math.round(scores[0])} with it and of ${Math.round(scores[1])} without. Low scores tend to rise by themselves.`,
    );
  }
  const arr = [treated.arrAtStart, compared.arrAtStart] as const;
  if (arr[0] !== null && arr[1] !== null && Math.min(arr[0], arr[1]) > 0) {
    const factor = Math.max(arr[0], arr[1]) / Math.min(arr[0], arr[1]);
    const larger = arr[0] > arr[1] ? 'that got it' : 'that did not get it';
    if (factor > ARR_APART) {
      said.push(`The accounts ${larger} were ${factor.toFixed(1)} times as large by ARR.`);
    }
  }
  return said;
}

function chosen({ started, startedByPeople }: EffectFacts): string[] {
  return startedByPeople > 0
    ? [
        `People chose who gets it in ${startedByPeople} of ${goals(started)}: they may have picked accounts that would have gone the same way without it.`,
      ]
    : [
        'Accounts that met a trigger and did not get it had a reason, such as having reached the target already, and may differ by that.',
      ];
}

function lost(treated: GroupFacts, compared: GroupFacts | null): string[] {
  const others = compared?.churned ?? 0;
  if (treated.churned + others === 0) return [];
  const without = compared === null ? '' : ` and ${others} without it`;
  return [
    `By then ${treated.churned} had churned with it${without}: they count with their last score, and with no ARR.`,
  ];
}

function ofGoals(facts: EffectFacts): string[] {
  const { started, ended, achieved, cancelledByThemselves, versions, durationDays } = facts;
  const open = started - ended;
  return [
    ...(open > started * MANY_OPEN ? [`${open} of ${goals(started)} have not ended yet.`] : []),
    ...(achieved > 0
      ? [
          `A goal that ended early is measured on that day, often at its best; everything else after ${durationDays} days.`,
        ]
      : []),
    ...(versions > 1 ? [`The goals are of ${versions} versions of the playbook, taken together.`] : []),
    ...(cancelledByThemselves > 0
      ? [
          `Not in the success rate: ${goals(cancelledByThemselves)} that ended because the reason or the customer had gone.`,
        ]
      : []),
  ];
}

function leftOut(treated: GroupFacts, compared: GroupFacts | null): string[] {
  const unknown = ({ accounts: all, scoreKnown, notYet }: GroupFacts) => all - scoreKnown - notYet;
  const [withIt, without] = [unknown(treated), compared === null ? 0 : unknown(compared)];
  if (withIt + without === 0) return [];
  const others = compared === null ? '' : ` and ${without} without it`;
  return [`The score at one end is not known for ${accounts(withIt)} with it${others}: they are left out.`];
}

const accounts = (count: number) => `${count} ${count === 1 ? 'account' : 'accounts'}`;
const goals = (count: number) => `${count} ${count === 1 ? 'goal' : 'goals'}`;
const signed = (points: number) => `${points < 0 ? '−' : '+'}${Math.abs(points).toFixed(1)}`;
