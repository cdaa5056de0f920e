import { type BacktestMeasure, type BacktestResult, FEW_EVENTS, type Outcome } from '@steward/shared/health-studio';
import { isoOf } from '../calendar/day.js';
import { aucOf, aucWithInterval, type Ranked } from './auc.js';
import { measureLift } from './measure-lift.js';
import {
  AT_RISK,
  accountsAmong,
  BAND_ORDER,
  countOf,
  hasOutcome,
  monthsBetween,
  NONE,
  type Observations,
} from './observations.js';
import { outcomeRate, partsOf, shareOf } from './rates-of.js';
import type { Steps } from './steps.js';
import { outcomeWords, verdictOf } from './verdict.js';
import { warningTimeOf } from './warning-time.js';

/** A measure of the tried profile, as it is told about. */
export interface TriedMeasure {
  signal: string;
  label: string;
  group: string;
  /** Of the profile in percent. */
  share: number;
  /** Whether the workspace has ever delivered what it is computed from. */
  connected: boolean;
}

export interface Tried {
  outcome: Outcome;
  horizonDays: number;
  measures: readonly TriedMeasure[];
  leftOut: BacktestResult['leftOut'];
}

const CALIBRATION_PARTS = 10;
/** Of a measure: hardly known below this share. */
const HARDLY_KNOWN = 0.1;

const always = () => true;

/**
 * What the scores of month-ends told of what came after them. An observation is an account at a month-end; as the same
 * account is observed again and again, every interval is over accounts. Without observations, without the outcome, with
 * nothing but the outcome or without any score, figures are null and the verdict says why.
 */
export function* backtestOf(of: Observations, tried: Tried): Steps<BacktestResult> {
  const isScored = (at: number) => of.score[at] !== NONE;
  const came = (at: number) => hasOutcome(of, at);
  const isAtRisk = (at: number) => of.band[at] === AT_RISK;
  const [scored, events] = [countOf(of, isScored), countOf(of, came)];
  const scoredEvents = countOf(of, (at) => isScored(at) && came(at));
  const eventAccounts = accountsAmong(of, came);
  yield;
  const accounts = accountsAmong(of, always);
  yield;
  const auc = aucWithInterval(ranked(of));
  yield;
  const aucOncePerAccount = aucOfFirsts(of);
  yield;
  const months = yield* each(of.days, (day, month) => monthOf(of, isoOf(day), month));
  const bands = yield* each(BAND_ORDER, (band, number) => ({
    band,
    ...outcomeRate(of, (at) => of.band[at] === number),
  }));
  const recall = shareOf(of, came, isAtRisk).rate;
  yield;
  const precision = shareOf(of, isAtRisk, came).rate;
  const [flagged, caught] = [countOf(of, isAtRisk), countOf(of, (at) => isAtRisk(at) && came(at))];
  yield;
  const warningTime = warningTimeOf(of);
  yield;
  const calibration = yield* calibrationOf(of);
  const measures: BacktestMeasure[] = [];
  for (const [index, measure] of tried.measures.entries()) measures.push(yield* toldBy(of, measure, index));
  return {
    outcome: tried.outcome,
    horizonDays: tried.horizonDays,
    accounts,
    observations: of.size,
    scored,
    unknown: of.size - scored,
    events,
    eventAccounts,
    months,
    leftOut: tried.leftOut,
    bands,
    auc,
    aucOncePerAccount,
    verdict: verdictOf(auc, { observations: of.size, scored, events, scoredEvents }, tried.outcome),
    atRisk: { recall, precision, flagged, caught },
    warningTime,
    calibration,
    measures,
    coverage: meanCoverage(of),
    warnings: warningsOf(of, { scored, eventAccounts, events }, tried),
  };
}

function* each<Item, Told>(items: readonly Item[], tell: (item: Item, index: number) => Told): Steps<Told[]> {
  const told: Told[] = [];
  for (const [index, item] of items.entries()) {
    told.push(tell(item, index));
    yield;
  }
  return told;
}

/** Scores against the outcome. */
function ranked(of: Observations, points: Int16Array = of.score): Ranked {
  return { points, hasOutcome: (at) => hasOutcome(of, at), account: of.account, accounts: of.accounts };
}

/**
 * The AUC of each account at its first month-end only; observations come month by month. Null where fewer than FEW_EVENTS
 * accounts had the outcome within that month-end's horizon: beside the AUC over all of them it would look like a finding.
 */
function aucOfFirsts(of: Observations): number | null {
  const seen = new Uint8Array(of.accounts);
  const points = new Int16Array(of.size).fill(NONE);
  let events = 0;
  for (let at = 0; at < of.size; at += 1) {
    const account = of.account[at]!;
    if (seen[account] === 1) continue;
    seen[account] = 1;
    points[at] = of.score[at]!;
    if (points[at] !== NONE && hasOutcome(of, at)) events += 1;
  }
  return events < FEW_EVENTS ? null : aucOf(ranked(of, points));
}

function monthOf(of: Observations, day: string, month: number): BacktestResult['months'][number] {
  const own = monthsBetween(of, month, month + 1);
  return {
    day,
    observations: own.size,
    scored: countOf(own, (at) => own.score[at] !== NONE),
    events: countOf(own, (at) => hasOutcome(own, at)),
    auc: aucOf(ranked(own)),
  };
}

/** Observations by score in tenths of about the same size: the mean score beside how often the outcome came. */
function* calibrationOf(of: Observations): Steps<BacktestResult['calibration']> {
  const calibration: BacktestResult['calibration'] = [];
  for (const { from, to } of partsOf(of.score, CALIBRATION_PARTS)) {
    yield;
    const inPart = (at: number) => of.score[at] !== NONE && of.score[at]! >= from && of.score[at]! <= to;
    let [sum, count] = [0, 0];
    for (let at = 0; at < of.size; at += 1) {
      if (!inPart(at)) continue;
      sum += of.score[at]!;
      count += 1;
    }
    yield;
    calibration.push({ from: from / 100, to: to / 100, meanScore: sum / count / 100, ...outcomeRate(of, inPart) });
  }
  return calibration;
}

function* toldBy(of: Observations, measure: TriedMeasure, index: number): Steps<BacktestMeasure> {
  const { connected, ...told } = measure;
  const { known, auc, bottom, top, lift, isConstant } = yield* measureLift(of, index);
  return {
    ...told,
    known: known ?? 0,
    auc,
    bottom,
    top,
    lift,
    remark: remarkOn({ connected, known, isConstant, auc }),
  };
}

function remarkOn(measure: {
  connected: boolean;
  known: number | null;
  isConstant: boolean;
  auc: BacktestMeasure['auc'];
}): string | null {
  const { connected, known, isConstant, auc } = measure;
  if (known === null) return null;
  if (!connected) return 'Not connected: what it is computed from was never delivered.';
  if (known === 0) return 'It had no value at any of these month-ends.';
  if (isConstant) return 'It gave every account the same points, so it told none from another.';
  if (known < HARDLY_KNOWN) return `Hardly known: ${Math.round(known * 100)} % of the observations had a value.`;
  if (auc !== null && auc.high < 0.5) return 'On its own it points the wrong way: more points came before the outcome.';
  return null;
}

function meanCoverage({ coverage }: Observations): number | null {
  let [sum, count] = [0, 0];
  for (const share of coverage) {
    if (share === NONE) continue;
    sum += share;
    count += 1;
  }
  return count === 0 ? null : sum / count / 100;
}

function warningsOf(
  of: Observations,
  { scored, events, eventAccounts }: { scored: number; events: number; eventAccounts: number },
  { outcome, leftOut, measures }: Tried,
): string[] {
  const { did } = outcomeWords(outcome);
  const [noHorizon, noSnapshots] = (['horizon', 'no_snapshots'] as const).map(
    (why) => leftOut.filter((each) => each.why === why).length,
  );
  const notConnected = measures.filter(({ connected, share }) => !connected && share > 0).length;
  const counted = measures.filter(({ share }) => share > 0).length;
  const warnings: string[] = [];
  const say = (holds: boolean, words: () => string) => {
    if (holds) warnings.push(words());
  };
  say(eventAccounts > 0 && eventAccounts < FEW_EVENTS, () =>
    eventAccounts === 1
      ? `Only one account ${did}. Under ${FEW_EVENTS} these figures move a lot by chance.`
      : `Only ${eventAccounts} accounts ${did}. Under ${FEW_EVENTS} these figures move a lot by chance.`,
  );
  say(of.size > 0 && events === of.size, () => `Every observed account ${did}: there is none to compare with.`);
  say(
    of.size > 0 && scored < of.size / 2,
    () =>
      `${Math.round(((of.size - scored) / of.size) * 100)} % of the observations have no score: the figures speak for the rest only.`,
  );
  say(
    notConnected > 0,
    () => `${notConnected} of ${counted} measures are not connected and are left out for everyone.`,
  );
  say(
    noHorizon! > 0,
    () =>
      `${noHorizon === 1 ? 'One month-end is' : `${noHorizon} month-ends are`} left out, because the time after is not over yet.`,
  );
  say(
    noSnapshots! > 0,
    () =>
      `${noSnapshots === 1 ? 'One month-end is' : `${noSnapshots} month-ends are`} left out, because nothing was computed then. A backfill makes them.`,
  );
  return warnings;
}
