import { Button, Skeleton, Table, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { EmptyState } from '../../components/ui/empty-state.js';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { Section } from '../../components/ui/section.js';
import { formatDay } from '../../lib/days.js';
import { NONE } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import { useReadmit } from './change-segments.js';
import { exclusionsQuery, type SegmentDetail } from './get-segment.js';

/** Accounts that a person keeps out, with the reason and the last day. */
export function ExclusionsTab({ segment }: { segment: SegmentDetail }) {
  const { data, error, refetch } = useQuery(exclusionsQuery(segment.id));
  const mayWrite = useMe().permissions.includes('segments:write');
  const readmit = useReadmit(segment.id);
  return (
    <Section title="Kept out by hand" note="Whatever the rule says">
      {error ? <LoadFailed title="The list could not be loaded" error={error} onRetry={refetch} /> : null}
      {data || error ? null : <Skeleton h={120} />}
      {data?.length === 0 ? (
        <EmptyState title="Nobody is kept out" text="Select members to keep them out of the segment, with a reason." />
      ) : null}
      {data && data.length > 0 ? (
        <Table aria-label="Kept out" maw={960}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Account</Table.Th>
              <Table.Th>Reason</Table.Th>
              <Table.Th>Until</Table.Th>
              <Table.Th>By</Table.Th>
              <Table.Th>
                <VisuallyHidden>Actions</VisuallyHidden>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.map((each) => (
              <Table.Tr key={each.accountId}>
                <Table.Td fw={500}>
                  <Link to="/accounts/$accountId" params={{ accountId: each.accountId }} style={{ color: 'inherit' }}>
                    {each.name}
                  </Link>
                </Table.Td>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>{each.reason}</Table.Td>
                <Table.Td className="tabular">{each.untilDay ? formatDay(each.untilDay) : 'for good'}</Table.Td>
                <Table.Td>{each.by ?? NONE}</Table.Td>
                <Table.Td ta="right">
                  {mayWrite ? (
                    <Button
                      variant="subtle"
                      color="gray"
                      size="compact-xs"
                      aria-label={`Let ${each.name} in again`}
                      onClick={() => readmit.mutate([each.accountId])}
                    >
                      Let in again
                    </Button>
                  ) : null}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      ) : null}
    </Section>
  );
}
