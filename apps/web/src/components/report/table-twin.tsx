import { Table } from '@mantine/core';
import { DoorLink } from './door-link.js';
import classes from './report.module.css';
import type { ReportTable, ReportTableCell, ReportTableColumn, ReportTableRow } from './report-table.js';

/** The rows and columns of a chart; a figure leads to what stands behind it, as its mark does. */
export function TableTwin({ title, table }: { title: string; table: ReportTable }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
    <section className={classes.twin} tabIndex={0} aria-label={`${title} as a table`}>
      <ReportTableView table={table} label={title} />
    </section>
  );
}

export function ReportTableView({ table: { columns, rows, foot }, label }: { table: ReportTable; label: string }) {
  return (
    <Table aria-label={label} className={classes.table}>
      <Table.Thead>
        <Table.Tr>
          {columns.map((column) => (
            <Table.Th key={column.label} ta={column.numeric ? 'right' : undefined}>
              {column.label}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Row key={row.key} row={row} columns={columns} />
        ))}
      </Table.Tbody>
      {foot ? (
        <Table.Tfoot>
          <Row row={foot} columns={columns} />
        </Table.Tfoot>
      ) : null}
    </Table>
  );
}

function Row({ row, columns }: { row: ReportTableRow; columns: readonly ReportTableColumn[] }) {
  return (
    <Table.Tr>
      {row.cells.map((cell, at) =>
        at === 0 ? (
          <Table.Th key={columns[at]?.label} scope="row" className={classes.rowHead}>
            <Cell cell={cell} />
          </Table.Th>
        ) : (
          <Table.Td
            key={columns[at]?.label}
            ta={columns[at]?.numeric ? 'right' : undefined}
            className="tabular"
            title={cell.title}
          >
            <Cell cell={cell} />
          </Table.Td>
        ),
      )}
    </Table.Tr>
  );
}

function Cell({ cell: { text, door } }: { cell: ReportTableCell }) {
  return door ? (
    <DoorLink door={door} className={classes.door}>
      {text}
    </DoorLink>
  ) : (
    text
  );
}
