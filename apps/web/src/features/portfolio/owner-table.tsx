import { UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import edge from '../../components/ui/scroll-edge.module.css';
import { formatPercent, NONE } from '../../lib/format.js';
import { BandMix } from './band-mix.js';
import { Figure } from './figure.js';
import { OWNER_COLUMNS, type OwnerColumn, type OwnerPage, type OwnerSort } from './owner-columns.js';
import type { OwnerRow, Team } from './owner-rows.js';
import classes from './owner-table.module.css';

interface OwnerTableProps {
  /** By team: managers with their people; else all owners. */
  rows: readonly OwnerRow[] | null;
  teams: readonly Team[] | null;
  total: OwnerRow;
  page: OwnerPage;
  sort: OwnerSort;
  /** Work is on its way. */
  pending: boolean;
  onSort: (key: string) => void;
}

const GROUPS = ['Book', 'Renewals', 'Work', 'Alerts'] as const;
const columnsOf = (group: string) => OWNER_COLUMNS.filter((column) => column.group === group);
/** The bands stand behind the score. */
const BANDS_AFTER = 'score';
const isFirst = (column: OwnerColumn): boolean => columnsOf(column.group)[0] === column;

/** Books and work by owner: sorted by any column, every figure leads to its accounts. */
export function OwnerTable({ rows, teams, total, page, sort, pending, onSort }: OwnerTableProps) {
  const head = (key: string, label: string, means: string, className: string | undefined) => (
    <th
      key={key}
      scope="col"
      className={className}
      title={means}
      aria-sort={sort.key === key ? (sort.rising ? 'ascending' : 'descending') : undefined}
    >
      <UnstyledButton className={classes.sort} data-sorted={sort.key === key || undefined} onClick={() => onSort(key)}>
        {label}
        {sort.key !== key ? null : sort.rising ? (
          <IconArrowUp size={12} aria-hidden />
        ) : (
          <IconArrowDown size={12} aria-hidden />
        )}
      </UnstyledButton>
    </th>
  );
  const line = (row: OwnerRow, className?: string) => (
    <Line key={row.key} row={row} page={page} pending={pending} className={className} />
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
    <section className={edge.scroll} tabIndex={0} aria-label="Books and work by owner">
      <table className={classes.table}>
        <thead>
          <tr>
            <th className={`${classes.first} ${classes.group}`} aria-hidden />
            {GROUPS.map((group, at) => (
              <th
                key={group}
                scope="colgroup"
                colSpan={columnsOf(group).length + (group === 'Book' ? 1 : 0)}
                className={at === 0 ? classes.group : `${classes.group} ${classes.begins}`}
              >
                {group}
              </th>
            ))}
          </tr>
          <tr>
            {head('name', 'Owner', 'Who looks after the accounts', classes.first)}
            {OWNER_COLUMNS.flatMap((column) => {
              const own = head(
                column.key,
                column.label,
                column.means,
                isFirst(column) && column.group !== 'Book' ? classes.begins : undefined,
              );
              return column.key === BANDS_AFTER
                ? [own, head('bands', 'Bands', 'Accounts by band; sorted by the share at risk', classes.left)]
                : [own];
            })}
          </tr>
        </thead>
        {teams === null ? (
          <tbody>{rows?.map((row) => line(row))}</tbody>
        ) : (
          teams.map(({ team, members }) => (
            <tbody key={team.key}>
              {line(team, classes.team)}
              {members.map((row) => line(row, classes.member))}
            </tbody>
          ))
        )}
        <tfoot>{line(total)}</tfoot>
      </table>
    </section>
  );
}

interface LineProps {
  row: OwnerRow;
  page: OwnerPage;
  pending: boolean;
  className?: string;
}

function Line({ row, page, pending, className }: LineProps) {
  const { name, note, book, owners } = row;
  return (
    <tr className={className === undefined ? classes.row : `${classes.row} ${className}`}>
      <th scope="row" className={classes.first} title={note === null ? name : `${name}, ${note}`}>
        <span className={classes.name}>{name}</span>
        {note === null ? null : <span className={classes.note}>{note}</span>}
      </th>
      {OWNER_COLUMNS.flatMap((column) => {
        const own = (
          <td
            key={column.key}
            className={`tabular${isFirst(column) && column.group !== 'Book' ? ` ${classes.begins}` : ''}`}
          >
            {pending && column.of === 'work' ? (
              <span className={classes.pending} />
            ) : (
              <Cell row={row} column={column} page={page} />
            )}
          </td>
        );
        if (column.key !== BANDS_AFTER) return [own];
        return [
          own,
          <td key="bands" className={classes.left}>
            {book === null ? (
              NONE
            ) : (
              <BandMix name={name} book={book} owners={owners} page={page.page} currency={page.currency} />
            )}
          </td>,
        ];
      })}
    </tr>
  );
}

function Cell({ row, column, page }: { row: OwnerRow; column: OwnerColumn; page: OwnerPage }) {
  const value = column.value(row);
  if (value === null) return <span title={column.whyNull?.(row) ?? 'Nothing to take it of'}>{NONE}</span>;
  const text = column.text(value, page);
  const exact = column.exact?.(value, row, page);
  const behind = value === 0 || column.behind === undefined ? null : column.behind(row, page);
  const label = `${row.name}: ${column.label} ${text}${exact === undefined ? '' : `, ${exact}`}`;
  const figure = (
    <Figure label={label} behind={behind} title={exact}>
      {column.key === 'load' && value > 100 ? <span className={classes.over}>▲ {text}</span> : text}
    </Figure>
  );
  return column.key === 'load' ? <Load percent={value}>{figure}</Load> : figure;
}

function Load({ percent, children }: { percent: number; children: React.ReactNode }) {
  return (
    <span className={classes.load} data-load={formatPercent(percent)}>
      {children}
      <span className={classes.loadBar} data-over={percent > 100 || undefined} aria-hidden>
        <span style={{ width: `${Math.min(100, percent)}%` }} />
      </span>
    </span>
  );
}
