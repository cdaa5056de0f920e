import { Badge, Button, Skeleton, Table, VisuallyHidden } from '@mantine/core';
import type { ApiKey } from '@steward/shared/access';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { EmptyState } from '../../components/ui/empty-state.js';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { Section } from '../../components/ui/section.js';
import { formatInstant } from '../../lib/days.js';
import { useMe } from '../../lib/me.js';
import { CreateKeyDialog, RevokeKeyDialog } from './api-key-dialogs.js';
import { apiKeysQuery } from './api-keys.js';

export function ApiKeysPage() {
  const { data, error, refetch } = useQuery(apiKeysQuery);
  const [open, setOpen] = useState<ApiKey | 'new' | null>(null);
  return (
    <Section
      title="API keys"
      note="For programs that send facts or read accounts"
      aside={
        <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setOpen('new')}>
          Create a key
        </Button>
      }
    >
      {error ? <LoadFailed title="Keys could not be loaded" error={error} onRetry={refetch} /> : null}
      {data || error ? null : <Skeleton h={140} />}
      {data?.length === 0 ? (
        <EmptyState title="No keys yet" text="A key lets your product, warehouse or CRM send facts to Steward." />
      ) : null}
      {data && data.length > 0 ? <KeyTable keys={data} onRevoke={setOpen} /> : null}
      {open === 'new' ? <CreateKeyDialog onClose={() => setOpen(null)} /> : null}
      {open !== null && open !== 'new' ? <RevokeKeyDialog apiKey={open} onClose={() => setOpen(null)} /> : null}
    </Section>
  );
}

function KeyTable({ keys, onRevoke }: { keys: readonly ApiKey[]; onRevoke: (key: ApiKey) => void }) {
  const { timeZone } = useMe().workspace;
  return (
    <Table aria-label="API keys">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Name</Table.Th>
          <Table.Th>Begins with</Table.Th>
          <Table.Th>May</Table.Th>
          <Table.Th>Created</Table.Th>
          <Table.Th>Last used</Table.Th>
          <Table.Th>Expires</Table.Th>
          <Table.Th>
            <VisuallyHidden>Actions</VisuallyHidden>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {keys.map((key) => (
          <Table.Tr key={key.id} c={key.revokedAt ? 'dimmed' : undefined}>
            <Table.Td fw={500}>{key.name}</Table.Td>
            <Table.Td ff="monospace">{key.prefix}</Table.Td>
            <Table.Td>{key.scopes.join(', ')}</Table.Td>
            <Table.Td>{formatInstant(key.createdAt, timeZone)}</Table.Td>
            <Table.Td>{key.lastUsedAt ? formatInstant(key.lastUsedAt, timeZone) : 'never'}</Table.Td>
            <Table.Td>{key.expiresAt ? formatInstant(key.expiresAt, timeZone) : 'never'}</Table.Td>
            <Table.Td ta="right">
              {key.revokedAt ? (
                <Badge>Revoked</Badge>
              ) : (
                <Button
                  variant="subtle"
                  color="gray"
                  size="compact-xs"
                  aria-label={`Revoke ${key.name}`}
                  onClick={() => onRevoke(key)}
                >
                  Revoke
                </Button>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
