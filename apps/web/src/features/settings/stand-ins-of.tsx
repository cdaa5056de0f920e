import { Badge, Button, Group, Skeleton, Table, Text, VisuallyHidden } from '@mantine/core';
import type { StandIn } from '@steward/shared/access';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { formatDay } from '../../lib/days.js';
import { useMe } from '../../lib/me.js';
import { RowButton } from './row-button.js';
import { StandInForm } from './stand-in-form.js';
import { standInsQuery, useRemoveStandIn } from './stand-ins.js';
import { usersQuery } from './users.js';

interface StandInsOfProps {
  userId: string;
  /** What is said where nobody stands in. */
  none: string;
}

/** Who stands in for a person now and later: named, changed and ended here. Those that are over are left out. */
export function StandInsOf({ userId, none }: StandInsOfProps) {
  const { today } = useMe().workspace;
  const standIns = useQuery(standInsQuery(userId));
  const people = useQuery(usersQuery);
  const [editing, setEditing] = useState<StandIn | 'new' | null>(null);
  const users = people.data ?? [];
  const nameOf = (id: string) => users.find((user) => user.id === id)?.fullName ?? 'Somebody';
  const remove = useRemoveStandIn(userId, nameOf);
  const error = standIns.error ?? people.error;
  if (error) {
    const again = () => Promise.all([standIns.refetch(), people.refetch()]);
    return <LoadFailed title="Stand-ins could not be loaded" error={error} onRetry={again} />;
  }
  if (!standIns.data || !people.data) return <Skeleton h={60} />;
  const shown = standIns.data.filter(({ toDay }) => toDay >= today);
  return (
    <>
      {shown.length === 0 ? (
        <Text size="sm" c="dimmed" mb="sm">
          {none}
        </Text>
      ) : (
        <StandInTable standIns={shown} nameOf={nameOf} onChange={setEditing} onRemove={(one) => remove.mutate(one)} />
      )}
      <Button
        variant="default"
        leftSection={<IconPlus size={14} aria-hidden />}
        aria-expanded={editing === 'new'}
        onClick={() => setEditing('new')}
      >
        Name a stand-in
      </Button>
      {editing === null ? null : (
        <StandInForm
          key={editing === 'new' ? 'new' : `${editing.standInId} ${editing.fromDay}`}
          userId={userId}
          standIn={editing === 'new' ? null : editing}
          users={users}
          nameOf={nameOf}
          onClose={() => setEditing(null)}
        />
      )}
    </>
  );
}

interface StandInTableProps {
  standIns: readonly StandIn[];
  nameOf: (id: string) => string;
  onChange: (standIn: StandIn) => void;
  onRemove: (standIn: StandIn) => void;
}

function StandInTable({ standIns, nameOf, onChange, onRemove }: StandInTableProps) {
  const { today } = useMe().workspace;
  return (
    <Table aria-label="Stand-ins" maw={720} mb="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Who stands in</Table.Th>
          <Table.Th>First day</Table.Th>
          <Table.Th>Last day</Table.Th>
          <Table.Th>
            <VisuallyHidden>Actions</VisuallyHidden>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {standIns.map((standIn) => {
          const name = nameOf(standIn.standInId);
          const isNow = standIn.fromDay <= today;
          const end = isNow ? 'End' : 'Remove';
          const said = `${name} from ${formatDay(standIn.fromDay)}`;
          return (
            <Table.Tr key={`${standIn.standInId} ${standIn.fromDay}`}>
              <Table.Td fw={500}>
                {name} {isNow ? <Badge variant="light">Now</Badge> : null}
              </Table.Td>
              <Table.Td>{formatDay(standIn.fromDay)}</Table.Td>
              <Table.Td>{formatDay(standIn.toDay)}</Table.Td>
              <Table.Td>
                <Group gap={4} justify="flex-end" wrap="nowrap">
                  <RowButton label="Change" said={`Change ${said}`} onClick={() => onChange(standIn)} />
                  <RowButton label={end} said={`${end} ${said}`} onClick={() => onRemove(standIn)} />
                </Group>
              </Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}
