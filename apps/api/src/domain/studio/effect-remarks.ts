import type { DraftEffect } from '@steward/shared/health-studio';

type Figures = Pick<
  DraftEffect,
  'accounts' | 'scoredByDraft' | 'before' | 'after' | 'measures' | 'connectedMeasures' | 'countedMeasures' | 'changed'
>;

/** What is to be known before believing the figures of a draft, in plain sentences. */
export function effectRemarks(effect: Figures): string[] {
  const { accounts, scoredByDraft, before, after, measures, connectedMeasures, countedMeasures, changed } = effect;
  if (accounts === 0) return ['There is no live account that you see, so there is nothing to compare.'];
  const remarks: string[] = [];
  if (scoredByDraft === 0) {
    remarks.push('The draft scores no account: other profiles take them all first, or its scope holds for none.');
  }
  if (connectedMeasures < countedMeasures) {
    remarks.push(
      `${connectedMeasures} of ${countedMeasures} measures are connected; the others are left out for everyone.`,
    );
  }
  const counted = measures.filter(({ share }) => share > 0);
  const dull = counted.filter(({ state }) => state === 'constant' || state === 'clamped');
  if (scoredByDraft > 1 && dull.length > 0) {
    const names = dull.map(({ label }) => label).join(', ');
    remarks.push(
      `${names}: the same points for every account, so ${dull.length === 1 ? 'it tells' : 'they tell'} none from another.`,
    );
  }
  const missing = counted.filter(({ state }) => state === 'missing');
  if (scoredByDraft > 0 && missing.length > 0) {
    remarks.push(`${missing.map(({ label }) => label).join(', ')}: no account has a value.`);
  }
  if (after.scored === 0) remarks.push('No account has a score: too little of their data is known.');
  else if (after.unknown > before.unknown) {
    const more = after.unknown - before.unknown;
    remarks.push(
      `${more === 1 ? 'One account loses its score' : `${more} accounts lose their score`}: too little data.`,
    );
  }
  if (changed.total === 0) remarks.push('No account changes band.');
  return remarks;
}
