import type { ProfileBody } from '@steward/shared/health';
import {
  FEW_EVENTS,
  LEAST_EVENTS_TO_SUGGEST,
  type Outcome,
  type SuggestedWeights,
} from '@steward/shared/health-studio';
import { type Day, isoOf } from '../calendar/day.js';
import { aucDifference, aucWithInterval, inBoth } from './auc.js';
import type { TriedMeasure } from './backtest.js';
import { ranked } from './backtest.js';
import { type FitRows, fitLogistic, meanLoss } from './logistic.js';
import {
  accountsAmong,
  countOf,
  hasOutcome,
  monthsBetween,
  NONE,
  type Observations,
  seenMonths,
} from './observations.js';
import { rescored } from './rescore.js';
import type { Steps } from './steps.js';
import { bodyWithShares, groupSharesOf, sharesOf, suggestedShares } from './suggested-body.js';
import { outcomeWords, weightsVerdict } from './verdict.js';

export interface Suggesting {
  body: ProfileBody;
  /** In the order of the profile, as the observations' points are. */
  measures: readonly TriedMeasure[];
  connected: readonly ReadonlySet<string>[];
  outcome: Outcome;
  horizonDays: number;
}

/** Strengths of the ridge that are tried, the strongest first: of two that do as well, the simpler fit is taken. */
const PENALTIES = [1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001, 0.0003, 0.0001];
/** The later month-ends that judge. */
const JUDGED_SHARE = 1 / 3;
/** History speaks of a measure that is known for so many of the observations. */
const LEAST_KNOWN = 0.1;
/** Rows of a fit at most: of accounts without the outcome, every n-th stands for the others. */
const MOST_ROWS = 200_000;

/**
 * Weights that history suggests, of observations that the profile itself scores. The later third of the month-ends
 * judges; of the earlier ones those are fitted whose horizon was over when the first of the later ones came, so that
 * nothing is learnt from what was not known then. The ridge's strength is chosen by the same split within the fitted
 * ones, by the loss on their later part. A measure that is unknown for nine in ten, or gives all the same points, cannot be
 * spoken of and keeps its share; a missing value counts as the measure's mean. Refused, in words, under 100 accounts with
 * the outcome.
 */
export function* suggestWeights(of: Observations, asked: Suggesting): Steps<SuggestedWeights> {
  const eventAccounts = accountsAmong(of, (at) => hasOutcome(of, at));
  const { did } = outcomeWords(asked.outcome);
  if (eventAccounts < LEAST_EVENTS_TO_SUGGEST) {
    const found = eventAccounts === 0 ? `no account that this profile scores ${did}` : `${eventAccounts} did`;
    return refused(
      asked,
      eventAccounts,
      `Weights are suggested from ${LEAST_EVENTS_TO_SUGGEST} accounts on that ${did}; at these month-ends ${found}. With fewer, weights would follow chance.`,
    );
  }
  const split = splitByTime(of, asked.horizonDays);
  if (split === null) {
    return refused(
      asked,
      eventAccounts,
      'There are too few month-ends to take weights from earlier ones and to judge them on later ones.',
    );
  }
  const { fitted, judged } = split;
  yield;
  const spoken: boolean[] = [];
  for (const measure of asked.measures.keys()) {
    spoken.push(speaksOf(fitted, measure));
    yield;
  }
  const penalty = yield* chosenPenalty(fitted, spoken, asked.horizonDays);
  const weights = yield* weightsOf(fitted, spoken, penalty);
  const shares = suggestedShares(sharesOf(asked.body), weights);
  if (shares === null) {
    return refused(
      asked,
      eventAccounts,
      'History gives no measure of this profile any weight, so there is none to suggest.',
    );
  }
  const body = bodyWithShares(asked.body, shares);
  return {
    ...toldOf(asked, body, weights),
    ...(yield* judgement(judged, asked, body)),
    eventAccounts,
    penalty,
    body,
    refusal: null,
    fitted: about(fitted),
    judged: about(judged),
  };
}

function refused(asked: Suggesting, eventAccounts: number, refusal: string): SuggestedWeights {
  return {
    ...toldOf(asked, asked.body, null),
    refusal,
    eventAccounts,
    fitted: null,
    judged: null,
    penalty: null,
    present: null,
    suggested: null,
    difference: null,
    verdict: { kind: 'cannot_tell', sentence: refusal },
    body: null,
    warnings: [],
  };
}

interface Split {
  fitted: Observations;
  judged: Observations;
}

/** Null: nothing is left on one of the two sides, or one of them saw no outcome. */
function splitByTime(of: Observations, horizonDays: number): Split | null {
  const months = seenMonths(of);
  const judgedMonths = Math.max(1, Math.round(months.length * JUDGED_SHARE));
  const first = months[months.length - judgedMonths];
  if (first === undefined) return null;
  const over = of.days.filter((day) => day + horizonDays <= of.days[first]!).length;
  const fitted = monthsBetween(of, 0, over);
  const judged = monthsBetween(of, first, of.days.length);
  const hasBoth = (part: Observations) => {
    const events = countOf(part, (at) => hasOutcome(part, at));
    return events > 0 && events < part.size;
  };
  return hasBoth(fitted) && judged.size > 0 ? { fitted, judged } : null;
}

/** The measure has different points for enough of the observations. */
function speaksOf(of: Observations, measure: number): boolean {
  const points = of.measures[measure]!;
  let [known, least, most] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const place of points) {
    if (place === NONE) continue;
    known += 1;
    least = Math.min(least, place);
    most = Math.max(most, place);
  }
  return known >= of.size * LEAST_KNOWN && most > least;
}

/** Points as shares of 1 less their mean over `by`; a missing value is the mean. */
function* rowsOf(of: Observations, spoken: readonly boolean[], by: Observations): Steps<FitRows> {
  const rows = thinned(of);
  yield;
  const outcome = new Uint8Array(rows.length);
  for (let row = 0; row < rows.length; row += 1) outcome[row] = hasOutcome(of, rows[row]!) ? 1 : 0;
  const columns: Float32Array[] = [];
  for (const [j, isSpoken] of spoken.entries()) {
    if (isSpoken) columns.push(centred(of.measures[j]!, rows, meanOf(by.measures[j]!)));
    yield;
  }
  return { columns, outcome };
}

function centred(points: Int16Array, rows: Int32Array, mean: number): Float32Array {
  const column = new Float32Array(rows.length);
  for (let row = 0; row < rows.length; row += 1) {
    const place = points[rows[row]!]!;
    column[row] = place === NONE ? 0 : (place - mean) / 10_000;
  }
  return column;
}

function meanOf(points: Int16Array): number {
  let [sum, known] = [0, 0];
  for (const place of points) {
    if (place === NONE) continue;
    sum += place;
    known += 1;
  }
  return known === 0 ? 0 : sum / known;
}

/** All observations of accounts that ever had the outcome, and of the others every n-th account's. */
function thinned(of: Observations): Int32Array {
  const had = new Uint8Array(of.accounts);
  for (let at = 0; at < of.size; at += 1) if (hasOutcome(of, at)) had[of.account[at]!] = 1;
  const every = Math.max(1, Math.ceil(of.size / MOST_ROWS));
  const takes = (at: number) => had[of.account[at]!] === 1 || of.account[at]! % every === 0;
  const rows = new Int32Array(countOf(of, takes));
  let next = 0;
  for (let at = 0; at < of.size; at += 1) if (takes(at)) rows[next++] = at;
  return rows;
}

function* chosenPenalty(of: Observations, spoken: readonly boolean[], horizonDays: number): Steps<number> {
  const split = splitByTime(of, horizonDays);
  // Without an inner split the strongest but one: history is short, and simple weights err less.
  if (split === null) return PENALTIES[1]!;
  const fitted = yield* rowsOf(split.fitted, spoken, split.fitted);
  const judged = yield* rowsOf(split.judged, spoken, split.fitted);
  const losses: number[] = [];
  for (const penalty of PENALTIES) losses.push(yield* meanLoss(judged, yield* fitLogistic(fitted, penalty)));
  return PENALTIES[losses.indexOf(Math.min(...losses))]!;
}

/** By measure; null: history does not speak of it. */
function* weightsOf(of: Observations, spoken: readonly boolean[], penalty: number): Steps<(number | null)[]> {
  const fit = yield* fitLogistic(yield* rowsOf(of, spoken, of), penalty);
  let next = 0;
  return spoken.map((isSpoken) => (isSpoken ? fit.weights[next++]! : null));
}

function* judgement(
  judged: Observations,
  { body, connected, outcome }: Suggesting,
  suggestedBody: ProfileBody,
): Steps<Pick<SuggestedWeights, 'present' | 'suggested' | 'difference' | 'verdict' | 'warnings'>> {
  const own = yield* rescored(judged, { body, connected });
  const other = yield* rescored(judged, { body: suggestedBody, connected });
  const [before, after] = inBoth(ranked(judged, own), ranked(judged, other));
  yield;
  const present = aucWithInterval(before);
  yield;
  const suggested = aucWithInterval(after);
  yield;
  const difference = aucDifference(before, after);
  yield;
  const verdict = weightsVerdict(present, suggested, difference);
  return {
    present,
    suggested,
    difference,
    verdict,
    warnings: [...fewToJudge(judged, outcome), ...lostScores(own, other)],
  };
}

/** Weights on fewer measures leave more accounts without enough data for a score. */
function lostScores(present: Int16Array, suggested: Int16Array): string[] {
  const lost = present.reduce((sum, score, at) => sum + (score !== NONE && suggested[at] === NONE ? 1 : 0), 0);
  const scored = present.reduce((sum, score) => sum + (score === NONE ? 0 : 1), 0);
  if (lost === 0) return [];
  const share = Math.max(1, Math.round((lost / scored) * 100));
  return [
    `Under the suggested weights ${share} % of the scores would be unknown, for want of data; the comparison leaves them out.`,
  ];
}

function about(of: Observations): NonNullable<SuggestedWeights['fitted']> {
  const came = (at: number) => hasOutcome(of, at);
  return {
    days: seenMonths(of).map((month) => isoOf(of.days[month] as Day)),
    observations: of.size,
    events: countOf(of, came),
    eventAccounts: accountsAmong(of, came),
  };
}

function toldOf(
  { body, measures }: Suggesting,
  suggested: ProfileBody,
  weights: readonly (number | null)[] | null,
): Pick<SuggestedWeights, 'groups' | 'measures'> {
  const [present, shares] = [sharesOf(body), sharesOf(suggested)];
  const [groups, suggestedGroups] = [groupSharesOf(body), groupSharesOf(suggested)];
  return {
    groups: body.groups.map(({ key, label }, g) => ({
      key,
      label,
      presentShare: groups[g]!,
      suggestedShare: suggestedGroups[g]!,
    })),
    measures: measures.map(({ signal, label, group }, j) => ({
      signal,
      label,
      group,
      presentShare: present[j]!,
      suggestedShare: shares[j]!,
      remark: weights === null ? null : remarkOn(weights[j] ?? null),
    })),
  };
}

function remarkOn(weight: number | null): string | null {
  if (weight === null)
    return 'History does not speak of it: hardly ever known, or the same for all. It keeps its share.';
  return weight === 0 ? 'Beside the other measures it told nothing more of what came after.' : null;
}

function fewToJudge(judged: Observations, outcome: Outcome): string[] {
  const { did } = outcomeWords(outcome);
  const accounts = accountsAmong(judged, (at) => hasOutcome(judged, at));
  if (accounts >= FEW_EVENTS) return [];
  return [
    `Only ${accounts} ${accounts === 1 ? 'account' : 'accounts'} ${did} on the month-ends that judge: the comparison moves a lot by chance.`,
  ];
}
