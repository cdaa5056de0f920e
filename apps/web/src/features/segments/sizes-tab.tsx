import { SegmentedControl, SimpleGrid, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { DayLineChart } from '../../components/charts/day-line-chart.js';
import { EmptyState } from '../../components/ui/empty-state.js';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { Section } from '../../components/ui/section.js';
import { addDays } from '../../lib/days.js';
import { formatMoneyCompact, formatNumber } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import { type SegmentDetail, segmentSizesQuery } from './get-segment.js';
import { ruleChanges } from './rule-changes.js';

const route = getRouteApi('/shell/segments/$segmentId');
const RANGES = [
  { value: '30', label: '30 d' },
  { value: '90', label: '90 d' },
  { value: '180', label: '6 mo' },
  { value: '365', label: '1 y' },
];

/** Members and their ARR day by day; a line where the rule changed, because the days before it counted others. */
export function SizesTab({ segment }: { segment: SegmentDetail }) {
  const { range } = route.useSearch();
  const navigate = useNavigate();
  const { today, currency } = useMe().workspace;
  const days = RANGES.some(({ value }) => value === range) ? Number(range) : 90;
  const { data, error, refetch } = useQuery(segmentSizesQuery(segment.id, addDays(today, 1 - days)));
  const marks = ruleChanges(data ?? []);
  const axis = data?.map(({ day }) => day) ?? [];
  return (
    <Section
      title="Over time"
      note="At the close of each day, and as it is now"
      aside={
        <SegmentedControl
          aria-label="How far back"
          data={RANGES}
          value={String(days)}
          onChange={(next) =>
            void navigate({
              to: '.',
              search: (now) => ({ ...now, range: next === '90' ? undefined : next }),
              replace: true,
            })
          }
        />
      }
    >
      {error ? <LoadFailed title="The charts could not be loaded" error={error} onRetry={refetch} /> : null}
      {data || error ? null : <Skeleton h={236} />}
      {data && data.length < 2 ? (
        <EmptyState
          title="No history yet"
          text="A line begins when the segment has seen a day close. Come back tomorrow."
        />
      ) : null}
      {data && data.length > 1 ? (
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="sm">
          <DayLineChart
            label={segment.of === 'contact' ? 'Contacts' : 'Accounts'}
            days={axis}
            values={data.map(({ members }) => members)}
            format={(value) => formatNumber(value)}
            marks={marks}
          />
          <DayLineChart
            label="ARR"
            days={axis}
            values={data.map(({ arrMinor }) => arrMinor)}
            format={(value) => formatMoneyCompact(value, currency)}
            marks={marks}
          />
        </SimpleGrid>
      ) : null}
    </Section>
  );
}
