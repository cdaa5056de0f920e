import { Anchor, Button, Skeleton, Table } from '@mantine/core';
import type { AuditEntry } from '@steward/shared/access';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { EmptyState } from '../../components/ui/empty-state.js';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { Section } from '../../components/ui/section.js';
import { humanize } from '../../lib/catalogue.js';
import { formatInstant } from '../../lib/days.js';
import { useMe } from '../../lib/me.js';
import { AuditChanges } from './audit-changes.js';
import { auditQuery } from './audit-entries.js';
import { usersQuery } from './users.js';

export function AuditPage() {
  const { timeZone } = useMe().workspace;
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage, refetch } = useInfiniteQuery(auditQuery);
  const { data: people = [] } = useQuery(usersQuery);
  const entries = data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <Section title="Audit log" note="Every change, newest first">
      {error ? <LoadFailed title="The log could not be loaded" error={error} onRetry={refetch} /> : null}
      {data || error ? null : <Skeleton h={240} />}
      {data && entries.length === 0 ? (
        <EmptyState title="No changes yet" text="Nothing has been changed so far." />
      ) : null}
      {entries.length > 0 ? (
        <Table.ScrollContainer minWidth={720} type="native">
          <Table aria-label="Audit log">
            <Table.Thead>
              <Table.Tr>
                <Table.Th w={190}>When</Table.Th>
                <Table.Th w={150}>Who</Table.Th>
                <Table.Th w={170}>What</Table.Th>
                <Table.Th w={200}>On</Table.Th>
                <Table.Th>Changes</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {entries.map((entry) => (
                <Table.Tr key={entry.id} style={{ verticalAlign: 'top' }}>
                  <Table.Td className="tabular">{formatInstant(entry.at, timeZone)}</Table.Td>
                  <Table.Td>
                    {entry.actorName}
                    {entry.actorKind === 'api_key' ? ' (API key)' : ''}
                  </Table.Td>
                  <Table.Td>{humanize(entry.action.replace('.', ' '))}</Table.Td>
                  <Table.Td title={`${humanize(entry.subjectKind)} ${entry.subjectId}`}>
                    <Subject entry={entry} />
                  </Table.Td>
                  <Table.Td>
                    <AuditChanges changes={entry.changes} people={people} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      ) : null}
      {hasNextPage ? (
        <Button variant="default" mt="sm" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show earlier ones
        </Button>
      ) : null}
    </Section>
  );
}

/** What was changed, by the name that it has now. */
function Subject({ entry: { subjectKind, subjectName, accountId } }: { entry: AuditEntry }) {
  if (subjectName === null) return <>{humanize(subjectKind)}</>;
  return subjectKind === 'account' && accountId !== null ? (
    <Anchor component={Link} to={`/accounts/${accountId}`} inherit>
      {subjectName}
    </Anchor>
  ) : (
    subjectName
  );
}
