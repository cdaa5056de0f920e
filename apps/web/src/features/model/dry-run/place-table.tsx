import { Table } from '@mantine/core';
import { formatMoney, formatMoneyCompact, formatNumber, NONE } from '../../../lib/format.js';
import classes from './dry-run.module.css';

interface Counts {
  accounts: number;
  arrMinor: number;
}

export interface PlaceFigures {
  key: string;
  label: string;
  vanishes: boolean;
  now: Counts;
  after: Counts;
  /** Where all have settled; absent where that is at once. */
  settled?: Counts;
}

interface PlaceTableProps {
  label: string;
  /** “Tier”. */
  one: string;
  places: readonly PlaceFigures[];
  currency: string;
  /** “after 30 days”. */
  settledWords?: string;
}

/** How many accounts each tier or stage has now and would have, with their ARR. */
export function PlaceTable({ label, one, places, currency, settledWords }: PlaceTableProps) {
  const withSettled = settledWords !== undefined;
  return (
    <div className={classes.scroll}>
      <Table aria-label={label} className="tabular" verticalSpacing={4} horizontalSpacing={8}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{one}</Table.Th>
            <Table.Th ta="right">Now</Table.Th>
            <Table.Th ta="right">At once</Table.Th>
            {withSettled ? <Table.Th ta="right">{settledWords}</Table.Th> : null}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {places.map(({ key, label: name, vanishes, now, after, settled }) => (
            <Table.Tr key={key}>
              <Table.Td>
                {name}
                {vanishes ? <span className={classes.dim}> gone</span> : null}
              </Table.Td>
              <CountCell counts={now} currency={currency} />
              <CountCell counts={after} before={now} currency={currency} />
              {withSettled ? <CountCell counts={settled ?? null} before={now} currency={currency} /> : null}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

interface CountCellProps {
  counts: Counts | null;
  before?: Counts;
  currency: string;
}

function CountCell({ counts, before, currency }: CountCellProps) {
  if (counts === null) return <Table.Td ta="right">{NONE}</Table.Td>;
  const change = before === undefined ? 0 : counts.accounts - before.accounts;
  return (
    <Table.Td ta="right" title={`ARR ${formatMoney(counts.arrMinor, currency)}`}>
      {change === 0 ? null : (
        <span className={classes.change}>
          {change > 0 ? '+' : '−'}
          {formatNumber(Math.abs(change))}{' '}
        </span>
      )}
      {formatNumber(counts.accounts)}
      <div className={classes.dim}>{formatMoneyCompact(counts.arrMinor, currency)}</div>
    </Table.Td>
  );
}
