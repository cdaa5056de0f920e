import { Checkbox, UnstyledButton } from '@mantine/core';
import type { Alert, AlertInboxRow } from '@steward/shared/alerts';
import { Link } from '@tanstack/react-router';
import { formatDay, formatInstant, relativeDay } from '../../lib/days.js';
import { formatMoney, formatMoneyCompact, formatScore, plural } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import { BAND_WORDS, BandShape } from '../ui/band.js';
import frame from '../ui/frame.module.css';
import { AlertButtons } from './alert-buttons.js';
import classes from './alert-list.module.css';
import { KIND_WORDS, originOf, STATE_WORDS } from './alert-words.js';
import { SeverityMark } from './severity-mark.js';
import type { Triage } from './use-triage.js';

interface AlertRowProps {
  row: AlertInboxRow;
  /** Null for those who only look on. */
  triage: Triage | null;
  selection: { ticked: boolean; onToggle: () => void } | null;
  openId: string | null;
  unfolded: boolean;
  onUnfold: () => void;
  onOpen: (alert: Alert) => void;
  onFocus: () => void;
}

export function AlertRow(props: AlertRowProps) {
  const { row, triage, selection, openId, unfolded, onUnfold, onOpen, onFocus } = props;
  const { account, top, more, others } = row;
  const { currency } = useMe().workspace;
  const alerts = unfolded ? [top, ...others] : [top];
  return (
    // The row takes the keys; all that they do has a button or a link of its own too.
    <li
      className={classes.row}
      data-ticked={selection?.ticked || undefined}
      data-account={account.id}
      data-alert={top.id}
      data-offers={top.playbook?.id}
      tabIndex={-1}
      onFocus={onFocus}
    >
      <div className={classes.head} data-open={openId === top.id || undefined}>
        {selection ? (
          <Checkbox
            size="16px"
            radius="4px"
            aria-label={`Select ${account.name}`}
            checked={selection.ticked}
            onChange={selection.onToggle}
          />
        ) : null}
        <span className={frame.nameLine}>
          <Link to="/accounts/$accountId" params={{ accountId: account.id }} className={frame.nameClipped}>
            {account.name}
          </Link>
          {account.tier ? <span className={frame.mark}>{account.tier}</span> : null}
        </span>
        <span className={classes.health}>
          {account.health.band ? (
            <span title={BAND_WORDS[account.health.band]} className={classes.band}>
              <BandShape band={account.health.band} />
              <span className="tabular">{formatScore(account.health.score)}</span>
              <span className={frame.said}>{BAND_WORDS[account.health.band]}</span>
            </span>
          ) : null}
        </span>
        <span className={`${classes.arr} tabular`} title={`ARR ${formatMoney(account.arrMinor, currency)}`}>
          {formatMoneyCompact(account.arrMinor, currency)}
        </span>
        <AlertLine alert={top} name={account.name} triage={triage} onOpen={onOpen}>
          {more > 0 ? (
            <UnstyledButton
              className={classes.more}
              aria-expanded={unfolded}
              aria-label={`${plural(more, 'more alert')} of ${account.name}`}
              onClick={onUnfold}
            >
              +{more}
            </UnstyledButton>
          ) : null}
        </AlertLine>
      </div>
      {alerts.slice(1).map((alert) => (
        <div key={alert.id} className={classes.other} data-open={openId === alert.id || undefined}>
          <AlertLine alert={alert} name={account.name} triage={triage} onOpen={onOpen} />
        </div>
      ))}
      {unfolded && more > others.length ? (
        <div className={classes.rest}>
          {plural(more - others.length, 'more alert')} on{' '}
          <Link to="/accounts/$accountId" params={{ accountId: account.id }} search={{ tab: 'alerts' }}>
            the account’s page
          </Link>
        </div>
      ) : null}
    </li>
  );
}

interface AlertLineProps {
  alert: Alert;
  name: string;
  triage: Triage | null;
  onOpen: (alert: Alert) => void;
  children?: React.ReactNode;
}

function AlertLine({ alert, name, triage, onOpen, children }: AlertLineProps) {
  const { timeZone, today } = useMe().workspace;
  return (
    <>
      <span className={classes.what}>
        <SeverityMark severity={alert.severity} />
        <UnstyledButton className={classes.reason} title={alert.reason} onClick={() => onOpen(alert)}>
          {alert.unread ? <span className={classes.unread} role="img" aria-label="unread" /> : null}
          <span data-unread={alert.unread || undefined}>{alert.reason}</span>
        </UnstyledButton>
        {children}
      </span>
      <span className={classes.kind} title={originOf(alert)}>
        {KIND_WORDS[alert.kind]}
      </span>
      <span className={classes.who} title={alert.assignee ? 'Assigned' : 'By ownership of the account'}>
        {alert.receiver?.name ?? 'nobody'}
      </span>
      <span className={classes.when}>
        <span className={classes.state} title={formatInstant(alert.openedAt, timeZone)}>
          {stateText(alert, today)}
        </span>
        {triage ? <AlertButtons alert={alert} name={name} triage={triage} /> : null}
      </span>
    </>
  );
}

/** "3 d ago", "acknowledged", "until 5 Dec". */
function stateText(alert: Alert, today: string): string {
  if (alert.state === 'snoozed') return `until ${formatDay(alert.snoozedUntil)}`;
  if (alert.state === 'resolved' || alert.state === 'cleared') {
    return `${STATE_WORDS[alert.state].toLowerCase()} ${alert.endedDay ? relativeDay(alert.endedDay, today) : ''}`;
  }
  const since = relativeDay(alert.openedDay, today);
  return alert.state === 'acknowledged' ? `ack. · ${since}` : since;
}
