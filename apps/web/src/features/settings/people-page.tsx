import { Badge, Button, Group, Skeleton, Table, VisuallyHidden } from '@mantine/core';
import type { User } from '@steward/shared/access';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog } from '../../components/ui/dialog.js';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { Section } from '../../components/ui/section.js';
import { NONE, plural } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import { PersonDialog } from './person-dialog.js';
import { roleLabel } from './roles.js';
import { RowButton } from './row-button.js';
import { mayNameStandInOf } from './stand-ins.js';
import { StandInsOf } from './stand-ins-of.js';
import { usersQuery } from './users.js';

export function PeoplePage() {
  const { data, error, refetch } = useQuery(usersQuery);
  const mayWrite = useMe().permissions.includes('users:write');
  const [editing, setEditing] = useState<User | 'new' | null>(null);
  const [away, setAway] = useState<User | null>(null);
  const active = data?.filter((user) => user.active).length ?? 0;
  return (
    <Section
      title="People"
      note={data ? plural(active, 'active person', 'active people') : null}
      aside={
        mayWrite ? (
          <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setEditing('new')}>
            Add a person
          </Button>
        ) : null
      }
    >
      {error ? <LoadFailed title="People could not be loaded" error={error} onRetry={refetch} /> : null}
      {data ? (
        <PeopleTable users={data} mayWrite={mayWrite} onEdit={setEditing} onStandIn={setAway} />
      ) : error ? null : (
        <Skeleton h={200} />
      )}
      {editing === null ? null : (
        <PersonDialog user={editing === 'new' ? null : editing} people={data ?? []} onClose={() => setEditing(null)} />
      )}
      {away === null ? null : (
        <Dialog onClose={() => setAway(null)} title={`Stand-in of ${away.fullName}`} size="lg">
          <StandInsOf userId={away.id} none={`Nobody stands in for ${away.fullName}.`} />
        </Dialog>
      )}
    </Section>
  );
}

interface PeopleTableProps {
  users: readonly User[];
  mayWrite: boolean;
  onEdit: (user: User) => void;
  onStandIn: (user: User) => void;
}

function PeopleTable({ users, mayWrite, onEdit, onStandIn }: PeopleTableProps) {
  const me = useMe().user;
  const mayName = (user: User) => mayNameStandInOf(user, me, users);
  const hasActions = mayWrite || users.some(mayName);
  return (
    <Table aria-label="People">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Name</Table.Th>
          <Table.Th>E-mail</Table.Th>
          <Table.Th>Role</Table.Th>
          <Table.Th>Manager</Table.Th>
          <Table.Th>State</Table.Th>
          {hasActions ? (
            <Table.Th>
              <VisuallyHidden>Actions</VisuallyHidden>
            </Table.Th>
          ) : null}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {users.map((user) => (
          <Table.Tr key={user.id} c={user.active ? undefined : 'dimmed'}>
            <Table.Td fw={500}>{user.fullName}</Table.Td>
            <Table.Td>{user.email}</Table.Td>
            <Table.Td>{roleLabel(user.role)}</Table.Td>
            <Table.Td>{users.find((each) => each.id === user.managerId)?.fullName ?? NONE}</Table.Td>
            <Table.Td>{user.active ? 'Active' : <Badge>Deactivated</Badge>}</Table.Td>
            {hasActions ? (
              <Table.Td>
                <Group gap={4} justify="flex-end" wrap="nowrap">
                  {mayName(user) ? (
                    <RowButton
                      label="Stand-in"
                      said={`Stand-in of ${user.fullName}`}
                      opensDialog
                      onClick={() => onStandIn(user)}
                    />
                  ) : null}
                  {mayWrite ? (
                    <RowButton label="Edit" said={`Edit ${user.fullName}`} onClick={() => onEdit(user)} />
                  ) : null}
                </Group>
              </Table.Td>
            ) : null}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
