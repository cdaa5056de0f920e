import { BANDS, type Band } from '@steward/shared/common';
import type { ReportFilters } from '@steward/shared/report-filters';
import {
  behindTierFigure,
  type TierCell,
  type TierPerformance,
  type TierPoint,
} from '@steward/shared/tier-performance';
import { monthShort, monthWords } from '../../components/renewal/renewal-words.js';
import type { ChartCell, ChartColumn, ChartData, ChartSeries } from '../../components/report/chart-data.js';
import { doorOf } from '../../components/report/door.js';
import { spanWords } from '../../components/report/months.js';
import { bandLook, seriesLook } from '../../components/report/series-look.js';
import { COUNT, PERCENT } from '../../components/report/value-formats.js';
import { BAND_WORDS } from '../../components/ui/band.js';
import { formatDay } from '../../lib/days.js';
import { plural } from '../../lib/format.js';
import { anyBehind, figureValue, type TierFigure } from './tier-figures.js';

export const WITHOUT_TIER = 'Without a tier';

type Tiers = TierPerformance['tiers'];
type Filters = Partial<ReportFilters>;

export const labelOfTier = (tiers: Tiers, key: string | null): string =>
  key === null ? WITHOUT_TIER : (tiers.find((tier) => tier.key === key)?.label ?? key);

/** Months before the first that is put down say nothing: they are left out, and those they are compared with, too. */
export function shownPoints(data: TierPerformance): { points: TierPoint[]; before: (TierPoint | null)[] | null } {
  const first = data.points.findIndex(({ built }) => built);
  const from = first < 0 ? data.points.length : first;
  const points = data.points.slice(from);
  return { points, before: data.compared && points.map((_, at) => data.compared?.points[from + at] ?? null) };
}

/** The tiers that any month has; accounts without a tier only where there are some. */
export function tiersOf(points: readonly TierPoint[]): (string | null)[] {
  const keys = points.flatMap(({ tiers }) => tiers.map(({ tier }) => tier));
  const some = (key: string | null) => points.some((point) => (cellOf(point, key)?.accounts ?? 0) > 0);
  return [...new Set(keys)].filter((key) => key !== null || some(null));
}

const cellOf = (point: TierPoint | null, tier: string | null): TierCell | null =>
  point?.built ? (point.tiers.find((each) => each.tier === tier) ?? null) : null;

const monthColumn = ({ month, day }: TierPoint, asOf: string): ChartColumn => ({
  key: month,
  label: monthShort(month),
  // The running month is told up to the last day that was closed.
  title: day < asOf && asOf.startsWith(month) ? `${monthWords(month)}, up to ${formatDay(day)}` : monthWords(month),
});

/** A figure of each tier by month. */
export function tierChart(data: TierPerformance, figure: TierFigure, filters: Filters): ChartData {
  const { points, before } = shownPoints(data);
  const series = tiersOf(points).map((tier, index): ChartSeries => {
    const cell = (point: TierPoint): ChartCell => {
      const at = cellOf(point, tier);
      const place = { filters, day: point.day, live: false, tier, month: point.month };
      return {
        ...figureValue(figure, at, data.currency),
        door: anyBehind(figure, at) ? doorOf(behindTierFigure(place, figure.key)) : null,
      };
    };
    return {
      key: tier ?? '',
      label: labelOfTier(data.tiers, tier),
      look: seriesLook(index, data.tiers.find(({ key }) => key === tier)?.color),
      cells: points.map(cell),
      before: before?.map((point) => figureValue(figure, cellOf(point, tier), data.currency)),
    };
  });
  return {
    of: 'Month',
    columns: points.map((point) => monthColumn(point, data.asOf)),
    series,
    before: spanWords(before?.filter((point) => point?.built)),
    format: figure.format(data.currency),
  };
}

const BAND_FIGURES: Record<Band, 'atRisk' | 'watch' | 'healthy' | 'unknown'> = {
  at_risk: 'atRisk',
  watch: 'watch',
  healthy: 'healthy',
  unknown: 'unknown',
};

/** How many accounts stand in each band, by month, over all tiers that are shown. */
export function bandsByMonth(data: TierPerformance, filters: Filters): ChartData {
  const { points } = shownPoints(data);
  const series = BANDS.map((band): ChartSeries => {
    const figure = BAND_FIGURES[band];
    return {
      key: band,
      label: BAND_WORDS[band],
      look: bandLook(band),
      cells: points.map(({ all, built, day, month }) => ({
        value: built ? all.ratios[figure].part : null,
        why: 'not put down',
        door:
          all.ratios[figure].part > 0 ? doorOf(behindTierFigure({ filters, day, live: false, month }, figure)) : null,
      })),
    };
  });
  return { of: 'Month', columns: points.map((point) => monthColumn(point, data.asOf)), series, format: COUNT };
}

/** The bands of each tier at the end of the period, in per cent. */
export function bandsByTier(data: TierPerformance, filters: Filters): ChartData {
  const point = shownPoints(data).points.at(-1);
  const tiers = point === undefined ? [] : tiersOf([point]);
  const cellOfBand = (band: Band, tier: string | null): ChartCell => {
    const ratio = cellOf(point ?? null, tier)?.ratios[BAND_FIGURES[band]];
    if (point === undefined || ratio === undefined || ratio.value === null) return { value: null, why: 'no accounts' };
    return {
      value: ratio.value,
      note: `${ratio.part} of ${plural(ratio.of, 'account')}`,
      door: doorOf(
        behindTierFigure({ filters, day: point.day, live: false, tier, month: point.month }, BAND_FIGURES[band]),
      ),
    };
  };
  return {
    of: 'Tier',
    columns: tiers.map((tier) => {
      const label = labelOfTier(data.tiers, tier);
      return { key: tier ?? '', label, title: label };
    }),
    series: BANDS.map((band) => ({
      key: band,
      label: BAND_WORDS[band],
      look: bandLook(band),
      cells: tiers.map((tier) => cellOfBand(band, tier)),
    })),
    format: PERCENT,
  };
}

/** "Tier 1: 12 % at risk, 60 % healthy; Tier 2: no accounts." for the bands of tiers. */
export function bandsByTierWords({ columns, series, format }: ChartData): string {
  const words = columns.map(({ title }, at) => {
    const shares = series.flatMap(({ label, cells }) => {
      const value = cells[at]?.value ?? 0;
      return value === 0 ? [] : [`${format.text(value)} ${label.toLowerCase()}`];
    });
    return `${title}: ${shares.length === 0 ? 'no accounts' : shares.join(', ')}`;
  });
  const some = series.some(({ cells }) => cells.some(({ value }) => (value ?? 0) > 0));
  return some ? `${words.join('; ')}.` : 'No tier has accounts.';
}
