import { Button, Tabs } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { IconFileText } from '@tabler/icons-react';
import { usePrefetchQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { LeavingBadge } from '../../components/leaving/leaving-badge.js';
import { PlanStrip } from '../../components/plan/plan-strip.js';
import { AsOfPicker } from '../../components/ui/as-of-picker.js';
import frame from '../../components/ui/frame.module.css';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { PageHeader } from '../../components/ui/page-header.js';
import { accountDetailQuery } from '../../lib/account-detail.js';
import { catalogueQuery } from '../../lib/catalogue.js';
import { lastList } from '../../lib/last-list.js';
import { useMe } from '../../lib/me.js';
import { AccountActions } from './account-actions.js';
import classes from './account-page.module.css';
import { AccountSide } from './account-side.js';
import { AccountSkeleton } from './account-skeleton.js';
import { AccountTasks } from './account-tasks.js';
import { AlertsTab } from './alerts-tab.js';
import { FactsTab } from './facts-tab.js';
import { GoalsBegun } from './goals-begun.js';
import { GoalsTab } from './goals-tab.js';
import { SetAsideNotice } from './set-aside-notice.js';
import { SummaryStrip } from './summary-strip.js';
import { TimelineTab } from './timeline-tab.js';
import { WhatChanged } from './what-changed.js';
import { WhyScore } from './why-score.js';

const SignalCharts = lazy(() => import('./signal-charts.js').then((module) => ({ default: module.SignalCharts })));

const RevenueTab = lazy(() => import('./revenue/revenue-tab.js').then((module) => ({ default: module.RevenueTab })));

const route = getRouteApi('/shell/accounts/$accountId');
const TABS = [
  { value: 'health', label: 'Health' },
  { value: 'timeline', label: 'Timeline' },
  { value: 'trends', label: 'Trends' },
  { value: 'alerts', label: 'Alerts' },
  { value: 'goals', label: 'Goals' },
  { value: 'revenue', label: 'Revenue' },
  { value: 'facts', label: 'Facts' },
] as const;

export function AccountPage() {
  const { accountId } = route.useParams();
  const { asOf, tab: asked } = route.useSearch();
  // An address may be old or cut off: what names no tab shows the first.
  const tab = TABS.find(({ value }) => value === asked)?.value ?? 'health';
  const navigate = useNavigate();
  const { permissions } = useMe();
  // Asked for at once, not only when the parts that show it are drawn.
  usePrefetchQuery(catalogueQuery);
  const { data: account, error, refetch } = useQuery(accountDetailQuery(accountId, asOf));
  useDocumentTitle(account ? `${account.name} · Steward` : 'Steward');
  const editable = asOf === undefined && permissions.includes('accounts:edit');

  if (error) {
    return (
      <LoadFailed
        page
        title="This account could not be shown"
        error={error}
        gone={{ title: 'There is no such account', text: 'It does not exist, or it is not in your book.' }}
        back={
          <Link to="/accounts" search={lastList()}>
            Back to accounts
          </Link>
        }
        onRetry={refetch}
      />
    );
  }
  if (!account) return <AccountSkeleton />;
  return (
    <>
      <PageHeader
        title={
          <>
            <Link to="/accounts" search={lastList()} className={frame.crumb}>
              Accounts
            </Link>
            <span className={classes.dim} aria-hidden>
              /
            </span>
            <span className={classes.name} title={account.name}>
              {account.name}
            </span>
          </>
        }
        aside={<LeavingBadge account={account} />}
        actions={
          <>
            <AsOfPicker />
            {asOf === undefined ? (
              <Button
                variant="default"
                leftSection={<IconFileText size={14} aria-hidden />}
                renderRoot={(props) => (
                  <Link {...props} to="/accounts/$accountId/brief" params={{ accountId: account.id }} />
                )}
              >
                Brief
              </Button>
            ) : null}
            {editable ? <AccountActions account={account} /> : null}
          </>
        }
      />
      <div className={classes.page}>
        <div className={classes.main}>
          <SetAsideNotice setAside={account.setAside} />
          <SummaryStrip account={account} asOf={asOf} editable={editable} />
          {asOf === undefined ? (
            <PlanStrip
              accountId={account.id}
              isLive={account.status === 'customer' || account.status === 'trial'}
              editable={editable}
            />
          ) : null}
          <Tabs
            value={tab}
            keepMounted={false}
            onChange={(next) =>
              void navigate({
                to: '.',
                search: (search) => ({ ...search, tab: next === 'health' ? undefined : (next ?? undefined) }),
                replace: true,
              })
            }
          >
            <Tabs.List>
              {TABS.map(({ value, label }) => (
                <Tabs.Tab key={value} value={value} px="sm">
                  {label}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            <Tabs.Panel value="health">
              <WhyScore account={account} asOf={asOf} />
              <WhatChanged account={account} />
            </Tabs.Panel>
            <Tabs.Panel value="trends">
              <Suspense fallback={<AccountSkeleton rows={4} />}>
                <SignalCharts account={account} />
              </Suspense>
            </Tabs.Panel>
            <Tabs.Panel value="alerts">
              <AlertsTab account={account} asOf={asOf} />
            </Tabs.Panel>
            <Tabs.Panel value="goals">
              {asOf === undefined ? (
                <>
                  <GoalsTab account={account} />
                  <AccountTasks account={account} />
                </>
              ) : (
                <GoalsBegun accountId={account.id} by={asOf} />
              )}
            </Tabs.Panel>
            <Tabs.Panel value="revenue">
              <Suspense fallback={<AccountSkeleton rows={4} />}>
                <RevenueTab account={account} asOf={asOf} />
              </Suspense>
            </Tabs.Panel>
            <Tabs.Panel value="facts">
              <FactsTab account={account} asOf={asOf} />
            </Tabs.Panel>
            <Tabs.Panel value="timeline">
              <TimelineTab id={account.id} asOf={asOf} />
            </Tabs.Panel>
          </Tabs>
        </div>
        <AccountSide account={account} asOf={asOf} editable={editable} />
      </div>
    </>
  );
}
