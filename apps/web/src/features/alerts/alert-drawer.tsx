import { ActionIcon, Button, Skeleton, Tooltip } from '@mantine/core';
import type { AlertDetail } from '@steward/shared/alerts';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { AlertButtons } from '../../components/alert/alert-buttons.js';
import { AlertEvents } from '../../components/alert/alert-events.js';
import { AlertFacts } from '../../components/alert/alert-facts.js';
import { KIND_WORDS } from '../../components/alert/alert-words.js';
import { alertQuery } from '../../components/alert/get-alerts.js';
import { SeverityMark } from '../../components/alert/severity-mark.js';
import type { Triage } from '../../components/alert/use-triage.js';
import drawer from '../../components/ui/drawer.module.css';
import { LoadFailed } from '../../components/ui/load-failed.js';
import classes from './alert-drawer.module.css';

interface AlertDrawerProps {
  accountId: string;
  id: string;
  triage: Triage | null;
  onClose: () => void;
}

/** One alert beside the list: what it rests on, how it stands, and what became of it so far. */
export function AlertDrawer({ accountId, id, triage, onClose }: AlertDrawerProps) {
  const { data, error, refetch } = useQuery(alertQuery(accountId, id));
  useMarkRead(data, triage);
  return (
    <aside className={classes.drawer} aria-label={data ? `Alert: ${data.account.name}` : 'Alert'}>
      <div className={drawer.head}>
        <div className={drawer.title}>
          {data ? (
            <>
              <h2 className={drawer.name}>{data.account.name}</h2>
              <div className={classes.dim}>
                <SeverityMark severity={data.severity} word /> · {KIND_WORDS[data.kind]}
              </div>
            </>
          ) : (
            <Skeleton h={20} w="70%" />
          )}
        </div>
        <Button variant="default" component={Link} to={`/accounts/${accountId}`}>
          Open account
        </Button>
        <Tooltip label="Close (Esc)">
          <ActionIcon size={30} onClick={onClose} aria-label="Close the alert">
            <IconX size={15} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
      <div className={drawer.body}>
        {error ? <LoadFailed title="This alert could not be shown" error={error} onRetry={refetch} /> : null}
        {data || error ? null : <Skeleton h={200} />}
        {data ? (
          <>
            <p className={classes.reason}>{data.reason}</p>
            {triage ? <AlertButtons alert={data} name={data.account.name} triage={triage} inWords /> : null}
            <AlertFacts alert={data} score={data.account.health.score} />
            <section aria-label="History">
              <h3 className={drawer.section}>History</h3>
              <AlertEvents events={data.events} />
            </section>
          </>
        ) : null}
      </div>
    </aside>
  );
}

/** Once it has been looked at, it is read. */
function useMarkRead(alert: AlertDetail | undefined, triage: Triage | null): void {
  const marked = useRef<string | null>(null);
  useEffect(() => {
    if (alert === undefined || !alert.unread || triage === null || marked.current === alert.id) return;
    marked.current = alert.id;
    triage.markRead(alert);
  }, [alert, triage]);
}
