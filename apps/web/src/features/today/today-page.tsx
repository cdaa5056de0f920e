import { SegmentedControl, Skeleton } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { Today, TodayScope } from '@steward/shared/today';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { RaiseDialog } from '../../components/alert/raise-dialog.js';
import { FirstSteps } from '../../components/first-steps/first-steps.js';
import { FirstStepsCard } from '../../components/first-steps/first-steps-card.js';
import { SampleUnderWay } from '../../components/first-steps/sample-offer.js';
import { EmptyState } from '../../components/ui/empty-state.js';
import frame from '../../components/ui/frame.module.css';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { noAccountsWords } from '../../components/ui/no-accounts-words.js';
import { PageHeader } from '../../components/ui/page-header.js';
import { formatDay } from '../../lib/days.js';
import { useFirstSteps } from '../../lib/first-steps.js';
import { formatMoney, formatMoneyCompact, plural } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import { useSample } from '../../lib/sample.js';
import { AccountBlock } from './account-block.js';
import { todayQuery } from './get-today.js';
import { OwnerBlock } from './owner-block.js';
import { PulseGaps } from './pulse-gaps.js';
import classes from './today.module.css';
import { TodayAlerts } from './today-alerts.js';
import { partsFor, scopeOf, scopesFor, showsGaps, type TodayPart } from './today-plan.js';
import { TodayTasks } from './today-tasks.js';

const route = getRouteApi('/shell/');
const SCOPE_WORDS: Record<TodayScope, string> = { mine: 'My book', team: 'My team', all: 'All accounts' };

/** What a day starts with, for the role that is signed in; every row can be acted on where it stands. */
export function TodayPage() {
  useDocumentTitle('Today · Steward');
  const { scope: asked, steps: stepsAsked } = route.useSearch();
  const navigate = useNavigate();
  const { user, workspace, permissions } = useMe();
  const scope = scopeOf(asked, user.role);
  const { data, error, refetch } = useQuery(todayQuery(scope));
  const sample = useSample(permissions.includes('workspace:write'));
  const sampleUnderWay = sample?.state === 'loading' || sample?.state === 'removing';
  const mayBegin = permissions.includes('workspace:write');
  const first = useFirstSteps(mayBegin);
  const isLeft = first.data?.hidden === false && first.data.steps.some(({ done }) => !done);
  const scopes = scopesFor(user.role);
  const empty = data?.book.accounts === 0;
  if (sampleUnderWay || (empty && scope === 'all' && permissions.includes('imports:write'))) {
    return (
      <div className={frame.page}>
        <PageHeader title="Today" />
        {sampleUnderWay ? <SampleUnderWay sample={sample} /> : <FirstSteps sample={sample} />}
      </div>
    );
  }
  return (
    <div className={frame.page}>
      <PageHeader
        title="Today"
        aside={
          <span>
            {formatDay(workspace.today)}
            {data ? <BookTotals today={data} currency={workspace.currency} /> : null}
          </span>
        }
        actions={
          scopes.length > 1 ? (
            <SegmentedControl
              aria-label="Whose accounts"
              data={scopes.map((each) => ({ value: each, label: SCOPE_WORDS[each] }))}
              value={scope}
              onChange={(next) =>
                void navigate({ to: '/', search: next === scopes[0] ? {} : { scope: next }, replace: true })
              }
            />
          ) : null
        }
      />
      <div className={classes.body}>
        {first.data && (isLeft || stepsAsked) ? (
          <FirstStepsCard
            key={stepsAsked}
            steps={first.data.steps}
            asked={stepsAsked !== undefined}
            onHide={() => void navigate({ to: '/', search: (now) => ({ ...now, steps: undefined }), replace: true })}
          />
        ) : null}
        {error ? <LoadFailed title="Today could not be loaded" error={error} onRetry={refetch} /> : null}
        {empty ? <EmptyState {...noAccountsWords(scope === 'mine' ? 'csm' : user.role)} /> : null}
        {/* The steps stand above: what follows waits for them, or it would jump. */}
        {empty || (mayBegin && first.isPending) ? null : (
          <>
            <TodayAlerts scope={scope} />
            <TodayTasks scope={scope} />
          </>
        )}
        {data || error ? null : <Skeleton h={320} mt="lg" />}
        {data && !empty ? <Parts parts={partsFor(user.role, scope)} today={data} /> : null}
      </div>
    </div>
  );
}

function BookTotals({ today: { book }, currency }: { today: Today; currency: string }) {
  return (
    <>
      {' · '}
      {plural(book.accounts, 'live account')}
      {book.arrMinor === null ? null : (
        <>
          {' · ARR '}
          <span className="tabular" title={formatMoney(book.arrMinor, currency)}>
            {formatMoneyCompact(book.arrMinor, currency)}
          </span>
        </>
      )}
    </>
  );
}

function Parts({ parts, today }: { parts: readonly TodayPart[]; today: Today }) {
  const { user } = useMe();
  const [raising, setRaising] = useState<{
    account: { id: string; name: string };
    kind: 'churn' | 'renewal' | 'expansion';
  } | null>(null);
  const raise = (kind: 'churn' | 'renewal' | 'expansion') => (account: { id: string; name: string }) =>
    setRaising({ account, kind });
  const show = (part: TodayPart) => {
    switch (part) {
      case 'owners':
        return today.owners === null ? null : <OwnerBlock key={part} owners={today.owners} />;
      case 'drops':
        return <AccountBlock key={part} part={part} today={today} onRaise={raise('churn')} />;
      case 'renewals':
        return <AccountBlock key={part} part={part} today={today} onRaise={raise('renewal')} />;
      case 'expansion':
        return <AccountBlock key={part} part={part} today={today} onRaise={raise('expansion')} />;
    }
  };
  return (
    <div className={classes.parts}>
      {parts.map(show)}
      {showsGaps(user.role) ? <PulseGaps scope={today.scope} /> : null}
      {raising ? <RaiseDialog account={raising.account} kind={raising.kind} onClose={() => setRaising(null)} /> : null}
    </div>
  );
}
