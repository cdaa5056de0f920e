import { Button, Group, SegmentedControl, Skeleton, Table } from '@mantine/core';
import { IconArrowDownLeft, IconArrowUpRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { EmptyState } from '../../components/ui/empty-state.js';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { Section } from '../../components/ui/section.js';
import { daysBetween, formatDay, formatInstant } from '../../lib/days.js';
import { formatNumber, NONE, plural } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import { EVENTS_AT_ONCE, type SegmentDetail, segmentEventsQuery } from './get-segment.js';

const route = getRouteApi('/shell/segments/$segmentId');
const KINDS = { both: 'Both', entered: 'Came', left: 'Went' } as const;

/** Who came into the segment and who left it, newest first, each with the condition that turned. */
export function MovesTab({ segment }: { segment: SegmentDetail }) {
  const search = route.useSearch();
  const navigate = useNavigate();
  const { timeZone } = useMe().workspace;
  const kind = search.kind === 'entered' || search.kind === 'left' ? search.kind : undefined;
  const offset = /^\d{1,7}$/.test(search.from ?? '') ? Number(search.from) : 0;
  const { data, error, refetch } = useQuery(segmentEventsQuery(segment.id, kind, offset));
  const go = (change: { kind?: string; from?: string }) =>
    void navigate({ to: '.', search: (now) => ({ ...now, ...change }), replace: true });
  const sum = (of: 'entered' | 'left') => data?.days.reduce((total, day) => total + day[of], 0) ?? 0;
  return (
    <Section
      title="Came and went"
      note={data ? `In 90 days ${formatNumber(sum('entered'))} came and ${formatNumber(sum('left'))} went` : null}
      aside={
        <SegmentedControl
          aria-label="Who came, who went, or both"
          data={Object.entries(KINDS).map(([value, label]) => ({ value, label }))}
          value={kind ?? 'both'}
          onChange={(next) => go({ kind: next === 'both' ? undefined : next, from: undefined })}
        />
      }
    >
      {error ? <LoadFailed title="The list could not be loaded" error={error} onRetry={refetch} /> : null}
      {data || error ? null : <Skeleton h={240} />}
      {data?.total === 0 ? (
        <EmptyState
          title="Nobody came or went yet"
          text="Those who met the rule when it was new are in it without having come. From then on every change stands here."
        />
      ) : null}
      {data && data.events.length > 0 ? (
        <>
          <Table aria-label="Came and went">
            <Table.Thead>
              <Table.Tr>
                <Table.Th w={120}>Day</Table.Th>
                <Table.Th w={84}>What</Table.Th>
                <Table.Th>{segment.of === 'contact' ? 'Contact' : 'Account'}</Table.Th>
                <Table.Th>Because</Table.Th>
                <Table.Th w={120}>Was in it</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.events.map((event) => (
                <Table.Tr key={event.id}>
                  <Table.Td className="tabular" title={formatInstant(event.at, timeZone)}>
                    {formatDay(event.day)}
                  </Table.Td>
                  <Table.Td>
                    <Group gap={5} wrap="nowrap">
                      {event.kind === 'entered' ? (
                        <IconArrowDownLeft size={13} aria-hidden />
                      ) : (
                        <IconArrowUpRight size={13} aria-hidden />
                      )}
                      {event.kind === 'entered' ? 'came' : 'went'}
                    </Group>
                  </Table.Td>
                  <Table.Td>
                    {event.contact ? `${event.contact.name}, ` : ''}
                    <Link
                      to="/accounts/$accountId"
                      params={{ accountId: event.account.id }}
                      style={{ color: 'inherit', fontWeight: 500 }}
                    >
                      {event.account.name}
                    </Link>
                  </Table.Td>
                  <Table.Td c="dimmed">{event.because ?? NONE}</Table.Td>
                  <Table.Td className="tabular" c="dimmed">
                    {event.kind === 'left' ? plural(daysBetween(event.sinceDay, event.day), 'day') : ''}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          {data.total > EVENTS_AT_ONCE ? (
            <Group justify="flex-end" mt="sm" gap="xs">
              <span className="tabular">
                {formatNumber(offset + 1)} to {formatNumber(offset + data.events.length)} of {formatNumber(data.total)}
              </span>
              <Button
                variant="default"
                size="compact-xs"
                disabled={offset === 0}
                onClick={() => go({ from: offset <= EVENTS_AT_ONCE ? undefined : String(offset - EVENTS_AT_ONCE) })}
              >
                Newer
              </Button>
              <Button
                variant="default"
                size="compact-xs"
                disabled={offset + data.events.length >= data.total}
                onClick={() => go({ from: String(offset + EVENTS_AT_ONCE) })}
              >
                Older
              </Button>
            </Group>
          ) : null}
        </>
      ) : null}
    </Section>
  );
}
