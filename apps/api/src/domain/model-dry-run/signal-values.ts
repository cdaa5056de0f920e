import type { SignalDistribution, SignalDryRun } from '@steward/shared/signal-dry-run';
import { type NullReason, nullReasonOf, nullReasonTexts } from '@steward/shared/signals';
import { quantile } from '../reports/quantile.js';

/** A signal's value of one account, as stored: rounded to 32 bits; the reason's number where there is none. */
export interface Computed {
  value: number | null;
  reason: number;
}

/** An account under the new definition and, where one is edited, under the present one. */
export interface Tried {
  id: string;
  arrMinor: number | null;
  after: Computed;
  before: Computed | null;
}

const COLUMNS = 20;
const EXAMPLES = 5;

/** How a signal's values lie, and why the rest have none. */
export function distributionOf(computed: readonly Computed[]): SignalDistribution {
  const values = computed.flatMap(({ value }) => (value === null ? [] : [value]));
  const without = new Map<NullReason, number>();
  for (const { value, reason } of computed) {
    const name = value === null ? nullReasonOf(reason) : null;
    if (name !== null) without.set(name, (without.get(name) ?? 0) + 1);
  }
  return {
    withValue: values.length,
    without: [...without]
      .map(([reason, accounts]) => ({ reason, text: nullReasonTexts[reason], accounts }))
      .sort((a, b) => b.accounts - a.accounts),
    summary: summaryOf(values),
  };
}

function summaryOf(values: readonly number[]): SignalDistribution['summary'] {
  if (values.length === 0) return null;
  const counted = values.map((value) => ({ value, count: 1 }));
  const at = (p: number) => quantile(counted, p) as number;
  const [min, max] = [at(0), at(1)];
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  return { min, p10: at(0.1), median: at(0.5), p90: at(0.9), max, mean, isConstant: min === max };
}

/** Twenty columns of one width from the lowest to the highest value of both; one, where all values are the same. */
export function histogramOf(tried: readonly Tried[]): SignalDryRun['histogram'] {
  const after = tried.flatMap(({ after: { value } }) => (value === null ? [] : [value]));
  const before = tried.flatMap(({ before: was }) => (was === null || was.value === null ? [] : [was.value]));
  const isEdit = tried.some(({ before: was }) => was !== null);
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of [...after, ...before]) [min, max] = [Math.min(min, value), Math.max(max, value)];
  if (min > max) return [];
  const columns = min === max ? 1 : COLUMNS;
  const width = (max - min) / columns;
  const counts = (values: readonly number[]) => {
    const found = new Array<number>(columns).fill(0);
    for (const value of values) {
      const place = width === 0 ? 0 : Math.min(columns - 1, Math.floor((value - min) / width));
      found[place] = (found[place] ?? 0) + 1;
    }
    return found;
  };
  const [counted, earlier] = [counts(after), counts(before)];
  return counted.map((accounts, place) => ({
    from: min + place * width,
    to: place === columns - 1 ? max : min + (place + 1) * width,
    after: accounts,
    before: isEdit ? (earlier[place] ?? 0) : null,
  }));
}

/** Accounts whose value, or reason for none, is another than now. Null: nothing is edited. */
export function changedOf(tried: readonly Tried[]): number | null {
  if (tried.every(({ before }) => before === null)) return null;
  return tried.filter(isChanged).length;
}

const isChanged = ({ after, before }: Tried) =>
  before !== null && (after.value !== before.value || (after.value === null && after.reason !== before.reason));

type Example = Omit<SignalDryRun['examples'][number], 'name'>;

/** A few accounts to look into: those with the most and the least, those without a value, and those that change. */
export function examplesOf(tried: readonly Tried[]): Example[] {
  const bySize = [...tried].sort((a, b) => (b.arrMinor ?? -1) - (a.arrMinor ?? -1) || (a.id < b.id ? -1 : 1));
  const valued = bySize.filter(({ after }) => after.value !== null);
  const ascending = [...valued].sort((a, b) => (a.after.value as number) - (b.after.value as number));
  const distance = ({ after, before }: Tried) =>
    after.value === null || before === null || before.value === null ? 0 : Math.abs(after.value - before.value);
  const groups = [
    ['highest', ascending.slice(-EXAMPLES).reverse()],
    ['lowest', ascending.slice(0, EXAMPLES)],
    ['without', bySize.filter(({ after }) => after.value === null).slice(0, EXAMPLES)],
    [
      'changed',
      bySize
        .filter(isChanged)
        .sort((a, b) => distance(b) - distance(a))
        .slice(0, EXAMPLES),
    ],
  ] as const;
  return groups.flatMap(([why, rows]) =>
    rows.map(({ id, after, before }) => ({ id, why, after: told(after), before: before && told(before) })),
  );
}

function told({ value, reason }: Computed): Example['after'] {
  return { value, nullReason: value === null ? nullReasonOf(reason) : null };
}

/** What to know before saving, the most important first. */
export function cautionsOf(
  after: SignalDistribution,
  { accounts, computed, usedBy }: { accounts: number; computed: number; usedBy: readonly string[] },
): string[] {
  const cautions: string[] = [];
  const [most] = after.without;
  if (accounts === 0) cautions.push('There are no live accounts to compute it for.');
  else if (after.withValue === 0) {
    cautions.push(`No account has a value${most ? `: ${most.text}` : ''}.`);
  } else if (after.summary?.isConstant) {
    cautions.push('All accounts with a value have the same one: it tells none from another.');
  }
  if (after.withValue > 0 && after.withValue * 2 < computed && most) {
    cautions.push(`Most accounts have no value, mostly because: ${most.text}.`);
  }
  if (usedBy.length > 0) {
    cautions.push(`It is read by ${usedBy.join(', ')}: they see the new values from today on.`);
  }
  return cautions;
}
