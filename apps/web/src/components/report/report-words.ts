import { NO_TIER, type ReportOptions } from '@steward/shared/report-filters';
import { monthsWords } from '../renewal/renewal-words.js';
import type { ReportQuestion } from './report-search.js';

/** What a page is asked, in words, as a printed page needs it: "December 2025 to November 2026 · Tier 1 · EMEA". */
export function questionWords(question: ReportQuestion, options: ReportOptions, withoutPeriod = false): string {
  const { from, to, tier, segment, owner, region, product, tierMode, ownerMode, compare } = question;
  const label = (key: string): string =>
    key === NO_TIER ? 'Without a tier' : (options.tiers.find((each) => each.key === key)?.label ?? key);
  const nameOf = (list: readonly { id: string; name: string }[], id: string, what: string): string =>
    list.find((each) => each.id === id)?.name ?? what;
  return [
    withoutPeriod ? undefined : monthsWords({ from, to }),
    tier?.map(label).join(', '),
    segment === undefined ? undefined : `segment ${nameOf(options.segments, segment, 'chosen')}`,
    owner === undefined ? undefined : `accounts of ${nameOf(options.owners, owner, 'one person')}`,
    region === undefined ? undefined : `region ${region}`,
    product === undefined ? undefined : `product ${product}`,
    tierMode === 'now' ? 'by the tier of today' : undefined,
    ownerMode === 'then' ? 'by the owner of then' : undefined,
    compare === undefined
      ? undefined
      : compare === 'before'
        ? 'compared with the months before'
        : 'compared with the year before',
  ]
    .filter((each) => each !== undefined)
    .join(' · ');
}
