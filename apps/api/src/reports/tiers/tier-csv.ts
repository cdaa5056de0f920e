import { TIER_RATIOS, type TierFeatures, type TierPerformance, type TierRatio } from '@steward/shared/tier-performance';
import { type CsvTable, cell, money } from '../base/csv-table.js';

const RATIO_HEADERS: Record<TierRatio, string> = {
  meanScore: 'Mean score',
  atRisk: 'At risk %',
  watch: 'Watch %',
  healthy: 'Healthy %',
  unknown: 'Unknown %',
  contactsPerSeat: 'Active contacts per seat %',
  breadth: 'Feature breadth %',
  touchCoverage: 'Touch coverage %',
  alertsPerAccount: 'Alerts per account',
  goalSuccess: 'Goal success %',
  grossRetention: 'Gross retention, 12 months %',
  netRetention: 'Net retention, 12 months %',
  logoChurn: 'Logo churn, 12 months %',
};

/** A row a month and tier, and one for all tiers of the month. */
export function tierTable({ points, tiers, currency }: TierPerformance): CsvTable {
  const labels = new Map(tiers.map(({ key, label }) => [key, label]));
  const headers = ['Month', 'Day', 'Tier', 'Accounts', 'Customers', `ARR ${currency}`];
  const rows = points
    .filter(({ built }) => built)
    .flatMap(({ month, day, tiers: cells, all }) =>
      [...cells.map((each) => [nameOf(labels, each.tier), each] as const), ['All', all] as const].map(
        ([name, each]) => [
          month,
          day,
          name,
          String(each.accounts),
          String(each.customers),
          money(each.arrMinor, currency),
          ...TIER_RATIOS.map((ratio) => cell(each.ratios[ratio].value)),
        ],
      ),
    );
  return { headers: [...headers, ...TIER_RATIOS.map((ratio) => RATIO_HEADERS[ratio])], rows };
}

/** A row a tier, a column a feature. */
export function featureTable({ features, rows, month }: TierFeatures): CsvTable {
  return {
    headers: ['Month', 'Tier', 'Accounts', ...features.map(({ label }) => `${label} %`)],
    rows: rows.map(({ tier, accounts, used }) => [
      month,
      tier ?? 'No tier',
      String(accounts),
      ...used.map(({ value }) => cell(value)),
    ]),
  };
}

const nameOf = (labels: ReadonlyMap<string, string>, tier: string | null): string =>
  tier === null ? 'No tier' : (labels.get(tier) ?? tier);
