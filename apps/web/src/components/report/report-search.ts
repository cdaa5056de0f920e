import {
  COMPARISONS,
  MOST_REPORT_MONTHS,
  REPORT_MODES,
  type ReportFilters,
  USUAL_REPORT_MONTHS,
} from '@steward/shared/report-filters';
import { isIsoDay } from '../../lib/days.js';
import { addMonths, isMonth, monthOfDay, monthsIn } from './months.js';
import type { REPORT_KEYS } from './report-keys.js';

export type ReportSearch = { [key in (typeof REPORT_KEYS)[number]]?: string | undefined };

/** The filters as a question to the server, and as the rules behind figures are made from them. */
export type ReportQuestion = ReportFilters & { from: string; to: string };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const TIER_KEY = /^[A-Za-z][A-Za-z0-9_-]{0,19}$/;
const memberOf = <T extends string>(members: readonly T[], text: string | undefined): T | undefined =>
  members.find((each) => each === text);

/** What the address asks for; what it names wrongly is left out rather than refused. */
export function reportQuestion(search: ReportSearch & { asOf?: string | undefined }, today: string): ReportQuestion {
  const asOf = isIsoDay(search.asOf) && search.asOf < today ? search.asOf : undefined;
  const tiers = (search.tier ?? '').split(',').filter((key) => TIER_KEY.test(key));
  return {
    ...periodOf(search, monthOfDay(asOf ?? today)),
    asOf,
    tier: tiers.length === 0 ? undefined : tiers,
    segment: UUID.test(search.segment ?? '') ? search.segment : undefined,
    owner: UUID.test(search.owner ?? '') ? search.owner : undefined,
    region: search.region,
    product: search.product,
    tierMode: memberOf(REPORT_MODES, search.tierMode) ?? 'then',
    ownerMode: memberOf(REPORT_MODES, search.ownerMode) ?? 'now',
    compare: memberOf(COMPARISONS, search.compare),
  };
}

/** From the first to the last month, never beyond the newest there is and never longer than the server answers. */
function periodOf({ from, to }: ReportSearch, newest: string): { from: string; to: string } {
  const ends = [from, to].filter(isMonth).map((month) => (month > newest ? newest : month));
  const last = isMonth(to) ? (ends.toSorted().at(-1) ?? newest) : newest;
  const first = isMonth(from) ? (ends.toSorted()[0] ?? newest) : addMonths(last, 1 - USUAL_REPORT_MONTHS);
  return {
    from: monthsIn(first, last) > MOST_REPORT_MONTHS ? addMonths(last, 1 - MOST_REPORT_MONTHS) : first,
    to: last,
  };
}

/** The question as the server reads it. */
export const queryOf = ({ tier, ...rest }: ReportQuestion): Record<string, string | undefined> => ({
  ...rest,
  tier: tier?.join(','),
});

/** The months that the period is compared with: as many before it, or the same a year earlier. */
export function comparedMonths({ from, to, compare }: Pick<ReportQuestion, 'from' | 'to' | 'compare'>) {
  if (compare === undefined) return null;
  const back = compare === 'yearBefore' ? 12 : monthsIn(from, to);
  return { from: addMonths(from, -back), to: addMonths(to, -back) };
}

/** How many filters leave accounts out: the period and how things are grouped do not. */
export const filtersSet = ({ tier, segment, owner, region, product }: Partial<ReportFilters>): number =>
  [tier, segment, owner, region, product].filter((each) => each !== undefined).length;

export const NO_REPORT_FILTERS: ReportSearch = {
  tier: undefined,
  segment: undefined,
  owner: undefined,
  region: undefined,
  product: undefined,
};

export interface PeriodChoice {
  label: string;
  from: string;
  to: string;
}

/** The periods that are asked for most, as of the newest month. */
export function usualPeriods(newest: string): PeriodChoice[] {
  const year = newest.slice(0, 4);
  const before = String(Number(year) - 1);
  return [
    ...[3, 6, 12, 24].map((months) => ({
      label: `Last ${months} months`,
      from: addMonths(newest, 1 - months),
      to: newest,
    })),
    { label: `This year, ${year}`, from: `${year}-01`, to: newest },
    { label: `Last year, ${before}`, from: `${before}-01`, to: `${before}-12` },
  ];
}
