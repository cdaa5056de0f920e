import type { ProfileBody } from '@steward/shared/health';
import {
  FEW_EVENTS,
  LEAST_EVENTS_TO_SUGGEST,
  type Outcome,
  type SuggestedWeights,
} from '@steward/shared/health-studio';
import { isoOf } from '../calendar/day.js';
import { aucDifference, aucWithInterval, inBoth, type Ranked } from './auc.js';
import type { TriedMeasure } from './backtest.js';
import { type FitRows, fitLogistic, meanLoss } from './logistic.js';
import { hasOutcome, NONE, type Observations } from './observations.js';
import { rescored } from './rescore.js';
import type { Steps } from './steps.js';
import {
  eventAccountsOf,
  eventsOf,
  everHad,
  type MonthSpan,
  measureOf,
  type StoredMonths,
  seenIn,
  sizeOf,
} from './stored-months.js';
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
 * the outcome. Month-ends are read one at a time: what is held of all is what a fit or a comparison takes.
 */
export function* suggestWeights(of: StoredMonths, asked: Suggesting): Steps<SuggestedWeights> {
  const all: MonthSpan = { of, from: 0, end: of.days.length };
  const eventAccounts = eventAccountsOf(all);
  const { did } = outcomeWords(asked.outcome);
  if (eventAccounts < LEAST_EVENTS_TO_SUGGEST) {
    const found = eventAccounts === 0 ? `no account that this profile scores ${did}` : `${eventAccounts} did`;
    return refused(
      asked,
      eventAccounts,
      `Weights are suggested from ${LEAST_EVENTS_TO_SUGGEST} accounts on that ${did}; at these month-ends ${found}. With fewer, weights would follow chance.`,
    );
  }
  const split = splitByTime(all, asked.horizonDays);
  if (split === null) {
    return refused(
      asked,
      eventAccounts,
      'There are too few month-ends to take weights from earlier ones and to judge them on later ones.',
    );
  }
  const { fitted, judged } = split;
  const spoken = asked.measures.map((_, measure) => speaksOf(fitted, measure));
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
  fitted: MonthSpan;
  judged: MonthSpan;
}

/** Null: nothing is left on one of the two sides, or the earlier saw no outcome. */
function splitByTime(span: MonthSpan, horizonDays: number): Split | null {
  const { of, from, end } = span;
  const months = seenIn(span);
  const judgedMonths = Math.max(1, Math.round(months.length * JUDGED_SHARE));
  const first = months[months.length - judgedMonths];
  if (first === undefined) return null;
  const over = of.days.filter((day) => day + horizonDays <= of.days[first]!).length;
  const fitted: MonthSpan = { of, from, end: Math.min(over, end) };
  const judged: MonthSpan = { of, from: first, end };
  const events = eventsOf(fitted);
  return events > 0 && events < sizeOf(fitted) && sizeOf(judged) > 0 ? { fitted, judged } : null;
}

/** The measure has different points for enough of the observations. */
function speaksOf(span: MonthSpan, measure: number): boolean {
  const { known, least, most } = measureOf(span, measure);
  return known >= sizeOf(span) * LEAST_KNOWN && most > least;
}

/** Points as shares of 1 less their mean over `by`; a missing value is the mean. */
function* rowsOf(span: MonthSpan, spoken: readonly boolean[], by: MonthSpan): Steps<FitRows> {
  const taken = yield* thinned(span);
  const size = [...taken.values()].reduce((sum, places) => sum + places.length, 0);
  const outcome = new Uint8Array(size);
  const fitted = spoken.flatMap((isSpoken, measure) =>
    isSpoken ? [{ measure, mean: meanOf(by, measure), column: new Float32Array(size) }] : [],
  );
  let row = 0;
  for (const [month, places] of taken) {
    const of = span.of.read(month);
    for (let at = 0; at < places.length; at += 1) outcome[row + at] = hasOutcome(of, places[at]!) ? 1 : 0;
    for (const { measure, mean, column } of fitted) {
      column.set(centred(of.measures[measure]!, places, mean), row);
      yield;
    }
    row += places.length;
  }
  return { columns: fitted.map(({ column }) => column), outcome };
}

function centred(points: Int16Array, places: Int32Array, mean: number): Float32Array {
  const column = new Float32Array(places.length);
  for (let row = 0; row < places.length; row += 1) {
    const place = points[places[row]!]!;
    column[row] = place === NONE ? 0 : (place - mean) / 10_000;
  }
  return column;
}

function meanOf(span: MonthSpan, measure: number): number {
  const { known, sum } = measureOf(span, measure);
  return known === 0 ? 0 : sum / known;
}

/** By month-end, where they stand: all observations of accounts that ever had the outcome, of the others every n-th account's. */
function* thinned(span: MonthSpan): Steps<Map<number, Int32Array>> {
  const had = everHad(span);
  const every = Math.max(1, Math.ceil(sizeOf(span) / MOST_ROWS));
  const taken = new Map<number, Int32Array>();
  for (const month of seenIn(span)) {
    const { account } = span.of.read(month);
    const places: number[] = [];
    account.forEach((number, at) => {
      if (had[number] === 1 || number % every === 0) places.push(at);
    });
    taken.set(month, Int32Array.from(places));
    yield;
  }
  return taken;
}

function* chosenPenalty(span: MonthSpan, spoken: readonly boolean[], horizonDays: number): Steps<number> {
  const split = splitByTime(span, horizonDays);
  // Without an inner split the strongest but one: history is short, and simple weights err less.
  if (split === null) return PENALTIES[1]!;
  const fitted = yield* rowsOf(split.fitted, spoken, split.fitted);
  const judged = yield* rowsOf(split.judged, spoken, split.fitted);
  const losses: number[] = [];
  for (const penalty of PENALTIES) losses.push(yield* meanLoss(judged, yield* fitLogistic(fitted, penalty)));
  return PENALTIES[losses.indexOf(Math.min(...losses))]!;
}

/** By measure; null: history does not speak of it. */
function* weightsOf(span: MonthSpan, spoken: readonly boolean[], penalty: number): Steps<(number | null)[]> {
  const fit = yield* fitLogistic(yield* rowsOf(span, spoken, span), penalty);
  let next = 0;
  return spoken.map((isSpoken) => (isSpoken ? fit.weights[next++]! : null));
}

/** What was observed on the month-ends that judge, and its scores under both profiles. */
interface Compared extends Omit<Ranked, 'points'> {
  own: Int16Array;
  other: Int16Array;
}

function* compared(span: MonthSpan, { body, connected }: Suggesting, suggestedBody: ProfileBody): Steps<Compared> {
  const size = sizeOf(span);
  const [own, other] = [new Int16Array(size), new Int16Array(size)];
  const account = new Int32Array(size);
  const outcome = new Uint8Array(size);
  let row = 0;
  for (const month of seenIn(span)) {
    const of: Observations = span.of.read(month);
    account.set(of.account, row);
    own.set(yield* rescored(of, { body, connected }), row);
    other.set(yield* rescored(of, { body: suggestedBody, connected }), row);
    for (let at = 0; at < of.size; at += 1) outcome[row + at] = hasOutcome(of, at) ? 1 : 0;
    row += of.size;
  }
  return { own, other, account, hasOutcome: (at) => outcome[at] === 1, accounts: span.of.accounts };
}

function* judgement(
  judged: MonthSpan,
  asked: Suggesting,
  suggestedBody: ProfileBody,
): Steps<Pick<SuggestedWeights, 'present' | 'suggested' | 'difference' | 'verdict' | 'warnings'>> {
  const { own, other, ...seen } = yield* compared(judged, asked, suggestedBody);
  const [before, after] = inBoth({ ...seen, points: own }, { ...seen, points: other });
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
    warnings: [...fewToJudge(judged, asked.outcome), ...lostScores(own, other)],
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

function about(span: MonthSpan): NonNullable<SuggestedWeights['fitted']> {
  return {
    days: seenIn(span).map((month) => isoOf(span.of.days[month]!)),
    observations: sizeOf(span),
    events: eventsOf(span),
    eventAccounts: eventAccountsOf(span),
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

function fewToJudge(judged: MonthSpan, outcome: Outcome): string[] {
  const { did } = outcomeWords(outcome);
  const accounts = eventAccountsOf(judged);
  if (accounts >= FEW_EVENTS) return [];
  return [
    `Only ${accounts} ${accounts === 1 ? 'account' : 'accounts'} ${did} on the month-ends that judge: the comparison moves a lot by chance.`,
  ];
}
