import { Button, Group, Skeleton, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { EmptyState } from '../../components/ui/empty-state.js';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { Section } from '../../components/ui/section.js';
import { formatDay } from '../../lib/days.js';
import { formatNumber, NONE, plural } from '../../lib/format.js';
import { contactMembersQuery, MEMBERS_AT_ONCE, type SegmentDetail } from './get-segment.js';

const route = getRouteApi('/shell/segments/$segmentId');

/** The members of a segment of contacts, each with its account. */
export function ContactMembers({ segment }: { segment: SegmentDetail }) {
  const { from } = route.useSearch();
  const navigate = useNavigate();
  const offset = /^\d{1,7}$/.test(from ?? '') ? Number(from) : 0;
  const { data, error, refetch } = useQuery(contactMembersQuery(segment.id, offset));
  const go = (next: number) =>
    void navigate({
      to: '.',
      search: (now) => ({ ...now, from: next <= 0 ? undefined : String(next) }),
      replace: true,
    });
  return (
    <Section title="Contacts" note={data ? plural(data.total, 'contact') : null}>
      {error ? <LoadFailed title="The list could not be loaded" error={error} onRetry={refetch} /> : null}
      {data || error ? null : <Skeleton h={240} />}
      {data?.total === 0 ? (
        <EmptyState title="Nobody is in it" text="No contact of the accounts that you see meets its conditions." />
      ) : null}
      {data && data.contacts.length > 0 ? (
        <>
          <Table aria-label="Contacts">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Contact</Table.Th>
                <Table.Th>Title</Table.Th>
                <Table.Th>Account</Table.Th>
                <Table.Th>First seen</Table.Th>
                <Table.Th>Last active</Table.Th>
                <Table.Th>In it since</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.contacts.map((contact) => (
                <Table.Tr key={contact.id}>
                  <Table.Td fw={500}>{contact.name ?? contact.email ?? NONE}</Table.Td>
                  <Table.Td c="dimmed">{contact.title ?? NONE}</Table.Td>
                  <Table.Td>
                    <Link
                      to="/accounts/$accountId"
                      params={{ accountId: contact.account.id }}
                      style={{ color: 'inherit' }}
                    >
                      {contact.account.name}
                    </Link>
                  </Table.Td>
                  <Table.Td className="tabular">{formatDay(contact.firstSeen)}</Table.Td>
                  <Table.Td className="tabular">{formatDay(contact.lastActive)}</Table.Td>
                  <Table.Td className="tabular">{formatDay(contact.sinceDay)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          {data.total > MEMBERS_AT_ONCE ? (
            <Group justify="flex-end" mt="sm" gap="xs">
              <span className="tabular">
                {formatNumber(offset + 1)} to {formatNumber(offset + data.contacts.length)} of{' '}
                {formatNumber(data.total)}
              </span>
              <Button
                variant="default"
                size="compact-xs"
                disabled={offset === 0}
                onClick={() => go(offset - MEMBERS_AT_ONCE)}
              >
                Before
              </Button>
              <Button
                variant="default"
                size="compact-xs"
                disabled={offset + data.contacts.length >= data.total}
                onClick={() => go(offset + MEMBERS_AT_ONCE)}
              >
                Next
              </Button>
            </Group>
          ) : null}
        </>
      ) : null}
    </Section>
  );
}
