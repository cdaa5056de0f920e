import { Skeleton } from '@mantine/core';
import type { AccountDetail } from '@steward/shared/accounts';
import { lazy, Suspense } from 'react';
import { formatDay } from '../../../lib/days.js';
import { useMe } from '../../../lib/me.js';
import { DealsSection } from './deals-section.js';
import { RenewalsSection } from './renewals-section.js';
import classes from './revenue.module.css';
import { SubscriptionsSection } from './subscriptions-section.js';

const LedgerSection = lazy(() => import('./ledger-section.js').then((module) => ({ default: module.LedgerSection })));

interface RevenueTabProps {
  account: AccountDetail;
  asOf: string | undefined;
}

/** What the account pays and will pay: deals, subscriptions, renewals, and the movements of its MRR. */
export function RevenueTab({ account, asOf }: RevenueTabProps) {
  const { permissions } = useMe();
  const isLive = asOf === undefined;
  const mayDeal = isLive && permissions.includes('deals:write');
  return (
    <>
      {asOf === undefined ? null : (
        <p className={classes.asOf} role="note">
          What was dated by {formatDay(asOf)}. Amounts, and the days on which something closes or ends, are those known
          today; forecasts and stages of that day are not kept.
        </p>
      )}
      <RenewalsSection account={account} asOf={asOf} editable={isLive && permissions.includes('renewals:write')} />
      <DealsSection account={account} asOf={asOf} mayWrite={mayDeal} />
      <SubscriptionsSection account={account} asOf={asOf} mayWrite={mayDeal} />
      <Suspense fallback={<Skeleton h={220} mt="lg" />}>
        <LedgerSection accountId={account.id} asOf={asOf} />
      </Suspense>
    </>
  );
}
