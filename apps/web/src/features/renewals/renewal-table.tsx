import { Table } from '@mantine/core';
import type { RenewalRow, RenewalTotals } from '@steward/shared/renewals';
import { useState } from 'react';
import { OutcomeDialog } from '../../components/renewal/outcome-dialog.js';
import frame from '../../components/ui/frame.module.css';
import edge from '../../components/ui/scroll-edge.module.css';
import { groupRows } from './group-rows.js';
import { MonthHead, OverdueHead } from './month-head.js';
import { RenewalTableRow } from './renewal-row.js';
import classes from './renewal-table.module.css';

interface RenewalTableProps {
  rows: readonly RenewalRow[];
  months: RenewalTotals['byMonth'];
  editable: boolean;
}

const COLUMNS = 10;

/** Rows by month, overdue ones on top; the forecast and the outcome are given in place. */
export function RenewalTable({ rows, months, editable }: RenewalTableProps) {
  const [ended, setEnded] = useState<RenewalRow | null>(null);
  return (
    <Table.ScrollContainer minWidth={940} type="native" className={edge.scroll}>
      <Table highlightOnHover aria-label="Renewals" className={classes.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Account</Table.Th>
            <Table.Th>Health</Table.Th>
            <Table.Th>Due</Table.Th>
            <Table.Th>Notice by</Table.Th>
            <Table.Th ta="right">Amount</Table.Th>
            <Table.Th>Forecast</Table.Th>
            <Table.Th ta="right">Forecast amount</Table.Th>
            <Table.Th>Last touch</Table.Th>
            <Table.Th>State</Table.Th>
            <Table.Th>
              <span className={frame.said}>Outcome</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        {groupRows(rows).map((group) => (
          <Table.Tbody key={group.key}>
            {group.key === 'overdue' ? (
              <OverdueHead rows={group.rows} columns={COLUMNS} />
            ) : (
              <MonthHead
                month={group.key}
                of={months.find(({ month }) => month === group.key) ?? null}
                columns={COLUMNS}
              />
            )}
            {group.rows.map((row) => (
              <RenewalTableRow
                key={`${row.accountId} ${row.dueOn}`}
                row={row}
                editable={editable}
                onOutcome={() => setEnded(row)}
              />
            ))}
          </Table.Tbody>
        ))}
      </Table>
      {ended ? (
        <OutcomeDialog
          renewal={ended}
          name={ended.account.name}
          lost={ended.account.leaving}
          onClose={() => setEnded(null)}
        />
      ) : null}
    </Table.ScrollContainer>
  );
}
