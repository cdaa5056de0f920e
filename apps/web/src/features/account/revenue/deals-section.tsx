import { Button, Drawer, Skeleton, Table, UnstyledButton } from '@mantine/core';
import type { AccountDetail } from '@steward/shared/accounts';
import type { Deal } from '@steward/shared/deals';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { AddDealDialog } from '../../../components/deal/add-deal-dialog.js';
import { DealAmount } from '../../../components/deal/deal-amount.js';
import { DealPanel } from '../../../components/deal/deal-panel.js';
import { DEAL_KIND_WORDS, DEAL_STATE_WORDS, NO_STAGE, probabilityWords } from '../../../components/deal/deal-words.js';
import { accountDealsQuery } from '../../../components/deal/get-deals.js';
import { LoadFailed } from '../../../components/ui/load-failed.js';
import { Section } from '../../../components/ui/section.js';
import { formatDay, relativeDay } from '../../../lib/days.js';
import { NONE, plural } from '../../../lib/format.js';
import { useMe } from '../../../lib/me.js';
import { dealsOn } from './as-it-stood.js';
import classes from './revenue.module.css';

interface DealsSectionProps {
  account: AccountDetail;
  asOf: string | undefined;
  mayWrite: boolean;
}

/** Deals of the account, open ones first; each opens beside the page, unless it is told as it stood on an earlier day. */
export function DealsSection({ account, asOf, mayWrite }: DealsSectionProps) {
  const { data, error, refetch } = useQuery(accountDealsQuery(account.id));
  const [adding, setAdding] = useState(false);
  const [openId, setOpenId] = useState<string | null>(null);
  const deals = asOf === undefined ? data?.deals : data && dealsOn(data.deals, asOf);
  const open = deals?.filter(({ state }) => state === 'open').length ?? 0;
  return (
    <Section
      title="Deals"
      note={open > 0 ? `${plural(open, 'deal')} open` : null}
      aside={
        mayWrite ? (
          <Button variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setAdding(true)}>
            Add a deal
          </Button>
        ) : null
      }
    >
      {error ? <LoadFailed title="Deals could not be loaded" error={error} onRetry={refetch} /> : null}
      {data || error ? null : <Skeleton h={90} />}
      {deals?.length === 0 ? <p className={classes.none}>Nothing is being sold to this account, or was.</p> : null}
      {deals && deals.length > 0 ? (
        <Table.ScrollContainer minWidth={640} type="native">
          <Table highlightOnHover aria-label="Deals">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Deal</Table.Th>
                <Table.Th>Kind</Table.Th>
                <Table.Th>Stage</Table.Th>
                <Table.Th ta="right">Amount</Table.Th>
                <Table.Th>Close</Table.Th>
                {asOf === undefined ? <Table.Th>Goal</Table.Th> : null}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {deals.map((deal) => (
                <DealLine key={deal.id} deal={deal} asOf={asOf} onOpen={() => setOpenId(deal.id)} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      ) : null}
      {adding ? <AddDealDialog account={account} onClose={() => setAdding(false)} /> : null}
      <Drawer.Root opened={openId !== null} onClose={() => setOpenId(null)} position="right" size={440}>
        <Drawer.Overlay backgroundOpacity={0.2} />
        <Drawer.Content aria-label="Deal">
          {openId === null ? null : (
            <DealPanel key={openId} accountId={account.id} id={openId} onClose={() => setOpenId(null)} />
          )}
        </Drawer.Content>
      </Drawer.Root>
    </Section>
  );
}

interface DealLineProps {
  deal: Deal;
  asOf: string | undefined;
  onOpen: () => void;
}

function DealLine({ deal, asOf, onOpen }: DealLineProps) {
  const { today } = useMe().workspace;
  const ended = deal.state !== 'open';
  return (
    <Table.Tr>
      <Table.Td>
        {asOf === undefined ? (
          <UnstyledButton className={classes.open} onClick={onOpen}>
            {deal.name}
          </UnstyledButton>
        ) : (
          deal.name
        )}
      </Table.Td>
      <Table.Td>{DEAL_KIND_WORDS[deal.kind]}</Table.Td>
      <Table.Td className={classes.nowrap}>
        {ended ? (
          <>
            {DEAL_STATE_WORDS[deal.state]}
            {deal.state === 'won' && deal.billedOn === null ? (
              <span className={classes.bad}>, not yet billed</span>
            ) : null}
          </>
        ) : asOf !== undefined ? (
          DEAL_STATE_WORDS.open
        ) : (
          <>
            {deal.stage?.label ?? NO_STAGE}{' '}
            <span className={classes.dim} title={probabilityWords(deal).from}>
              {probabilityWords(deal).text}
            </span>
          </>
        )}
      </Table.Td>
      <Table.Td ta="right">
        <DealAmount deal={deal} />
      </Table.Td>
      <Table.Td className={classes.nowrap}>
        {ended ? (
          formatDay(deal.endedOn)
        ) : deal.closeOn ? (
          <span className={deal.overdue ? classes.bad : undefined} title={relativeDay(deal.closeOn, asOf ?? today)}>
            {formatDay(deal.closeOn)}
            {deal.overdue ? ', overdue' : ''}
          </span>
        ) : (
          NONE
        )}
      </Table.Td>
      {asOf === undefined ? <Table.Td className={classes.cut}>{deal.goal?.name ?? NONE}</Table.Td> : null}
    </Table.Tr>
  );
}
