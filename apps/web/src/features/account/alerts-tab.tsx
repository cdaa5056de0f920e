import { Button, Skeleton } from '@mantine/core';
import type { AccountDetail } from '@steward/shared/accounts';
import type { AccountAlertEvents, AccountAlerts, Alert } from '@steward/shared/alerts';
import { IconBellPlus } from '@tabler/icons-react';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { AlertButtons } from '../../components/alert/alert-buttons.js';
import { AlertEvents } from '../../components/alert/alert-events.js';
import { AlertFacts } from '../../components/alert/alert-facts.js';
import { isLive, KIND_WORDS } from '../../components/alert/alert-words.js';
import { RaiseDialog } from '../../components/alert/raise-dialog.js';
import { SeverityMark } from '../../components/alert/severity-mark.js';
import { type Triage, useTriage } from '../../components/alert/use-triage.js';
import { EmptyState } from '../../components/ui/empty-state.js';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { Section } from '../../components/ui/section.js';
import { request } from '../../lib/api.js';
import { plural } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import classes from './alerts-tab.module.css';

/** GET /accounts/:id/alerts: live ones first, then the newest; as of an earlier day those that were live then. */
const accountAlertsQuery = (id: string, asOf: string | undefined) =>
  queryOptions({
    queryKey: ['account', id, 'alerts', asOf ?? null],
    queryFn: ({ signal }) => request<AccountAlerts>('GET', `/accounts/${id}/alerts`, { query: { asOf }, signal }),
  });

/** GET /accounts/:id/alert-events: of all its alerts, newest first, nothing dated after the day. */
const accountAlertEventsQuery = (id: string, asOf: string | undefined) =>
  queryOptions({
    queryKey: ['account', id, 'alert-events', asOf ?? null],
    queryFn: ({ signal }) =>
      request<AccountAlertEvents>('GET', `/accounts/${id}/alert-events`, { query: { asOf }, signal }),
  });

interface AlertsTabProps {
  account: AccountDetail;
  asOf: string | undefined;
}

/** The alerts of the account, those that live acted on in place, and what became of all of them. */
export function AlertsTab({ account, asOf }: AlertsTabProps) {
  const { data, error, refetch } = useQuery(accountAlertsQuery(account.id, asOf));
  const events = useQuery(accountAlertEventsQuery(account.id, asOf)).data;
  const triage = useTriage();
  const [raising, setRaising] = useState(false);
  const mayTriage = useMe().permissions.includes('alerts:triage') && asOf === undefined;
  const live = data?.alerts.filter(isLive) ?? [];
  return (
    <>
      <Section
        title="Alerts"
        note={data ? (live.length === 0 ? null : plural(live.length, 'live alert')) : null}
        aside={
          mayTriage ? (
            <Button
              variant="default"
              leftSection={<IconBellPlus size={14} aria-hidden />}
              onClick={() => setRaising(true)}
            >
              Raise an alert
            </Button>
          ) : null
        }
      >
        {error ? <LoadFailed title="Alerts could not be loaded" error={error} onRetry={refetch} /> : null}
        {data || error ? null : <Skeleton h={160} />}
        {data && live.length === 0 ? (
          <EmptyState
            title="No live alerts"
            text={
              asOf === undefined
                ? 'No rule has anything to say about this account now.'
                : 'None that was opened by that day was live at its end.'
            }
          />
        ) : null}
        {live.map((alert) => (
          <LiveAlert key={alert.id} alert={alert} account={account} asOf={asOf} triage={mayTriage ? triage : null} />
        ))}
      </Section>
      {events && events.events.length > 0 ? (
        <Section title="What became of them" note={plural(events.total, 'entry', 'entries')}>
          <AlertEvents events={events.events} about={({ alert }) => alert.reason} />
        </Section>
      ) : null}
      {triage.dialogs}
      {raising ? <RaiseDialog account={account} onClose={() => setRaising(false)} /> : null}
    </>
  );
}

interface LiveAlertProps {
  alert: Alert;
  account: AccountDetail;
  asOf: string | undefined;
  triage: Triage | null;
}

function LiveAlert({ alert, account, asOf, triage }: LiveAlertProps) {
  return (
    <article className={classes.alert} aria-label={alert.reason}>
      <div className={classes.head}>
        <SeverityMark severity={alert.severity} word />
        <span className={classes.dim}>{KIND_WORDS[alert.kind]}</span>
        {triage ? (
          <span className={classes.buttons}>
            <AlertButtons alert={alert} name={account.name} triage={triage} />
          </span>
        ) : null}
      </div>
      <p className={classes.reason}>{alert.reason}</p>
      <AlertFacts alert={alert} score={account.score} asOf={asOf} />
    </article>
  );
}
