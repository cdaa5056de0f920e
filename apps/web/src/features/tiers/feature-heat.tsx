import type { ReportFilters } from '@steward/shared/report-filters';
import { accountsBehind } from '@steward/shared/report-filters';
import type { TierFeatures, TierPerformance } from '@steward/shared/tier-performance';
import { monthWords } from '../../components/renewal/renewal-words.js';
import { ChartCard } from '../../components/report/chart-card.js';
import { heatWords } from '../../components/report/chart-words.js';
import { doorOf } from '../../components/report/door.js';
import { type HeatData, HeatMap, heatTable } from '../../components/report/heat-map.js';
import { PERCENT } from '../../components/report/value-formats.js';
import { formatNumber, plural } from '../../lib/format.js';
import { labelOfTier } from './tier-charts.js';

interface FeatureHeatProps {
  data: TierFeatures;
  tiers: TierPerformance['tiers'];
  filters: Partial<ReportFilters>;
}

/** Which share of each tier's accounts used which feature; each cell leads to those that did. */
export function FeatureHeat({ data, tiers, filters }: FeatureHeatProps) {
  const heat = featureHeat({ data, tiers, filters });
  return (
    <ChartCard
      title="Features by tier"
      means={`Of the live accounts of each tier, those that used the feature in ${monthWords(data.month)}.`}
      summary={heatWords(heat)}
      table={heatTable(heat)}
      day={data.asOf}
      wide
      empty={emptyWords(data)}
    >
      <HeatMap label="Features by tier" data={heat} />
    </ChartCard>
  );
}

function emptyWords({ features, rows, built, month }: TierFeatures): string | null {
  if (features.length === 0)
    return 'No feature is tracked yet: events name a feature, or the admin maps names to features.';
  if (!built) return `There are no figures for ${monthWords(month)}.`;
  return rows.every(({ accounts }) => accounts === 0) ? 'No live account was in these tiers.' : null;
}

/** Features down, most used first; tiers across. */
export function featureHeat({ data, tiers, filters }: FeatureHeatProps): HeatData {
  const shown = data.rows.filter(({ tier, accounts }) => tier !== null || accounts > 0);
  const used = (at: number): number => shown.reduce((sum, row) => sum + (row.used[at]?.part ?? 0), 0);
  const order = data.features.map((feature, at) => ({ ...feature, at })).sort((a, b) => used(b.at) - used(a.at));
  return {
    of: 'Feature',
    rows: order.map(({ key, label }) => ({ key, label })),
    columns: shown.map(({ tier, accounts }) => ({
      key: tier ?? '',
      label: labelOfTier(tiers, tier),
      note: plural(accounts, 'account'),
    })),
    cells: order.map(({ key, at }) =>
      shown.map(({ tier, used: ratios, compared }) => {
        const ratio = ratios[at];
        if (ratio === undefined || ratio.value === null) return { value: null, why: 'no accounts' };
        const before = compared?.[at]?.value;
        const was = before == null ? '' : `, before ${PERCENT.text(before)}`;
        return {
          value: ratio.value,
          note: `${formatNumber(ratio.part)} of ${plural(ratio.of, 'account')}${was}`,
          door: doorOf(
            accountsBehind({ filters, day: data.day, live: false, tier }, { kind: 'feature', feature: key }),
          ),
        };
      }),
    ),
    text: (value) => PERCENT.short(value),
    plain: PERCENT.plain,
    unit: '%',
    most: 100,
  };
}
