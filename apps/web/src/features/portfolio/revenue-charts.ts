import { MOVEMENTS, type Movement } from '@steward/shared/ledger';
import { type ReportFilters, type RevenueList, revenueBehind } from '@steward/shared/report-filters';
import type { Retention, RevenueMonth, RevenueReport } from '@steward/shared/revenue-report';
import { monthShort, monthWords } from '../../components/renewal/renewal-words.js';
import type { ChartCell, ChartData, ChartSeries } from '../../components/report/chart-data.js';
import { type Door, doorOf } from '../../components/report/door.js';
import { spanWords } from '../../components/report/months.js';
import { MOVEMENT_LOOKS, MOVEMENT_ORDER, MOVEMENT_WORDS } from '../../components/report/movement-look.js';
import { type ReportTable, type ReportTableCell, textCell } from '../../components/report/report-table.js';
import { seriesLook } from '../../components/report/series-look.js';
import { moneyFormat, PERCENT, wholeMoneyFormat } from '../../components/report/value-formats.js';
import type { WaterfallStep } from '../../components/report/waterfall-figure.js';
import { formatDay } from '../../lib/days.js';
import { formatNumber, formatPercent, plural } from '../../lib/format.js';

type Filters = Partial<ReportFilters>;
type Period = RevenueReport['period'];

/** Months before the first that is put down say nothing. */
export function builtMonths({ months }: Period): RevenueMonth[] {
  const first = months.findIndex(({ built }) => built);
  return first < 0 ? [] : months.slice(first);
}

const titleOf = ({ month, day }: RevenueMonth, asOf: string): string =>
  day < asOf && asOf.startsWith(month) ? `${monthWords(month)}, up to ${formatDay(day)}` : monthWords(month);

const columnsOf = (months: readonly RevenueMonth[], asOf: string) =>
  months.map((each) => ({ key: each.month, label: monthShort(each.month), title: titleOf(each, asOf) }));

/** What came and went by month, what came above 0, what went below. */
export function movementChart({ period, currency, asOf }: RevenueReport, filters: Filters): ChartData {
  const months = builtMonths(period);
  const series = MOVEMENT_ORDER.map((movement): ChartSeries => {
    const cell = ({ month, movements, built }: RevenueMonth): ChartCell => {
      const { accounts, amountMinor } = movements[movement];
      if (!built) return { value: null, why: 'not put down' };
      return {
        value: amountMinor,
        note: plural(accounts, 'account'),
        door: accounts === 0 ? null : doorOf(revenueBehind(filters, { month, span: 'month', part: movement })),
      };
    };
    return {
      key: movement,
      label: MOVEMENT_WORDS[movement],
      look: MOVEMENT_LOOKS[movement],
      cells: months.map(cell),
    };
  });
  return { of: 'Month', columns: columnsOf(months, asOf), series, format: wholeMoneyFormat(currency) };
}

/** What moved over the whole period: the sum of its months, and what rates and filters made between them. */
export function movementSums(months: readonly RevenueMonth[]) {
  const sums = Object.fromEntries(MOVEMENTS.map((movement) => [movement, { accounts: 0, amountMinor: 0 }])) as Record<
    Movement,
    { accounts: number; amountMinor: number }
  >;
  for (const month of months) {
    for (const movement of MOVEMENTS) {
      sums[movement].accounts += month.movements[movement].accounts;
      sums[movement].amountMinor += month.movements[movement].amountMinor;
    }
  }
  return {
    startMinor: months[0]?.startMinor ?? 0,
    sums,
    revaluationMinor: months.slice(1).reduce((sum, { revaluationMinor }) => sum + revaluationMinor, 0),
    endMinor: months.at(-1)?.endMinor ?? 0,
  };
}

export const BETWEEN_MONTHS = 'Other rates';

/** From the MRR at the start over what moved to the MRR at the end. */
export function movementSteps({ period }: RevenueReport, filters: Filters): WaterfallStep[] {
  const months = builtMonths(period);
  const { startMinor, sums, revaluationMinor, endMinor } = movementSums(months);
  const [only] = months;
  // Movements are of a month: over more of them each account may have several.
  const doorTo = (movement: Movement): Door | null =>
    months.length === 1 && only && sums[movement].accounts > 0
      ? doorOf(revenueBehind(filters, { month: only.month, span: 'month', part: movement }))
      : null;
  // A period that reaches further back than figures do starts with the first month that has some.
  const listOf = (part: 'start' | 'end'): RevenueList =>
    part === 'start' && only && only.month !== period.from
      ? { month: only.month, span: 'month', part }
      : { month: period.to, span: 'period', part };
  const total = (part: 'start' | 'end', value: number): WaterfallStep => ({
    key: part,
    label: part === 'start' ? 'Start' : 'End',
    value,
    total: true,
    look: { color: 'var(--text-dim)', shape: 'bar' },
    note:
      part === 'start' ? monthWords(months[0]?.month ?? period.from) : monthWords(months.at(-1)?.month ?? period.to),
    door: doorOf(revenueBehind(filters, listOf(part))),
  });
  return [
    total('start', startMinor),
    ...MOVEMENT_ORDER.map((movement) => ({
      key: movement,
      label: MOVEMENT_WORDS[movement],
      value: sums[movement].amountMinor,
      total: false,
      look: MOVEMENT_LOOKS[movement],
      note: plural(sums[movement].accounts, 'movement'),
      door: doorTo(movement),
    })),
    ...(revaluationMinor === 0
      ? []
      : [
          {
            key: 'rates',
            label: BETWEEN_MONTHS,
            value: revaluationMinor,
            total: false,
            look: seriesLook(3, 'gray'),
            note: 'exchange rates, and accounts that came under the filters',
          },
        ]),
    total('end', endMinor),
  ];
}

/** The month with which figures begin, where that is not the first of the period; null: it is, or there are none. */
export function firstKnownMonth({ period }: RevenueReport): string | null {
  const [first] = builtMonths(period);
  return first === undefined || first.month === period.from ? null : first.month;
}

/** "MRR from $120,000 to $131,000: new +$4,000, churn −$1,200. Figures begin with March 2026." */
export function movementWords(
  steps: readonly WaterfallStep[],
  currency: string,
  firstKnown: string | null = null,
): string {
  const { text } = wholeMoneyFormat(currency);
  const [start, ...rest] = steps;
  const end = rest.pop();
  const moved = rest
    .filter(({ value }) => value !== 0)
    .map(({ label, value }) => {
      return `${label.toLowerCase()} ${value > 0 ? '+' : ''}${text(value)}`;
    });
  const words = moved.length === 0 ? 'nothing moved' : moved.join(', ');
  const since = firstKnown === null ? '' : ` Figures begin with ${monthWords(firstKnown)}.`;
  return `MRR from ${text(start?.value ?? 0)} to ${text(end?.value ?? 0)}: ${words}.${since}`;
}

/** "Most came in May 2026, +$9,125; most went in September 2026, −$17,820." */
export function mostMonthsWords({ period, currency }: RevenueReport): string {
  const { text } = wholeMoneyFormat(currency);
  const months = builtMonths(period).map(({ month, movements }) => {
    const amounts = MOVEMENTS.map((movement) => movements[movement].amountMinor);
    const sumOf = (sign: 1 | -1) => amounts.reduce((sum, amount) => sum + (amount * sign > 0 ? amount : 0), 0);
    return { month, came: sumOf(1), went: sumOf(-1) };
  });
  const [first, ...rest] = months;
  if (first === undefined) return 'No months in this period.';
  const most = rest.reduce((a, b) => (b.came > a.came ? b : a), first);
  const least = rest.reduce((a, b) => (b.went < a.went ? b : a), first);
  const came = most.came > 0 ? `Most came in ${monthWords(most.month)}, +${text(most.came)}` : 'Nothing came';
  const went = least.went < 0 ? `most went in ${monthWords(least.month)}, ${text(least.went)}` : 'nothing went';
  return `${came}; ${went}.`;
}

/** Start and movements beside the end, month by month, so that everybody can check that they add up. */
export function reconciliationTable({ period, currency, asOf }: RevenueReport, filters: Filters): ReportTable {
  const months = builtMonths(period);
  const { text, plain, unit } = moneyFormat(currency);
  const money = (value: number, door?: Door | null, title?: string): ReportTableCell => ({
    text: text(value),
    plain: plain(value),
    door,
    title,
  });
  const behind = (month: string, part: 'start' | 'end' | Movement): Door | null =>
    doorOf(revenueBehind(filters, { month, span: 'month', part }));
  const sums = movementSums(months);
  const labels = ['Between months', 'Start', ...MOVEMENT_ORDER.map((movement) => MOVEMENT_WORDS[movement]), 'End'];
  return {
    columns: [
      { label: 'Month', numeric: false },
      ...labels.map((label) => ({ label, numeric: true, fileLabel: `${label} (${unit})` })),
      { label: 'Accounts paying', numeric: true },
    ],
    rows: months.map((each, at) => ({
      key: each.month,
      cells: [
        textCell(titleOf(each, asOf)),
        at === 0
          ? { text: '–', plain: null }
          : money(each.revaluationMinor, null, 'other exchange rates, and accounts that came under the filters'),
        money(each.startMinor, behind(each.month, 'start')),
        ...MOVEMENT_ORDER.map((movement) => {
          const { accounts, amountMinor } = each.movements[movement];
          return money(amountMinor, accounts === 0 ? null : behind(each.month, movement), plural(accounts, 'account'));
        }),
        money(each.endMinor, behind(each.month, 'end')),
        { text: formatNumber(each.paying), plain: each.paying },
      ],
    })),
    foot: {
      key: 'sum',
      cells: [
        textCell('Whole period'),
        money(sums.revaluationMinor),
        money(sums.startMinor),
        ...MOVEMENT_ORDER.map((movement) => money(sums.sums[movement].amountMinor)),
        money(sums.endMinor),
        { text: '', plain: null },
      ],
    },
  };
}

/** True where start, movements and what happened between months make the end, in each month and over all of them. */
export function reconciles(months: readonly RevenueMonth[]): boolean {
  const adds = months.every(({ startMinor, movements, endMinor }) => {
    const moved = MOVEMENTS.reduce((sum, movement) => sum + movements[movement].amountMinor, 0);
    return startMinor + moved === endMinor;
  });
  const joined = months
    .slice(1)
    .every((month, at) => month.startMinor - month.revaluationMinor === months[at]?.endMinor);
  return adds && joined;
}

const NOBODY = 'nobody paid at the start';
const RETENTION_SERIES = [
  { key: 'netRetention', label: 'Net retention', part: 'start' },
  { key: 'grossRetention', label: 'Gross retention', part: 'start' },
  { key: 'logoChurn', label: 'Logo churn', part: 'lost' },
] as const;

/** What was kept of the twelve months that end with each month. */
export function retentionChart({ period, compared, currency, asOf }: RevenueReport, filters: Filters): ChartData {
  const months = builtMonths(period);
  const skipped = period.months.length - months.length;
  const then = compared?.months.slice(skipped, skipped + months.length);
  return {
    of: 'Month',
    columns: columnsOf(months, asOf),
    series: RETENTION_SERIES.map(({ key, label, part }, index) => ({
      key,
      label,
      look: seriesLook(index, ['blue', 'teal', 'orange'][index]),
      cells: months.map(({ month, built, trailingYear }): ChartCell => {
        const value = built ? trailingYear[key] : null;
        return {
          value,
          why: built ? NOBODY : 'not put down',
          note: retentionNote(trailingYear, key, currency),
          door: doorOf(revenueBehind(filters, { month, span: 'year', part })),
        };
      }),
      before: then?.map(({ built, trailingYear }) => ({ value: built ? trailingYear[key] : null })),
    })),
    before: spanWords(then?.filter(({ built }) => built)),
    format: PERCENT,
  };
}

/** What a rate of retention is made of: "$930 of $1,000", "3 of 80 accounts". */
export function retentionNote(
  { accounts, startMinor, keptMinor, endMinor, lostAccounts }: Retention,
  key: 'grossRetention' | 'netRetention' | 'logoChurn',
  currency: string,
): string {
  if (key === 'logoChurn') return `${formatNumber(lostAccounts)} of ${plural(accounts, 'account')}`;
  const part = key === 'grossRetention' ? keptMinor : endMinor;
  const { text } = wholeMoneyFormat(currency);
  return `${text(part)} of ${text(startMinor)}`;
}

/** "Over these months: gross retention 93.1 %, net retention 104 %, 3 of 80 accounts left." */
export function retentionWords({ grossRetention, netRetention, lostAccounts, accounts }: Retention): string {
  if (accounts === 0) return 'Nobody paid at the start, so nothing could be kept or lost.';
  return `Of what ${plural(accounts, 'account')} paid at the start, ${formatPercent(grossRetention, 1)} was kept and, with growth, ${formatPercent(netRetention, 1)} is paid at the end; ${formatNumber(lostAccounts)} left.`;
}
