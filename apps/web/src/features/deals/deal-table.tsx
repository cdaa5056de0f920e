import { Table, UnstyledButton } from '@mantine/core';
import type { DealRow } from '@steward/shared/deals';
import { Link } from '@tanstack/react-router';
import { DealAmount } from '../../components/deal/deal-amount.js';
import { DEAL_KIND_WORDS, DEAL_STATE_WORDS, NO_STAGE, probabilityWords } from '../../components/deal/deal-words.js';
import { formatDay, relativeDay } from '../../lib/days.js';
import { formatMoney, NONE } from '../../lib/format.js';
import { useCurrency, useMe } from '../../lib/me.js';
import classes from './deal-table.module.css';

interface DealTableProps {
  rows: readonly DealRow[];
  label: string;
  /** Deals that have ended tell when and why; open ones how they stand. */
  ended: boolean;
  openId: string | null;
  onOpen: (deal: DealRow) => void;
}

export function DealTable({ rows, label, ended, openId, onOpen }: DealTableProps) {
  const currency = useCurrency();
  const { today } = useMe().workspace;
  return (
    <Table.ScrollContainer minWidth={860} type="native">
      <Table highlightOnHover aria-label={label} className={classes.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Deal</Table.Th>
            <Table.Th>Account</Table.Th>
            <Table.Th>Kind</Table.Th>
            <Table.Th>{ended ? 'Ended' : 'Stage'}</Table.Th>
            <Table.Th ta="right">Amount</Table.Th>
            <Table.Th ta="right">{ended ? 'Billed' : 'Weighted'}</Table.Th>
            <Table.Th>{ended ? 'Why' : 'Close'}</Table.Th>
            <Table.Th>Owner</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((deal) => (
            <Table.Tr key={`${deal.accountId} ${deal.id}`} data-open={deal.id === openId || undefined}>
              <Table.Td className={classes.name}>
                <UnstyledButton className={classes.open} onClick={() => onOpen(deal)}>
                  {deal.name}
                </UnstyledButton>
              </Table.Td>
              <Table.Td>
                <Link to="/accounts/$accountId" params={{ accountId: deal.accountId }} className={classes.account}>
                  {deal.account.name}
                </Link>
              </Table.Td>
              <Table.Td>{DEAL_KIND_WORDS[deal.kind]}</Table.Td>
              <Table.Td>
                {ended ? (
                  <span className={classes.nowrap}>
                    {DEAL_STATE_WORDS[deal.state]}
                    {deal.endedOn ? `, ${formatDay(deal.endedOn)}` : ''}
                  </span>
                ) : (
                  (deal.stage?.label ?? <span className={classes.dim}>{NO_STAGE}</span>)
                )}
              </Table.Td>
              <Table.Td ta="right">
                <DealAmount deal={deal} />
              </Table.Td>
              <Table.Td ta="right" className="tabular">
                {ended ? (
                  <Billed deal={deal} />
                ) : (
                  <span title={`${probabilityWords(deal).text}: ${probabilityWords(deal).from}`}>
                    {formatMoney(deal.weightedMinor, currency)}
                  </span>
                )}
              </Table.Td>
              <Table.Td className={ended ? classes.why : classes.nowrap}>
                {ended ? (
                  <span title={deal.reason ?? undefined}>{deal.reason ?? NONE}</span>
                ) : deal.closeOn ? (
                  <span className={deal.overdue ? classes.late : undefined} title={relativeDay(deal.closeOn, today)}>
                    {formatDay(deal.closeOn)}
                    {deal.overdue ? ', overdue' : ''}
                  </span>
                ) : (
                  NONE
                )}
              </Table.Td>
              <Table.Td className={classes.nowrap}>{deal.owner?.name ?? NONE}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Billed({ deal }: { deal: DealRow }) {
  if (deal.state !== 'won') return NONE;
  return deal.billedOn ? (
    formatDay(deal.billedOn)
  ) : (
    <span className={classes.late} title="The subscriptions have not changed within 60 days of the day it was won">
      not yet
    </span>
  );
}
