import { Skeleton, Table } from '@mantine/core';
import type { IsoDay } from '@steward/shared/common';
import { KIND_WORDS } from '@steward/shared/goal-words';
import type { BegunGoal } from '@steward/shared/goals';
import { useQuery } from '@tanstack/react-query';
import { begunGoalsQuery } from '../../components/goal/get-goals.js';
import { STATUS_WORDS } from '../../components/goal/goal-words.js';
import { EmptyState } from '../../components/ui/empty-state.js';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { Section } from '../../components/ui/section.js';
import { formatDay } from '../../lib/days.js';

/** Goals that had begun by an earlier day, and those that were over. How far they were then is not kept. */
export function GoalsBegun({ accountId, by }: { accountId: string; by: IsoDay }) {
  const { data, error, refetch } = useQuery(begunGoalsQuery(accountId, by));
  const begun = data?.goals ?? [];
  return (
    <Section title="Goals" note={`begun by ${formatDay(by)}; how far they were then, and their tasks, are not kept`}>
      {error ? <LoadFailed title="Goals could not be loaded" error={error} onRetry={refetch} /> : null}
      {data || error ? null : <Skeleton h={160} />}
      {data && begun.length === 0 ? (
        <EmptyState title="No goals" text="No playbook had been started on this account by then." />
      ) : null}
      {begun.length > 0 ? (
        <Table.ScrollContainer minWidth={480} type="native">
          <Table aria-label="Goals">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Goal</Table.Th>
                <Table.Th>Kind</Table.Th>
                <Table.Th>Started</Table.Th>
                <Table.Th>On that day</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {begun.map((goal) => (
                <Table.Tr key={goal.id}>
                  <Table.Td>{goal.name}</Table.Td>
                  <Table.Td>{KIND_WORDS[goal.kind]}</Table.Td>
                  <Table.Td>{formatDay(goal.startDay)}</Table.Td>
                  <Table.Td>{standing(goal)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      ) : null}
    </Section>
  );
}

function standing({ status, endedDay }: BegunGoal): string {
  return endedDay === null ? STATUS_WORDS[status] : `${STATUS_WORDS[status]} on ${formatDay(endedDay)}`;
}
