import { type ReportFilters, revenueBehind } from '@steward/shared/report-filters';
import type { Retention, RevenueDimension, RevenueReport, RevenueRow } from '@steward/shared/revenue-report';
import { doorOf } from '../../components/report/door.js';
import { type ReportTable, type ReportTableCell, textCell } from '../../components/report/report-table.js';
import { moneyCell, PERCENT } from '../../components/report/value-formats.js';
import { formatDelta, formatNumber, formatPercent, NONE } from '../../lib/format.js';

export const DIMENSION_WORDS: Record<Exclude<RevenueDimension, 'whole'>, string> = {
  tier: 'Tier',
  csm: 'CSM',
  am: 'Account manager',
  region: 'Region',
  plan: 'Product',
  segment: 'Segment',
};

export const DIMENSION_TITLES: Record<Exclude<RevenueDimension, 'whole'>, string> = {
  tier: 'tier',
  csm: 'CSM',
  am: 'account manager',
  region: 'region',
  plan: 'product',
  segment: 'segment',
};

const WITHOUT: Record<Exclude<RevenueDimension, 'whole'>, string> = {
  tier: 'Without a tier',
  csm: 'Without a CSM',
  am: 'Without an account manager',
  region: 'Without a region',
  plan: 'Without a product',
  segment: 'In no segment',
};

const labelOf = (by: RevenueDimension, { key, label }: RevenueRow): string =>
  key === null && by !== 'whole' ? WITHOUT[by] : label;

/** What each member of the dimension kept over the period, the largest start first. */
export function retentionTable(report: RevenueReport, filters: Partial<ReportFilters>): ReportTable {
  const { by, rows, period, compared, currency } = report;
  const row = (
    key: string,
    label: string,
    now: Retention,
    then: Retention | null,
    group?: { by: string; key: string | null },
  ) => {
    const door = (part: 'start' | 'lost') =>
      doorOf(revenueBehind(filters, { month: period.to, span: 'period', part }, group));
    const rate = (of: 'grossRetention' | 'netRetention' | 'logoChurn'): ReportTableCell[] => {
      const value = now[of];
      const before = then?.[of] ?? null;
      const cell: ReportTableCell = {
        text: value === null ? NONE : PERCENT.text(value),
        plain: value === null ? null : PERCENT.plain(value),
        title: value === null ? 'nobody paid at the start' : undefined,
      };
      if (compared === null) return [cell];
      const change = value === null || before === null ? null : value - before;
      return [
        cell,
        { text: pointsText(change), plain: change === null ? null : PERCENT.plain(change), title: beforeText(before) },
      ];
    };
    return {
      key,
      cells: [
        textCell(label),
        { text: formatNumber(now.accounts), plain: now.accounts, door: now.accounts === 0 ? null : door('start') },
        moneyCell(now.startMinor, currency),
        moneyCell(now.keptMinor, currency),
        {
          ...moneyCell(now.endMinor, currency),
          // Those who paid at the start: what others pay by now is no part of it.
          door: now.accounts === 0 ? null : door('start'),
        },
        {
          text: formatNumber(now.lostAccounts),
          plain: now.lostAccounts,
          door: now.lostAccounts === 0 ? null : door('lost'),
        },
        ...rate('grossRetention'),
        ...rate('netRetention'),
        ...rate('logoChurn'),
      ],
    };
  };
  const rate = (label: string) => {
    const column = { label, numeric: true, fileLabel: `${label} (%)` };
    return compared === null
      ? [column]
      : [column, { label: `${label} ±`, numeric: true, fileLabel: `${label}, change (points)` }];
  };
  const amount = (label: string) => ({ label, numeric: true, fileLabel: `${label} (${currency})` });
  return {
    columns: [
      { label: by === 'whole' ? '' : DIMENSION_WORDS[by], numeric: false },
      { label: 'Accounts', numeric: true },
      amount('MRR at start'),
      amount('Kept'),
      amount('MRR at end'),
      { label: 'Left', numeric: true },
      ...rate('GRR'),
      ...rate('NRR'),
      ...rate('Logo churn'),
    ],
    rows: rows.map((each) =>
      row(each.key ?? 'none', labelOf(by, each), each.retention, each.compared, { by, key: each.key }),
    ),
    foot: row('all', 'All', period.retention, compared?.retention ?? null),
  };
}

const pointsText = (change: number | null): string => formatDelta(change, 1);
const beforeText = (before: number | null): string | undefined =>
  before === null ? undefined : `before ${formatPercent(before, 1)}`;

/** "Highest net retention: Tier 1, 108 %; lowest: Tier 4, 71 %." */
export function retentionRowsWords({ by, rows }: RevenueReport): string {
  const known = rows.flatMap((row) =>
    row.retention.netRetention === null ? [] : [{ label: labelOf(by, row), net: row.retention.netRetention }],
  );
  const sorted = known.toSorted((a, b) => b.net - a.net);
  const [high] = sorted;
  const low = sorted.at(-1);
  if (high === undefined || low === undefined) return 'Nobody paid at the start of this period.';
  const told = ({ label, net }: typeof high) => `${label}, ${formatPercent(net, 1)}`;
  return sorted.length === 1 || high.net === low.net
    ? `Net retention: ${told(high)}.`
    : `Highest net retention: ${told(high)}; lowest: ${told(low)}.`;
}
