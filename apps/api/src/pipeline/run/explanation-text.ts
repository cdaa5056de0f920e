import type { ExplainedLimit, ExplainedMeasure, LeftOutLimit, ScoreExplanation } from '@steward/shared/health';
import { nullReasonTexts, type SignalDefinition, type SignalEvidence, type SignalUnit } from '@steward/shared/signals';
import type { SetAsideAccount } from './set-aside.repository.js';

const ROWS_SHOWN = 5;

export interface Explained {
  /** External id and name. */
  account: string;
  asOf: string;
  currency: string;
  signals: readonly Pick<SignalDefinition, 'key' | 'label' | 'unit'>[];
  explanation: ScoreExplanation;
}

/** Why an account is not computed, and what brings it back. */
export function setAsideText({ work, asOf, code, message }: Omit<SetAsideAccount, 'accountId'>): string {
  const why = `its data cannot be computed (${code}: ${message})`;
  return work === 'daily'
    ? `Set aside since ${asOf}: ${why}. It is tried again with its next fact and with every day that is closed.`
    : `Days from ${asOf} on are missing or out of date: ${why}. Once the data are mended, a backfill computes them.`;
}

/** The explanation of a score as lines that a person reads: every number with its unit, its evidence and its weight. */
export function explanationText({ account, asOf, currency, signals, explanation }: Explained): string {
  const { score, band, measures, coverage, minCoverage } = explanation;
  const bySignal = new Map(signals.map((signal) => [signal.key, signal]));
  const label = ({ signal }: ExplainedMeasure) => bySignal.get(signal)?.label ?? signal;
  const value = (measure: ExplainedMeasure) =>
    valueText(measure.value ?? 0, bySignal.get(measure.signal)?.unit ?? 'number', currency);

  const counted = measures.filter(({ share }) => share > 0);
  const connected = counted.filter((measure) => measure.connected);
  const known = counted.filter((measure) => measure.value !== null);
  const missing = connected.filter((measure) => measure.value === null);
  const apart = counted.filter((measure) => !measure.connected && measure.value === null);
  const weightless = measures.filter(({ share }) => share === 0);

  const lines = [
    `${account} as of ${asOf}: ${score === null ? 'no score' : score.toFixed(2)} (${band.replace('_', ' ')})`,
    `${connected.length - missing.length} of ${connected.length} connected measures have data; by weight they cover ` +
      `${coverage === null ? 'nothing' : percent(coverage)}, and a score takes at least ${percent(minCoverage)}.`,
  ];
  for (const limit of explanation.limits) lines.push(limitText(limit, explanation));
  for (const limit of explanation.leftOut) lines.push(leftOutText(limit));
  if (known.length > 0) lines.push('', score === null ? 'Known:' : 'Measures, by the points that each one costs:');
  for (const measure of known) {
    const points =
      score === null
        ? `by itself ${(measure.normalized ?? 0).toFixed(0)} of 100`
        : `${(measure.normalized ?? 0).toFixed(0)} of 100 at a share of ${percent(measure.effectiveShare)}: ` +
          `${measure.pointsGiven.toFixed(2)} points given, ${measure.pointsLost.toFixed(2)} lost`;
    lines.push(`  ${label(measure)}: ${value(measure)}; ${points}`, ...evidenceLines(measure.evidence));
  }
  if (missing.length > 0) lines.push('', 'Without a value:');
  for (const measure of missing) lines.push(`  ${label(measure)}: ${missingText(measure)}`);
  if (apart.length > 0) lines.push('', `Not connected, left out for every account: ${apart.map(label).join(' · ')}`);
  if (weightless.length > 0) lines.push('', `Not counted (weight 0): ${weightless.map(label).join(' · ')}`);
  return lines.join('\n');
}

function limitText(limit: ExplainedLimit, { beforeLimits, score }: ScoreExplanation): string {
  if (limit.decisive && beforeLimits !== null) {
    const done = limit.kind === 'cap' ? 'capped' : 'lifted';
    return `The measures give ${beforeLimits.toFixed(2)}, ${done} at ${limit.at}: ${limit.reason}.`;
  }
  const effect = score === null ? 'there is no score to move' : 'it does not move the score';
  return `${limit.kind === 'cap' ? 'Cap' : 'Floor'} at ${limit.at}: ${limit.reason}; ${effect}.`;
}

function leftOutText({ kind, at, reason, quietPeriod }: LeftOutLimit): string {
  const during = quietPeriod === null ? 'a quiet period' : `the quiet period ${quietPeriod}`;
  return `${kind === 'cap' ? 'Cap' : 'Floor'} at ${at}: ${reason}; left out during ${during}.`;
}

function missingText({ nullReason, weightWentTo, share }: ExplainedMeasure): string {
  const why = nullReason === null ? 'no value' : nullReasonTexts[nullReason];
  const weight = `its ${percent(share)} of the profile`;
  if (weightWentTo === 'group') return `${why}; ${weight} went to the rest of its group`;
  return `${why}; ${weight} went ${weightWentTo === 'other_groups' ? 'to the other groups' : 'nowhere'}`;
}

/** The window, the counts and the newest rows behind a value. */
function evidenceLines(evidence: SignalEvidence | null): string[] {
  if (evidence === null) return [];
  const { window, previousWindow, facts, rows } = evidence;
  const span = window.from === window.to ? window.to : `${window.from} to ${window.to}`;
  const before = previousWindow ? ` against ${previousWindow.from} to ${previousWindow.to}` : '';
  const counts = facts.map((fact) => `${fact.label} ${plain(fact.value)}`).join(' · ');
  const shown = rows.slice(0, ROWS_SHOWN).map(rowText);
  const more = rows.length > ROWS_SHOWN ? [`… and ${rows.length - ROWS_SHOWN} more`] : [];
  return [`${span}${before}${counts === '' ? '' : `: ${counts}`}`, ...shown, ...more].map((line) => `      ${line}`);
}

/** Answers and touchpoints are known by their day; their ids tell a reader nothing. */
const KNOWN_BY_ID = new Set(['ticket', 'invoice', 'subscription', 'contact']);

function rowText({ kind, day, ref, text, value }: SignalEvidence['rows'][number]): string {
  const what = KNOWN_BY_ID.has(kind) && ref !== null ? `${ref} ${text}` : text;
  return `${day} ${what}${value === null ? '' : `: ${number(value)}`}`;
}

function plain(value: number | string | null): string {
  if (value === null) return 'unknown';
  return typeof value === 'number' ? number(value) : value;
}

function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function percent(value: number): string {
  return `${number(Math.round(value * 10) / 10)} %`;
}

function valueText(value: number, unit: SignalUnit, currency: string): string {
  switch (unit) {
    case 'yesNo':
      return value === 1 ? 'yes' : 'no';
    case 'percent':
      return `${number(value)} %`;
    case 'times':
      return `${number(value)} ×`;
    case 'money':
      return `${number(value)} ${currency}`;
    case 'number':
    case 'rating':
      return number(value);
    default:
      return value === 1 ? `1 ${unit.replace(/s$/, '')}` : `${number(value)} ${unit}`;
  }
}
