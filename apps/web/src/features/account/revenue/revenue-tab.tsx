import { Skeleton } from '@mantine/core';
import type { AccountDetail } from '@steward/shared/accounts';
import { lazy, Suspense } from 'react';
import { useMe } from '../../../lib/me.js';
import { DealsSection } from './deals-section.js';
import { RenewalsSection } from './renewals-section.js';
import { SubscriptionsSection } from './subscriptions-section.js';

const LedgerSection = lazy(() => import('./ledger-section.js').then((module) => ({ default: module.LedgerSection })));

interface RevenueTabProps {
  account: AccountDetail;
  asOf: string | undefined;
}

/** What the account pays and will pay: deals, subscriptions, renewals, and the movements of its MRR. All of it as of now. */
export function RevenueTab({ account, asOf }: RevenueTabProps) {
  const { permissions } = useMe();
  const isLive = asOf === undefined;
  const mayDeal = isLive && permissions.includes('deals:write');
  return (
    <>
      <RenewalsSection account={account} editable={isLive && permissions.includes('renewals:write')} />
      <DealsSection account={account} mayWrite={mayDeal} />
      <SubscriptionsSection account={account} mayWrite={mayDeal} />
      <Suspense fallback={<Skeleton h={220} mt="lg" />}>
        <LedgerSection accountId={account.id} />
      </Suspense>
    </>
  );
}
