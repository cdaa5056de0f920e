import { Button, Select, Table } from '@mantine/core';
import type { ImportDetail } from '@steward/shared/import-api';
import { useState } from 'react';
import { Section } from '../../components/ui/section.js';
import { fieldOf, useCatalogue } from '../../lib/catalogue.js';
import { formatNumber } from '../../lib/format.js';
import { useOwnerAlias } from './owner-alias.js';

/** Owner texts that match nobody: kept as they are until someone says who is meant. */
export function UnmatchedOwners({ owners }: { owners: ImportDetail['owners'] }) {
  if (owners.length === 0) return null;
  return (
    <Section title="Owners who are nobody here" note="Their accounts keep the name; say who is meant, or leave it">
      <Table aria-label="Owners who are nobody here">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>In the file</Table.Th>
            <Table.Th ta="right">Accounts</Table.Th>
            <Table.Th w={320}>Means</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {owners.map((owner) => (
            <OwnerRow key={owner.text} owner={owner} />
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  );
}

function OwnerRow({ owner }: { owner: ImportDetail['owners'][number] }) {
  const people = fieldOf(useCatalogue(), 'account.csm')?.options ?? [];
  const [userId, setUserId] = useState<string | null>(null);
  const alias = useOwnerAlias();
  return (
    <Table.Tr>
      <Table.Td fw={500}>{owner.text}</Table.Td>
      <Table.Td ta="right" className="tabular">
        {formatNumber(owner.accounts)}
      </Table.Td>
      <Table.Td>
        <div style={{ display: 'flex', gap: 6 }}>
          <Select
            aria-label={`Who ${owner.text} is`}
            placeholder="Choose a person"
            searchable
            flex={1}
            data={people}
            value={userId}
            onChange={setUserId}
          />
          <Button
            variant="default"
            disabled={userId === null}
            loading={alias.isPending}
            onClick={() => userId !== null && alias.mutate({ text: owner.text, userId })}
          >
            Map
          </Button>
        </div>
      </Table.Td>
    </Table.Tr>
  );
}
