import type { ChurnReasonsReport } from '@steward/shared/portfolio';
import { churnBehind, type PageOfFigure } from '@steward/shared/portfolio-behind';
import { monthShort, monthsWords, monthWords } from '../../components/renewal/renewal-words.js';
import type { ChartData } from '../../components/report/chart-data.js';
import { doorOf } from '../../components/report/door.js';
import type { ReportTable, ReportTableCell } from '../../components/report/report-table.js';
import { BAD_LOOK } from '../../components/report/series-look.js';
import { moneyCell, wholeMoneyFormat } from '../../components/report/value-formats.js';
import { formatMoneyWhole, formatNumber, formatPercent, NONE, plural } from '../../lib/format.js';

type Lost = { accounts: number; arrLostMinor: number | null };

/** Whether we could have done something about it; null: nobody has said. */
export const influenceWords = (canInfluence: boolean | null): string =>
  canInfluence === null ? 'Not known' : canInfluence ? 'We can influence' : 'We cannot influence';

const NO_REASON = 'No reason recorded';

/** ARR lost by the month customers left in. */
export function churnColumns(data: ChurnReasonsReport, page: PageOfFigure): ChartData {
  const { months, from, currency } = data;
  return {
    of: 'Month',
    columns: months.map(({ month }) => ({ key: month, label: monthShort(month), title: monthWords(month) })),
    series: [
      {
        key: 'lost',
        label: 'ARR lost',
        look: BAD_LOOK('triangleDown'),
        cells: months.map(({ month, accounts, arrLostMinor }) => ({
          value: accounts === 0 ? 0 : arrLostMinor,
          note: `${plural(accounts, 'customer')} left`,
          why: `${plural(accounts, 'customer')} left, of unknown ARR`,
          door: accounts === 0 ? null : doorOf(churnBehind(page, from, { month })),
        })),
      },
    ],
    format: wholeMoneyFormat(currency),
  };
}

/** “7 customers left with $90K of ARR; the first reason is price with $40K (44 %); we can influence 60 % of it.” */
export function churnWords({ total, reasons, influence, arrUnknown, currency }: ChurnReasonsReport): string {
  if (total.accounts === 0) return 'No customer left in these months.';
  const arr = total.arrLostMinor ?? 0;
  const share = (minor: number | null) =>
    arr === 0 || minor === null ? '' : ` (${formatPercent((100 * minor) / arr)})`;
  const first = reasons.find(({ reason }) => reason !== null);
  const can = influence.find(({ canInfluence }) => canInfluence === true);
  return [
    `${plural(total.accounts, 'customer')} left with ${formatMoneyWhole(total.arrLostMinor, currency)} of ARR`,
    arrUnknown > 0 ? `of ${formatNumber(arrUnknown)} the ARR is not known` : null,
    first === undefined
      ? 'no reasons are recorded'
      : `what cost most is “${first.reason}” with ${formatMoneyWhole(first.arrLostMinor, currency)}${share(first.arrLostMinor)}`,
    can === undefined || can.accounts === 0
      ? null
      : `what we can influence cost ${formatMoneyWhole(can.arrLostMinor, currency)}${share(can.arrLostMinor)}`,
  ]
    .filter((each) => each !== null)
    .join('; ')
    .concat('.');
}

/** What the months before cost, beside those of now. */
export function comparedWords(
  { total, currency }: ChurnReasonsReport,
  before: Pick<ChurnReasonsReport, 'total' | 'from' | 'to'>,
): string {
  const then =
    before.total.accounts === 0
      ? 'no customer left'
      : `${plural(before.total.accounts, 'customer')} left with ${formatMoneyWhole(before.total.arrLostMinor, currency)} of ARR`;
  const change = (total.arrLostMinor ?? 0) - (before.total.arrLostMinor ?? 0);
  const isKnown = [total, before.total].every(({ accounts, arrLostMinor }) => accounts === 0 || arrLostMinor !== null);
  const more =
    change === 0 ? 'as much' : `${formatMoneyWhole(Math.abs(change), currency)} ${change > 0 ? 'less' : 'more'}`;
  return `In ${monthsWords(before)} ${then}${isKnown ? `: ${more}` : ''}.`;
}

interface Line extends Lost {
  key: string;
  /** The same of the months before; absent where nothing is compared. */
  before?: Lost;
  label: string;
  note?: string;
  which: Parameters<typeof churnBehind>[2];
}

function lostTable(
  data: ChurnReasonsReport,
  page: PageOfFigure,
  {
    of,
    withNote,
    lines,
    before,
  }: { of: string; withNote: string | null; lines: readonly Line[]; before?: Lost | undefined },
): ReportTable {
  const { currency, total, from } = data;
  const money = ({ accounts, arrLostMinor }: Lost) => moneyCell(accounts === 0 ? 0 : arrLostMinor, currency);
  const cells = ({ label, note, which, accounts, arrLostMinor, before: then }: Line): ReportTableCell[] => {
    const arr = total.arrLostMinor;
    const share = arr === null || arr === 0 || arrLostMinor === null ? null : (100 * arrLostMinor) / arr;
    return [
      { text: label, plain: label },
      ...(withNote === null ? [] : [{ text: note ?? NONE, plain: note ?? null }]),
      {
        text: formatNumber(accounts),
        plain: accounts,
        door: accounts === 0 ? null : doorOf(churnBehind(page, from, which)),
      },
      money({ accounts, arrLostMinor }),
      { text: formatPercent(share), plain: share === null ? null : Math.round(share * 10) / 10 },
      ...(then === undefined ? [] : [{ text: formatNumber(then.accounts), plain: then.accounts }, money(then)]),
    ];
  };
  return {
    columns: [
      { label: of, numeric: false },
      ...(withNote === null ? [] : [{ label: withNote, numeric: false }]),
      { label: 'Customers', numeric: true },
      { label: 'ARR lost', numeric: true, fileLabel: `ARR lost (${currency})` },
      { label: 'Of the ARR', numeric: true, fileLabel: 'Of the ARR (%)' },
      ...(before === undefined
        ? []
        : [
            { label: 'Customers before', numeric: true },
            { label: 'ARR lost before', numeric: true, fileLabel: `ARR lost before (${currency})` },
          ]),
    ],
    rows: lines.map((line) => ({ key: line.key, cells: cells(line) })),
    foot: { key: 'total', cells: cells({ key: 'total', label: 'All', note: '', which: {}, ...total, before }) },
  };
}

const NOBODY: Lost = { accounts: 0, arrLostMinor: 0 };

/** With the months before: reasons that nobody left for any more stand below those of now. */
export function reasonTable(
  data: ChurnReasonsReport,
  page: PageOfFigure,
  before: ChurnReasonsReport | null = null,
): ReportTable {
  const thenOf = (wanted: string | null) => before?.reasons.find(({ reason }) => reason === wanted);
  const isNow = (wanted: string | null) => data.reasons.some(({ reason }) => reason === wanted);
  const past = (before?.reasons ?? []).filter(({ reason }) => !isNow(reason));
  return lostTable(data, page, {
    of: 'Reason',
    withNote: 'Whether we can influence it',
    before: before?.total,
    lines: [...data.reasons, ...past.map((each) => ({ ...each, ...NOBODY }))].map(
      ({ reason, canInfluence, accounts, arrLostMinor }) => ({
        accounts,
        arrLostMinor,
        key: reason ?? '',
        label: reason ?? NO_REASON,
        note: influenceWords(canInfluence),
        which: { reason },
        ...(before === null ? {} : { before: thenOf(reason) ?? NOBODY }),
      }),
    ),
  });
}

export const influenceTable = (data: ChurnReasonsReport, page: PageOfFigure): ReportTable =>
  lostTable(data, page, {
    of: 'Could it be influenced?',
    withNote: null,
    lines: data.influence.map(({ canInfluence, ...lost }) => ({
      ...lost,
      key: String(canInfluence),
      label: influenceWords(canInfluence),
      which: { canInfluence },
    })),
  });

export const competitorTable = (data: ChurnReasonsReport, page: PageOfFigure): ReportTable =>
  lostTable(data, page, {
    of: 'Went to',
    withNote: null,
    lines: data.competitors.map(({ competitor, ...lost }) => ({
      ...lost,
      key: competitor,
      label: competitor,
      which: { competitor },
    })),
  });
