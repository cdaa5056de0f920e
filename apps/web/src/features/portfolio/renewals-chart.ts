import type { RenewalMonths } from '@steward/shared/portfolio';
import { type PageOfFigure, renewalsBehind } from '@steward/shared/portfolio-behind';
import type { RenewalState } from '@steward/shared/renewals';
import { monthShort, monthWords, STATE_WORDS } from '../../components/renewal/renewal-words.js';
import type { ChartCell, ChartData } from '../../components/report/chart-data.js';
import { doorOf } from '../../components/report/door.js';
import type { ReportTable, ReportTableCell } from '../../components/report/report-table.js';
import { BAD_LOOK, GOOD_LOOK, type SeriesLook } from '../../components/report/series-look.js';
import { COUNT, moneyCell, wholeMoneyFormat } from '../../components/report/value-formats.js';
import { formatMoneyWhole, formatNumber, formatPercent, plural } from '../../lib/format.js';

type Month = RenewalMonths['months'][number];
type Measured = Omit<Month, 'month'>;
export type RenewalMeasure = 'arr' | 'count';

/** What has ended well stands at the bottom, what is open in the middle, what was lost on top. */
const STACK: readonly { state: RenewalState; look: SeriesLook }[] = [
  { state: 'renewed', look: GOOD_LOOK('circle') },
  {
    state: 'renewedSmaller',
    look: { color: 'light-dark(var(--mantine-color-cyan-7), var(--mantine-color-cyan-4))', shape: 'square' },
  },
  { state: 'upcoming', look: { color: 'var(--text-dim)', shape: 'ring' } },
  { state: 'overdue', look: { color: 'var(--band-watch)', shape: 'diamond' } },
  { state: 'lost', look: BAD_LOOK('triangleDown') },
];

const AT_RISK_LOOK: SeriesLook = { color: 'var(--band-at-risk)', shape: 'triangleDown' };

interface Sum {
  renewals: number;
  arrMinor: number | null;
}

const cellOf = (
  { renewals, arrMinor }: Sum,
  measure: RenewalMeasure,
  currency: string,
  door: () => ReturnType<typeof doorOf>,
): ChartCell => ({
  value: measure === 'count' ? renewals : renewals === 0 ? 0 : arrMinor,
  note: measure === 'count' ? `${formatMoneyWhole(arrMinor, currency)} of ARR` : plural(renewals, 'renewal'),
  why: 'the amounts are not known',
  door: renewals === 0 ? null : door(),
});

const NO_SUM: Sum = { renewals: 0, arrMinor: null };
const columnsOf = (data: RenewalMonths) =>
  data.months.map(({ month }) => ({ key: month, label: monthShort(month), title: monthWords(month) }));

/** Renewals by the month they are due in, stacked by what became of them. */
export function renewalStacks(data: RenewalMonths, page: PageOfFigure, measure: RenewalMeasure): ChartData {
  return {
    of: 'Month',
    columns: columnsOf(data),
    series: STACK.map(({ state, look }) => ({
      key: state,
      label: STATE_WORDS[state],
      look,
      cells: data.months.map(({ month, byState }) =>
        cellOf(byState[state] ?? NO_SUM, measure, data.currency, () =>
          doorOf(renewalsBehind(page, null, { from: month, to: month }, { state })),
        ),
      ),
    })),
    format: measure === 'count' ? COUNT : wholeMoneyFormat(data.currency),
  };
}

/** What of the open renewals is at risk, by month. */
export function riskColumns(data: RenewalMonths, page: PageOfFigure, measure: RenewalMeasure): ChartData {
  return {
    of: 'Month',
    columns: columnsOf(data),
    series: [
      {
        key: 'atRisk',
        label: 'At risk',
        look: AT_RISK_LOOK,
        cells: data.months.map(({ month, atRisk }) =>
          cellOf(atRisk, measure, data.currency, () =>
            doorOf(renewalsBehind(page, null, { from: month, to: month }, { atRisk: true })),
          ),
        ),
      },
    ],
    format: measure === 'count' ? COUNT : wholeMoneyFormat(data.currency),
  };
}

const stateOf = ({ byState }: Measured, state: RenewalState): Sum => byState[state] ?? NO_SUM;
const openOf = (month: Measured): number => stateOf(month, 'upcoming').renewals + stateOf(month, 'overdue').renewals;

/** “40 renewals due, $1.2M: 12 renewed, 1 for less, 2 lost (87 % kept), 25 open, of which $80K at risk; $1M expected.” */
export function renewalWords({ total, currency }: RenewalMonths): string {
  const renewed = stateOf(total, 'renewed').renewals;
  const smaller = stateOf(total, 'renewedSmaller').renewals;
  const lost = stateOf(total, 'lost').renewals;
  const ended = renewed + smaller + lost;
  const money = (amount: number | null) => formatMoneyWhole(amount, currency);
  const kept = ended === 0 ? '' : ` (${formatPercent((100 * (renewed + smaller)) / ended)} kept)`;
  const open = openOf(total);
  const atRisk =
    total.atRisk.renewals === 0
      ? 'none of them at risk'
      : `of which ${formatNumber(total.atRisk.renewals)} with ${money(total.atRisk.arrMinor)} at risk`;
  const rest =
    open === 0 ? 'none open' : `${formatNumber(open)} open, ${atRisk}; ${money(total.weightedMinor)} expected`;
  return `${plural(total.due.renewals, 'renewal')} due, ${money(total.due.arrMinor)}: ${formatNumber(renewed)} renewed, ${formatNumber(smaller)} for less, ${formatNumber(lost)} lost${kept}, ${rest}.`;
}

/** Where the risk is: “$80K at risk (17 % of what is open), the most in January 2027 with $40K.” */
export function riskWords({ months, total, currency }: RenewalMonths): string {
  if (total.atRisk.renewals === 0) return 'No open renewal of these months is at risk.';
  const most = months.reduce((best, each) => ((each.atRisk.arrMinor ?? 0) > (best.atRisk.arrMinor ?? 0) ? each : best));
  const open = (stateOf(total, 'upcoming').arrMinor ?? 0) + (stateOf(total, 'overdue').arrMinor ?? 0);
  const share =
    open === 0 || total.atRisk.arrMinor === null
      ? ''
      : ` (${formatPercent((100 * total.atRisk.arrMinor) / open)} of what is open)`;
  return `${formatMoneyWhole(total.atRisk.arrMinor, currency)} at risk${share}, the most in ${monthWords(most.month)} with ${formatMoneyWhole(most.atRisk.arrMinor, currency)}.`;
}

/** Month by month, in numbers and amounts; for the table and the file. */
export function renewalTable(data: RenewalMonths, page: PageOfFigure): ReportTable {
  const { currency } = data;
  const money = (renewals: number, amount: number | null) => moneyCell(renewals === 0 ? 0 : amount, currency);
  const row = (key: string, label: string, each: Measured, span: { from: string; to: string }) => {
    const counted = (renewals: number, which: Parameters<typeof renewalsBehind>[3]): ReportTableCell => ({
      text: formatNumber(renewals),
      plain: renewals,
      door: renewals === 0 ? null : doorOf(renewalsBehind(page, null, span, which)),
    });
    return {
      key,
      cells: [
        { text: label, plain: label },
        counted(each.due.renewals, {}),
        money(each.due.renewals, each.due.arrMinor),
        ...STACK.map(({ state }) => counted(stateOf(each, state).renewals, { state })),
        counted(each.atRisk.renewals, { atRisk: true }),
        money(each.atRisk.renewals, each.atRisk.arrMinor),
        money(stateOf(each, 'renewed').renewals + stateOf(each, 'renewedSmaller').renewals, each.renewedMinor),
        money(openOf(each), each.weightedMinor),
      ],
    };
  };
  const amount = (label: string) => ({ label, numeric: true, fileLabel: `${label} (${currency})` });
  const [first, last] = [data.months[0]?.month, data.months.at(-1)?.month];
  return {
    columns: [
      { label: 'Month', numeric: false },
      { label: 'Due', numeric: true },
      amount('ARR due'),
      ...STACK.map(({ state }) => ({ label: STATE_WORDS[state], numeric: true })),
      { label: 'At risk', numeric: true },
      amount('ARR at risk'),
      amount('Renewed at'),
      amount('Expected'),
    ],
    rows: data.months.map((each) =>
      row(each.month, monthWords(each.month), each, { from: each.month, to: each.month }),
    ),
    ...(first !== undefined &&
      last !== undefined && { foot: row('total', 'All months', data.total, { from: first, to: last }) }),
  };
}
