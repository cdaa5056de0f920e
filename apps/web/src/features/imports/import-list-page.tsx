import { Button, Skeleton, Table } from '@mantine/core';
import { factKindInfo } from '@steward/shared/fact-kinds';
import type { Import } from '@steward/shared/import-api';
import { IconFileImport } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { EmptyState } from '../../components/ui/empty-state.js';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { Section } from '../../components/ui/section.js';
import { ago, formatInstant } from '../../lib/days.js';
import { formatNumber, NONE } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import { importStateText } from './import-state.js';
import { importsQuery } from './imports.js';

export function ImportListPage() {
  const { data, error, refetch } = useQuery(importsQuery);
  return (
    <Section title="Imports" note="Files brought in, newest first">
      {error ? <LoadFailed title="Imports could not be loaded" error={error} onRetry={refetch} /> : null}
      {data || error ? null : <Skeleton h={200} />}
      {data?.length === 0 ? (
        <EmptyState
          title="No files yet"
          text="Bring in accounts first; usage, tickets, invoices, answers and the rest follow. CSV and TSV files of any of them are read."
          action={
            <Button component={Link} to="/data/import" leftSection={<IconFileImport size={14} aria-hidden />}>
              Import a file
            </Button>
          }
        />
      ) : null}
      {data && data.length > 0 ? <ImportTable imports={data} /> : null}
    </Section>
  );
}

function ImportTable({ imports }: { imports: readonly Import[] }) {
  const { timeZone } = useMe().workspace;
  return (
    <Table.ScrollContainer minWidth={760} type="native">
      <Table aria-label="Imports" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>File</Table.Th>
            <Table.Th>Facts</Table.Th>
            <Table.Th>State</Table.Th>
            <Table.Th ta="right">Rows</Table.Th>
            <Table.Th ta="right">Created</Table.Th>
            <Table.Th ta="right">Updated</Table.Th>
            <Table.Th ta="right">Rejected</Table.Th>
            <Table.Th>When</Table.Th>
            <Table.Th>By</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody className="tabular">
          {imports.map((each) => {
            const counts = each.did ?? each.wouldDo;
            const open = each.state === 'uploaded' || each.state === 'checked' || each.state === 'checking';
            return (
              <Table.Tr key={each.id}>
                <Table.Td fw={500}>
                  {open ? (
                    <Link to="/data/import" search={{ id: each.id }} style={{ color: 'inherit' }}>
                      {each.fileName}
                    </Link>
                  ) : (
                    <Link to="/data/imports/$importId" params={{ importId: each.id }} style={{ color: 'inherit' }}>
                      {each.fileName}
                    </Link>
                  )}
                </Table.Td>
                <Table.Td>{factKindInfo(each.kind).plural}</Table.Td>
                <Table.Td c={each.state === 'failed' ? 'var(--bad)' : undefined}>{importStateText(each)}</Table.Td>
                <Table.Td ta="right">{counts ? formatNumber(counts.rows) : NONE}</Table.Td>
                <Table.Td ta="right">{each.did ? formatNumber(each.did.created) : NONE}</Table.Td>
                <Table.Td ta="right">{each.did ? formatNumber(each.did.updated) : NONE}</Table.Td>
                <Table.Td ta="right">{counts ? formatNumber(counts.rejected) : NONE}</Table.Td>
                <Table.Td title={formatInstant(each.createdAt, timeZone)}>{ago(each.createdAt, Date.now())}</Table.Td>
                <Table.Td>{each.createdBy ?? NONE}</Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
