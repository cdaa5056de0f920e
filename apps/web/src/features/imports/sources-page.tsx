import { Group, Select, Skeleton, Table, Text } from '@mantine/core';
import type { IsoDay } from '@steward/shared/common';
import { factKindInfo } from '@steward/shared/fact-kinds';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { EmptyState } from '../../components/ui/empty-state.js';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { Section } from '../../components/ui/section.js';
import { ago, formatDay, formatInstant } from '../../lib/days.js';
import { formatNumber } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import { sourcesQuery, useUpdateSource } from './sources.js';

const COVERS = [
  { value: 'all', label: 'all accounts: silence means none' },
  { value: 'seen', label: 'accounts seen: silence means not known' },
];

/** Said in words: a feed that has stopped looks like customers who did. */
function Silence({ since }: { since: IsoDay }) {
  return (
    <Group gap={4} wrap="nowrap" title="Nothing came for three times the usual pause between its deliveries">
      <IconAlertTriangle size={14} aria-hidden />
      <Text span size="xs" fw={500}>
        silent since {formatDay(since)}
      </Text>
    </Group>
  );
}

/** Every feed: how fresh it is, and what its silence about an account means. */
export function SourcesPage() {
  const { data, error, refetch } = useQuery(sourcesQuery);
  const { workspace, permissions } = useMe();
  const update = useUpdateSource();
  return (
    <Section title="Sources" note="Feeds of facts and how fresh they are">
      {error ? <LoadFailed title="Sources could not be loaded" error={error} onRetry={refetch} /> : null}
      {data || error ? null : <Skeleton h={160} />}
      {data?.length === 0 ? (
        <EmptyState title="No sources yet" text="A source appears with the first file or message of a kind of fact." />
      ) : null}
      {data && data.length > 0 ? (
        <Table.ScrollContainer minWidth={760} type="native">
          <Table aria-label="Sources">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Source</Table.Th>
                <Table.Th>Facts</Table.Th>
                <Table.Th ta="right">Rows</Table.Th>
                <Table.Th>First day</Table.Th>
                <Table.Th>Last delivery</Table.Th>
                <Table.Th ta="right">Delivery days</Table.Th>
                <Table.Th w={320}>Covers</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.map((source) => (
                <Table.Tr key={source.key}>
                  <Table.Td fw={500}>{source.label}</Table.Td>
                  <Table.Td>{factKindInfo(source.factKind).plural}</Table.Td>
                  <Table.Td ta="right" className="tabular">
                    {formatNumber(source.rows)}
                  </Table.Td>
                  <Table.Td>{formatDay(source.firstFactDay)}</Table.Td>
                  <Table.Td title={formatInstant(source.lastReceivedAt, workspace.timeZone)}>
                    {source.lastReceivedAt ? ago(source.lastReceivedAt, Date.now()) : 'never'}
                    {source.silentSince === null ? null : <Silence since={source.silentSince} />}
                  </Table.Td>
                  <Table.Td ta="right" className="tabular">
                    {formatNumber(source.deliveryDays)}
                  </Table.Td>
                  <Table.Td>
                    <Select
                      aria-label={`What ${source.label} covers`}
                      data={COVERS}
                      value={source.covers}
                      disabled={!permissions.includes('imports:write')}
                      onChange={(covers) =>
                        covers && update.mutate({ key: source.key, covers: covers as typeof source.covers })
                      }
                    />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      ) : null}
    </Section>
  );
}
