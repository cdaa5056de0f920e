import type { BandMovement } from '@steward/shared/portfolio';
import { BANDS_OR_NONE, type BandOrNone } from '@steward/shared/report-parts';
import type { ReportTable } from '../../components/report/report-table.js';
import { moneyCell } from '../../components/report/value-formats.js';
import { BAND_WORDS } from '../../components/ui/band.js';
import { formatMoneyCompact, formatMoneyWhole, formatNumber, plural } from '../../lib/format.js';

/** Rows and columns of the matrix: the worst first; `none`: not live on that day. */
export const MATRIX_BANDS: readonly BandOrNone[] = ['at_risk', 'watch', 'healthy', 'unknown', 'none'];

export type Direction = 'better' | 'worse' | 'same' | 'other';

const RANK: Partial<Record<BandOrNone, number>> = { at_risk: 0, watch: 1, healthy: 2 };

/** Only moves between at risk, watch and healthy are for the better or the worse. */
export function directionOf(from: BandOrNone, to: BandOrNone): Direction {
  if (from === to) return 'same';
  const [was, is] = [RANK[from], RANK[to]];
  if (was === undefined || is === undefined) return 'other';
  return is > was ? 'better' : 'worse';
}

/** What a band is called at the head of a row (on the first day) or of a column (on the second). */
export function bandTitle(band: BandOrNone, side: 'from' | 'to'): string {
  if (band !== 'none') return BAND_WORDS[band];
  return side === 'from' ? 'Not there yet' : 'Gone';
}

export type MatrixCell = BandMovement['cells'][number];

export const cellOf = ({ cells }: BandMovement, from: BandOrNone, to: BandOrNone): MatrixCell =>
  cells.find((cell) => cell.from === from && cell.to === to) ?? { from, to, accounts: 0, arrMinor: null };

/** “3 better ($12K), 5 worse ($80K), 90 the same.” */
export function movementWords({ better, worse, same, cells, currency }: BandMovement): string {
  const money = (arrMinor: number | null) => (arrMinor === null ? '' : ` (${formatMoneyCompact(arrMinor, currency)})`);
  const came = sumOf(cells.filter(({ from, to }) => from === 'none' && to !== 'none'));
  const gone = sumOf(cells.filter(({ from, to }) => to === 'none' && from !== 'none'));
  const words = [
    `${formatNumber(better.accounts)} better${money(better.arrMinor)}`,
    `${formatNumber(worse.accounts)} worse${money(worse.arrMinor)}`,
    `${formatNumber(same.accounts)} in the same band`,
    ...(came === 0 ? [] : [`${formatNumber(came)} came`]),
    ...(gone === 0 ? [] : [`${formatNumber(gone)} ${gone === 1 ? 'is' : 'are'} gone`]),
  ];
  return `${words.join(', ')}.`;
}

const sumOf = (cells: readonly MatrixCell[]): number => cells.reduce((sum, { accounts }) => sum + accounts, 0);

export const isEmptyMatrix = ({ cells }: BandMovement): boolean => sumOf(cells) === 0;

/** One row a move, as a file wants it. */
export function movementTable(data: BandMovement): ReportTable {
  const { currency } = data;
  return {
    columns: [
      { label: 'From', numeric: false },
      { label: 'To', numeric: false },
      { label: 'Accounts', numeric: true },
      { label: 'ARR', numeric: true, fileLabel: `ARR (${currency})` },
    ],
    rows: BANDS_OR_NONE.flatMap((from) =>
      BANDS_OR_NONE.map((to) => cellOf(data, from, to)).flatMap(({ to, accounts, arrMinor }) =>
        accounts === 0
          ? []
          : [
              {
                key: `${from}-${to}`,
                cells: [
                  { text: bandTitle(from, 'from'), plain: bandTitle(from, 'from') },
                  { text: bandTitle(to, 'to'), plain: bandTitle(to, 'to') },
                  { text: formatNumber(accounts), plain: accounts },
                  moneyCell(arrMinor, currency),
                ],
              },
            ],
      ),
    ),
  };
}

/** What a cell says: “5 accounts from healthy to at risk, $80,000 of ARR”. */
export function moveWords({ from, to, accounts, arrMinor }: MatrixCell, currency: string): string {
  const between =
    from === to
      ? `stayed ${bandTitle(from, 'from').toLowerCase()}`
      : `from ${bandTitle(from, 'from').toLowerCase()} to ${bandTitle(to, 'to').toLowerCase()}`;
  const arr = arrMinor === null ? '' : `, ${formatMoneyWhole(arrMinor, currency)} of ARR`;
  return `${plural(accounts, 'account')} ${between}${arr}`;
}
