import { Button, Skeleton, Table } from '@mantine/core';
import type { AccountDetail } from '@steward/shared/accounts';
import type { Subscription } from '@steward/shared/subscriptions';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { subscriptionsQuery } from '../../../components/deal/get-deals.js';
import { AskDialog } from '../../../components/ui/ask-dialog.js';
import { LoadFailed } from '../../../components/ui/load-failed.js';
import { Section } from '../../../components/ui/section.js';
import { formatDay } from '../../../lib/days.js';
import { formatMoney, formatNumber, NONE } from '../../../lib/format.js';
import { useCurrency } from '../../../lib/me.js';
import { subscriptionsOn } from './as-it-stood.js';
import { useRemoveSubscription } from './change-subscriptions.js';
import classes from './revenue.module.css';
import { SubscriptionDialog } from './subscription-dialog.js';

interface SubscriptionsSectionProps {
  account: AccountDetail;
  asOf: string | undefined;
  mayWrite: boolean;
}

type Asked = { what: 'edit'; subscription: Subscription | null } | { what: 'delete'; subscription: Subscription };

/** Subscriptions: those that people keep by hand are changed here, the rest where they come from. */
export function SubscriptionsSection({ account, asOf, mayWrite }: SubscriptionsSectionProps) {
  const { data, error, refetch } = useQuery(subscriptionsQuery(account.id));
  const [asked, setAsked] = useState<Asked | null>(null);
  const remove = useRemoveSubscription(account.id);
  const close = () => setAsked(null);
  const known = data?.subscriptions ?? [];
  const subscriptions = asOf === undefined ? known : subscriptionsOn(known, asOf);
  const imported = subscriptions.some(({ keptByHand }) => !keptByHand);
  return (
    <Section
      title="Subscriptions"
      note={imported ? 'those of an import or the API are changed at their source' : null}
      aside={
        mayWrite ? (
          <Button
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => setAsked({ what: 'edit', subscription: null })}
          >
            Add by hand
          </Button>
        ) : null
      }
    >
      {error ? <LoadFailed title="Subscriptions could not be loaded" error={error} onRetry={refetch} /> : null}
      {data || error ? null : <Skeleton h={90} />}
      {data && subscriptions.length === 0 ? (
        <p className={classes.none}>None. MRR, seats and the renewal date follow from subscriptions.</p>
      ) : null}
      {subscriptions.length > 0 ? (
        <Table.ScrollContainer minWidth={640} type="native">
          <Table highlightOnHover aria-label="Subscriptions">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Plan</Table.Th>
                <Table.Th ta="right">Quantity</Table.Th>
                <Table.Th ta="right">MRR</Table.Th>
                <Table.Th>From</Table.Th>
                <Table.Th>Until</Table.Th>
                <Table.Th>Renews</Table.Th>
                <Table.Th>Kept</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {subscriptions.map((each) => (
                <SubscriptionLine
                  key={each.id}
                  subscription={each}
                  onAsk={mayWrite && each.keptByHand ? (what) => setAsked({ what, subscription: each }) : null}
                />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      ) : null}
      {asked?.what === 'edit' ? (
        <SubscriptionDialog accountId={account.id} subscription={asked.subscription} onClose={close} />
      ) : null}
      {asked?.what === 'delete' ? (
        <AskDialog
          title={`Delete ${asked.subscription.plan ?? 'this subscription'}?`}
          yes="Delete"
          typed="delete"
          isPending={remove.isPending}
          onYes={() => remove.mutate(asked.subscription, { onSuccess: close })}
          onClose={close}
        >
          Its MRR goes from every month, past ones included. A subscription that has ended gets its last day instead.
        </AskDialog>
      ) : null}
    </Section>
  );
}

interface SubscriptionLineProps {
  subscription: Subscription;
  /** Null: it is not this person's to change. */
  onAsk: ((what: 'edit' | 'delete') => void) | null;
}

function SubscriptionLine({ subscription, onAsk }: SubscriptionLineProps) {
  const currency = useCurrency();
  const { plan, id, quantity, seatBased, mrrMinor, start, end, termMonths, autoRenew, active, keptByHand } =
    subscription;
  const name = plan ?? id;
  return (
    <Table.Tr>
      <Table.Td>
        {name}
        {active ? null : <span className={classes.dim}> · not active</span>}
      </Table.Td>
      <Table.Td ta="right" className="tabular">
        {formatNumber(quantity)}
        {quantity !== null && seatBased ? <span className={classes.dim}> seats</span> : null}
      </Table.Td>
      <Table.Td ta="right" className="tabular">
        <span title={mrrMinor === null ? 'Its MRR is not known' : undefined}>
          {formatMoney(mrrMinor, subscription.currency ?? currency)}
        </span>
      </Table.Td>
      <Table.Td className={classes.nowrap}>{formatDay(start)}</Table.Td>
      <Table.Td className={classes.nowrap}>{end === null ? 'open-ended' : formatDay(end)}</Table.Td>
      <Table.Td className={classes.nowrap}>
        {autoRenew ? 'by itself' : autoRenew === null ? NONE : 'by hand'}
        {termMonths === null ? '' : `, ${termMonths} mo`}
      </Table.Td>
      <Table.Td className={classes.nowrap}>
        {onAsk ? (
          <span className={classes.deeds}>
            <Button variant="default" size="compact-xs" aria-label={`Edit ${name}`} onClick={() => onAsk('edit')}>
              Edit
            </Button>
            <Button
              variant="subtle"
              color="gray"
              size="compact-xs"
              aria-label={`Delete ${name}`}
              onClick={() => onAsk('delete')}
            >
              Delete
            </Button>
          </span>
        ) : keptByHand ? (
          'by hand'
        ) : (
          <span className={classes.dim} title="From an import or the API: it is changed there">
            by its source
          </span>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
