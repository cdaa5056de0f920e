import { Skeleton } from '@mantine/core';
import type { TodayScope } from '@steward/shared/today';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { AlertList } from '../../components/alert/alert-list.js';
import { inboxQuery } from '../../components/alert/get-alerts.js';
import { useTriage } from '../../components/alert/use-triage.js';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { Section } from '../../components/ui/section.js';
import { formatMoney, formatMoneyCompact, plural } from '../../lib/format.js';
import { useCurrency } from '../../lib/me.js';
import classes from './today.module.css';

const ROWS = 6;
/** What is counted here, and where the way to all of it leads. */
const STATE = 'open';

/** The first rows of the inbox, triaged here as there; the ARR at stake stands above them. */
export function TodayAlerts({ scope }: { scope: TodayScope }) {
  const currency = useCurrency();
  const navigate = useNavigate();
  const triage = useTriage();
  const { data, error, refetch } = useQuery(inboxQuery({ scope, state: STATE, limit: ROWS }));
  const totals = data?.totals;
  return (
    <Section
      title="Alerts to triage"
      note={
        totals && totals.alerts > 0 ? (
          <>
            {plural(totals.accounts, 'account')}
            {totals.arrAtStakeMinor === null ? null : (
              <>
                {' · '}
                <strong className={classes.stake} title={formatMoney(totals.arrAtStakeMinor, currency)}>
                  {formatMoneyCompact(totals.arrAtStakeMinor, currency)}
                </strong>{' '}
                ARR at stake
              </>
            )}
            {totals.arrInPlayMinor === null
              ? null
              : ` · ${formatMoneyCompact(totals.arrInPlayMinor, currency)} in play`}
          </>
        ) : null
      }
      aside={
        <Link to="/alerts" search={{ scope, state: STATE }} className={classes.all}>
          All open alerts
        </Link>
      }
    >
      {error ? <LoadFailed title="Alerts could not be loaded" error={error} onRetry={refetch} /> : null}
      {data || error ? null : <Skeleton h={160} />}
      {data?.rows.length === 0 ? <p className={classes.quiet}>Nothing waits to be looked at.</p> : null}
      {data && data.rows.length > 0 ? (
        <div className={classes.alerts}>
          <AlertList
            label="Alerts to triage"
            rows={data.rows}
            triage={triage}
            onOpen={(alert) =>
              void navigate({ to: '/alerts', search: { scope, open: `${alert.accountId}~${alert.id}` } })
            }
          />
        </div>
      ) : null}
      {triage.dialogs}
    </Section>
  );
}
