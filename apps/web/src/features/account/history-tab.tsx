import { Skeleton, Table } from '@mantine/core';
import type { Move } from '@steward/shared/accounts';
import { useQuery } from '@tanstack/react-query';
import { EmptyState } from '../../components/ui/empty-state.js';
import { Section } from '../../components/ui/section.js';
import { errorText } from '../../lib/api.js';
import { optionLabel, useCatalogue } from '../../lib/catalogue.js';
import { formatDay } from '../../lib/days.js';
import { movesQuery } from './get-moves.js';

const REASONS: Record<Move['reason'], string> = {
  rule: 'by rule',
  person: 'by a person',
  import: 'by import',
  status: 'by change of status',
};

export function HistoryTab({ id }: { id: string }) {
  const { data, error } = useQuery(movesQuery(id));
  const catalogue = useCatalogue();
  return (
    <Section title="Tier and stage history">
      {error ? <EmptyState role="alert" title="The history could not be loaded" text={errorText(error)} /> : null}
      {data || error ? null : <Skeleton h={160} />}
      {data?.length === 0 ? <EmptyState title="No moves yet" text="Tier and stage have not changed so far." /> : null}
      {data && data.length > 0 ? (
        <Table aria-label="Tier and stage history">
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={110}>Day</Table.Th>
              <Table.Th w={70}>What</Table.Th>
              <Table.Th>Move</Table.Th>
              <Table.Th>Why</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.map((move) => (
              <Table.Tr key={`${move.what} ${move.on} ${move.to}`}>
                <Table.Td className="tabular">{formatDay(move.on)}</Table.Td>
                <Table.Td>{move.what === 'tier' ? 'Tier' : 'Stage'}</Table.Td>
                <Table.Td>
                  {move.from ? `${optionLabel(catalogue, move.what, move.from)} → ` : ''}
                  {optionLabel(catalogue, move.what, move.to)}
                </Table.Td>
                <Table.Td c="dimmed">
                  {move.by ? `by ${move.by}` : REASONS[move.reason]}
                  {move.note ? `: ${move.note}` : ''}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      ) : null}
    </Section>
  );
}
