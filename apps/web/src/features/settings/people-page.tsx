import { Badge, Button, Skeleton, Table, VisuallyHidden } from '@mantine/core';
import type { User } from '@steward/shared/access';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { Section } from '../../components/ui/section.js';
import { NONE, plural } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import { PersonDialog } from './person-dialog.js';
import { roleLabel } from './roles.js';
import { usersQuery } from './users.js';

export function PeoplePage() {
  const { data, error, refetch } = useQuery(usersQuery);
  const mayWrite = useMe().permissions.includes('users:write');
  const [editing, setEditing] = useState<User | 'new' | null>(null);
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
        <PeopleTable users={data} mayWrite={mayWrite} onEdit={setEditing} />
      ) : error ? null : (
        <Skeleton h={200} />
      )}
      {editing === null ? null : (
        <PersonDialog user={editing === 'new' ? null : editing} people={data ?? []} onClose={() => setEditing(null)} />
      )}
    </Section>
  );
}

interface PeopleTableProps {
  users: readonly User[];
  mayWrite: boolean;
  onEdit: (user: User) => void;
}

function PeopleTable({ users, mayWrite, onEdit }: PeopleTableProps) {
  return (
    <Table aria-label="People">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Name</Table.Th>
          <Table.Th>E-mail</Table.Th>
          <Table.Th>Role</Table.Th>
          <Table.Th>Manager</Table.Th>
          <Table.Th>State</Table.Th>
          {mayWrite ? (
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
            {mayWrite ? (
              <Table.Td ta="right">
                <Button
                  variant="subtle"
                  color="gray"
                  size="compact-xs"
                  aria-label={`Edit ${user.fullName}`}
                  onClick={() => onEdit(user)}
                >
                  Edit
                </Button>
              </Table.Td>
            ) : null}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
