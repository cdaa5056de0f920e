import { SegmentedControl, Select, SimpleGrid, Skeleton } from '@mantine/core';
import type { AccountDetail, Series } from '@steward/shared/accounts';
import type { CatalogueField } from '@steward/shared/catalogue';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { DayLineChart } from '../../components/charts/day-line-chart.js';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { Section } from '../../components/ui/section.js';
import { fieldOf, useCatalogue } from '../../lib/catalogue.js';
import { addDays, formatDay } from '../../lib/days.js';
import { formatNumber, formatScore } from '../../lib/format.js';
import { useBandBorders } from '../../lib/health-profiles.js';
import { useCurrency } from '../../lib/me.js';
import { formatSignal } from '../../lib/signal-value.js';
import { seriesQuery } from './get-series.js';

const route = getRouteApi('/shell/accounts/$accountId');
const DEFAULT_FIELDS = [
  'health.score',
  'usage.active_contacts',
  'usage.seat_utilization',
  'adoption.breadth',
  'support.open_tickets',
  'relationship.days_since_touch',
];
const RANGES = [
  { value: '30', label: '30 d' },
  { value: '90', label: '90 d' },
  { value: '180', label: '6 mo' },
  { value: '365', label: '1 y' },
];
const NUMERIC = ['number', 'money', 'percent'];

/** One chart a signal over the same days; which ones and how far back stand in the address. */
export function SignalCharts({ account }: { account: AccountDetail }) {
  const { chart, range = '90' } = route.useSearch();
  const navigate = useNavigate();
  const catalogue = useCatalogue();
  const chosen = (chart?.split(',') ?? DEFAULT_FIELDS).filter((key) => fieldOf(catalogue, key) !== null);
  const to = account.asOf;
  const days = RANGES.some((each) => each.value === range) ? Number(range) : 90;
  const from = addDays(to, 1 - days);
  const { data, error, refetch } = useQuery({
    ...seriesQuery(account.id, chosen, from, to),
    enabled: chosen.length > 0,
  });
  const setChosen = (fields: readonly string[]) =>
    void navigate({ to: '.', search: (now) => ({ ...now, chart: fields.join(',') }), replace: true });
  const more = catalogue.filter(
    (field) => NUMERIC.includes(field.type) && !chosen.includes(field.key) && isSeries(field),
  );

  return (
    <Section
      title="Signals over time"
      note={`${formatDay(from)} to ${formatDay(to)}`}
      aside={
        <>
          <Select
            aria-label="Add a chart"
            placeholder="Add a chart"
            searchable
            w={190}
            data={more.map((field) => ({ value: field.key, label: field.label }))}
            value={null}
            onChange={(key) => key && setChosen([...chosen, key])}
          />
          <SegmentedControl
            aria-label="How far back"
            data={RANGES}
            value={String(days)}
            onChange={(next) => void navigate({ to: '.', search: (now) => ({ ...now, range: next }), replace: true })}
          />
        </>
      }
    >
      {error ? <LoadFailed title="The charts could not be loaded" error={error} onRetry={refetch} /> : null}
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="sm">
        {chosen.map((key) =>
          data ? (
            <SignalChart
              key={key}
              field={fieldOf(catalogue, key)}
              fieldKey={key}
              series={data}
              onRemove={() => setChosen(chosen.filter((each) => each !== key))}
            />
          ) : error ? null : (
            <Skeleton key={key} h={236} />
          ),
        )}
      </SimpleGrid>
    </Section>
  );
}

/** Fields that have a value a day: signals, the score, and money and seats kept in snapshots. */
const isSeries = (field: CatalogueField): boolean => field.history === 'snapshot';

interface SignalChartProps {
  field: CatalogueField | null;
  fieldKey: string;
  series: Series;
  onRemove: () => void;
}

function SignalChart({ field, fieldKey, series, onRemove }: SignalChartProps) {
  const currency = useCurrency();
  const borders = useBandBorders();
  const isScore = fieldKey === 'health.score';
  const zones =
    isScore && borders
      ? [
          { from: 0, to: borders.watchFrom, color: 'var(--band-at-risk)' },
          { from: borders.watchFrom, to: borders.healthyFrom, color: 'var(--band-watch)' },
          { from: borders.healthyFrom, to: 100, color: 'var(--band-healthy)' },
        ]
      : [];
  const format = (value: number) => {
    if (isScore) return formatScore(value);
    if (field?.type === 'money') return formatSignal(value, 'money', currency);
    return field?.type === 'percent' ? formatSignal(value, 'percent', currency) : formatNumber(value, 1);
  };
  return (
    <DayLineChart
      label={field?.label ?? fieldKey}
      days={series.days}
      values={series.values[fieldKey] ?? []}
      format={format}
      domain={isScore ? [0, 100] : undefined}
      zones={zones}
      marks={isScore ? series.modelChanges.map(({ day, to }) => ({ day, text: `Model: ${to}` })) : []}
      onRemove={onRemove}
    />
  );
}
