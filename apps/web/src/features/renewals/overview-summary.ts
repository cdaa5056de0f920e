import type { RenewalTotals } from '@steward/shared/renewals';
import { CATEGORY_WORDS, monthWords } from '../../components/renewal/renewal-words.js';
import { formatMoney, plural } from '../../lib/format.js';

/** What the chart shows, in words: how much by forecast, and the largest month. */
export function overviewSummary(totals: RenewalTotals, currency: string): string {
  const open = totals.byCategory.filter(({ renewals }) => renewals > 0);
  if (open.length === 0) return 'Nothing that is due is still open.';
  const count = open.reduce((sum, { renewals }) => sum + renewals, 0);
  const parts = open.map(
    ({ category, amountMinor }) => `${CATEGORY_WORDS[category].toLowerCase()} ${formatMoney(amountMinor, currency)}`,
  );
  const openOf = ({ byCategory }: RenewalTotals['byMonth'][number]) =>
    byCategory.reduce((sum, { amountMinor }) => sum + (amountMinor ?? 0), 0);
  const [first, ...rest] = totals.byMonth;
  const largest = first ? rest.reduce((best, each) => (openOf(each) > openOf(best) ? each : best), first) : null;
  const peak =
    largest && openOf(largest) > 0
      ? ` The largest month is ${monthWords(largest.month)} with ${formatMoney(openOf(largest), currency)}.`
      : '';
  return `${plural(count, 'open renewal')}: ${parts.join(', ')}.${peak}`;
}
