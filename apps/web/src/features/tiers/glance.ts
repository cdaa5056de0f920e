import type { ReportFilters } from '@steward/shared/report-filters';
import {
  behindTierFigure,
  type TierCell,
  type TierPerformance,
  type TierPoint,
} from '@steward/shared/tier-performance';
import { type Door, doorOf } from '../../components/report/door.js';
import type { ReportTable, ReportTableCell } from '../../components/report/report-table.js';
import { textCell } from '../../components/report/report-table.js';
import { formatNumber, NONE } from '../../lib/format.js';
import { labelOfTier, shownPoints, tiersOf } from './tier-charts.js';
import { anyBehind, type FigureValue, figureValue, TIER_FIGURES, type TierFigure } from './tier-figures.js';

/** All figures of each tier side by side: as they stand now, and by how much they differ from the period compared with. */

export interface GlanceCell extends FigureValue {
  figure: TierFigure;
  text: string;
  /** Value less that of the period compared with; null where either is not known, or nothing is compared. */
  change: number | null;
  before: string | null;
  door: Door | null;
}

export interface GlanceRow {
  key: string;
  label: string;
  cells: GlanceCell[];
}

export interface Glance {
  /** Today, or the last month that is shown. */
  point: TierPoint;
  live: boolean;
  rows: GlanceRow[];
  compares: boolean;
}

interface GlanceInput {
  data: TierPerformance;
  /** As computed now; null where the period ends before. */
  today: TierPoint | null;
  filters: Partial<ReportFilters>;
}

/** Null: no month of the period is put down, and nothing is told of today. */
export function glanceOf({ data, today, filters }: GlanceInput): Glance | null {
  const { points, before } = shownPoints(data);
  const point = today ?? points.at(-1);
  if (point === undefined) return null;
  const keys = [...tiersOf([point]), undefined];
  const rows = keys.map((tier): GlanceRow => {
    const at = (each: TierPoint | null | undefined): TierCell | null => cellAt(each ?? null, tier);
    return {
      key: tier === undefined ? 'all' : (tier ?? 'none'),
      label: tier === undefined ? 'All tiers' : labelOfTier(data.tiers, tier),
      cells: TIER_FIGURES.map((figure) => {
        const now = figure.adds
          ? summed(figure, points.map(at), data.currency)
          : figureValue(figure, at(point), data.currency);
        const then = before && beforeOf(figure, before.map(at), data.currency);
        const live = today !== null && !figure.adds;
        return {
          ...now,
          figure,
          text: now.value === null ? NONE : figure.format(data.currency).text(now.value),
          change: now.value === null || then?.value == null ? null : now.value - then.value,
          before: then?.value == null ? null : figure.format(data.currency).text(then.value),
          door: anyBehind(figure, at(point))
            ? doorOf(behindTierFigure({ filters, day: point.day, live, tier, month: point.month }, figure.key))
            : null,
        };
      }),
    };
  });
  return { point, live: today !== null, rows, compares: before !== null };
}

function cellAt(point: TierPoint | null, tier: string | null | undefined): TierCell | null {
  if (!point?.built) return null;
  return tier === undefined ? point.all : (point.tiers.find((each) => each.tier === tier) ?? null);
}

const beforeOf = (figure: TierFigure, cells: (TierCell | null)[], currency: string): FigureValue =>
  figure.adds ? summed(figure, cells, currency) : figureValue(figure, cells.at(-1) ?? null, currency);

/** Of what happens in months the period as a whole: all parts over all that they are parts of. */
function summed(figure: TierFigure, cells: readonly (TierCell | null)[], currency: string): FigureValue {
  const { key, note, why } = figure;
  if (key === 'accounts' || key === 'arr') return { value: null, why };
  const ratios = cells.flatMap((cell) => (cell === null ? [] : [cell.ratios[key]]));
  const part = ratios.reduce((sum, ratio) => sum + ratio.part, 0);
  const of = ratios.reduce((sum, ratio) => sum + ratio.of, 0);
  if (of === 0) return { value: null, why };
  const scale = key === 'alertsPerAccount' ? 1 : 100;
  const value = (scale * part) / of;
  return { value, note: note?.({ value, part, of }, currency) };
}

/** How a difference is written: points of a share, per cent of an amount. */
export function changeText({ figure, change, value }: GlanceCell): string | null {
  if (change === null || value === null) return null;
  if (change === 0) return '0';
  const sign = change > 0 ? '+' : '−';
  const size = Math.abs(change);
  if (figure.key === 'accounts') return `${sign}${formatNumber(size)}`;
  if (figure.key === 'arr') {
    const before = value - change;
    return before === 0 ? null : `${sign}${formatNumber((100 * size) / before, 1)} %`;
  }
  if (figure.key === 'meanScore') return `${sign}${formatNumber(size, 1)}`;
  return figure.key === 'alertsPerAccount' ? `${sign}${formatNumber(size, 2)}` : `${sign}${formatNumber(size, 1)} pts`;
}

/** Good or bad news, or neither: of no change, and of what may go either way. */
export function newsOf({ figure, change }: GlanceCell): 'good' | 'bad' | null {
  if (change === null || change === 0 || figure.better === 'none') return null;
  return change > 0 === (figure.better === 'up') ? 'good' : 'bad';
}

/** The same for the file. */
export function glanceTable({ rows, compares }: Glance, currency: string): ReportTable {
  const columns = TIER_FIGURES.flatMap((figure) => {
    const { unit } = figure.format(currency);
    const label = unit === undefined ? figure.title : `${figure.title} (${unit})`;
    const column = (text: string) => ({ label: text, numeric: true });
    return compares ? [column(label), column(`${label}, change`)] : [column(label)];
  });
  return {
    columns: [{ label: 'Tier', numeric: false }, ...columns],
    rows: rows.map(({ key, label, cells }) => ({
      key,
      cells: [
        textCell(label),
        ...cells.flatMap((cell): ReportTableCell[] => {
          const { plain } = cell.figure.format(currency);
          const value = { text: cell.text, plain: cell.value === null ? null : plain(cell.value) };
          const change = { text: changeText(cell) ?? '', plain: cell.change === null ? null : plain(cell.change) };
          return compares ? [value, change] : [value];
        }),
      ],
    })),
  };
}

/** "Tier 1: 12 accounts, score 71.2, net retention 104 %; …" of the tiers that have accounts. */
export function glanceWords({ rows }: Glance): string {
  const shown = rows.filter(({ cells }) =>
    cells.some(({ figure, value }) => figure.key === 'accounts' && (value ?? 0) > 0),
  );
  const words = shown.map(({ label, cells }) => {
    const told = (['meanScore', 'netRetention'] as const).flatMap((key) => {
      const cell = cells.find(({ figure }) => figure.key === key);
      return cell?.value == null ? [] : [`${key === 'meanScore' ? 'mean score' : 'net retention'} ${cell.text}`];
    });
    const accounts = cells.find(({ figure }) => figure.key === 'accounts');
    return `${label}: ${[`${accounts?.text} ${accounts?.value === 1 ? 'account' : 'accounts'}`, ...told].join(', ')}`;
  });
  return words.length === 0 ? 'No tier has accounts.' : `${words.join('; ')}.`;
}
