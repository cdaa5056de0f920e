import { ActionIcon, Button, Skeleton, Stack, Tooltip } from '@mantine/core';
import type { AccountDetail } from '@steward/shared/accounts';
import { IconTargetArrow, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { accountDetailQuery } from '../../lib/account-detail.js';
import { humanize, optionLabel, useCatalogue } from '../../lib/catalogue.js';
import { formatDay, relativeDay } from '../../lib/days.js';
import { formatMoney, formatNumber, formatPercent, formatScore, NONE } from '../../lib/format.js';
import { useCurrency, useMe } from '../../lib/me.js';
import { withoutRateText } from '../../lib/without-rate.js';
import { Sparkline } from '../charts/sparkline.js';
import { askStart } from '../goal/ask-start.js';
import { lastTouchText } from '../touch/touch-words.js';
import { BandLabel, bandColor } from '../ui/band.js';
import drawer from '../ui/drawer.module.css';
import { HealthChange } from '../ui/health-change.js';
import { LoadFailed } from '../ui/load-failed.js';
import classes from './peek-drawer.module.css';
import { PeekLosses } from './peek-losses.js';

interface PeekDrawerProps {
  id: string;
  asOf: string | undefined;
  onClose: () => void;
  /** What the page has to say of the account, above what it costs points. */
  children?: ReactNode;
}

/** A first look beside the list; the list keeps the keyboard, so ↑ ↓ J K move on without closing. */
export function PeekDrawer({ id, asOf, onClose, children }: PeekDrawerProps) {
  const { data, error, refetch } = useQuery(accountDetailQuery(id, asOf));
  const mayStart = useMe().permissions.includes('goals:write');
  return (
    <aside className={classes.drawer} aria-label={data ? `Peek: ${data.name}` : 'Peek'} aria-live="polite">
      <div className={drawer.head}>
        <div style={{ flex: 1, minWidth: 0 }}>
          {data ? (
            <>
              <h2 className={drawer.name}>{data.name}</h2>
              <div className={classes.id}>
                {[data.externalId, data.domain, data.industry].filter(Boolean).join(' · ')}
              </div>
            </>
          ) : (
            <Skeleton h={20} w="70%" />
          )}
        </div>
        {mayStart && asOf === undefined ? (
          <Tooltip label="Start a playbook (P)">
            <ActionIcon
              size={30}
              aria-label="Start a playbook"
              onClick={() => askStart({ accountId: id, alert: null })}
            >
              <IconTargetArrow size={16} aria-hidden />
            </ActionIcon>
          </Tooltip>
        ) : null}
        <Button variant="default" component={Link} to={`/accounts/${id}`}>
          Open
        </Button>
        <Tooltip label="Close (Esc)">
          <ActionIcon size={30} onClick={onClose} aria-label="Close the peek">
            <IconX size={15} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
      <div className={classes.body}>
        {error ? <LoadFailed title="This account could not be shown" error={error} onRetry={refetch} /> : null}
        {data ? <PeekFacts account={data} /> : error ? null : <PeekSkeleton />}
        {children}
        {data?.band ? <PeekLosses id={id} asOf={asOf} /> : null}
      </div>
    </aside>
  );
}

function PeekSkeleton() {
  return (
    <Stack gap="sm">
      <Skeleton h={34} w={120} />
      {[70, 85, 60, 75, 66, 80].map((width) => (
        <Skeleton key={width} h={14} w={`${width}%`} />
      ))}
    </Stack>
  );
}

function PeekFacts({ account }: { account: AccountDetail }) {
  const currency = useCurrency();
  const catalogue = useCatalogue();
  const { asOf } = account;
  const facts: [string, React.ReactNode][] = [
    ['Tier', account.tier ? optionLabel(catalogue, 'tier', account.tier) : NONE],
    [
      'Stage',
      account.stage
        ? `${optionLabel(catalogue, 'stage', account.stage)}${account.stageStatus === 'behind' || account.stageStatus === 'stuck' ? ` · ${humanize(account.stageStatus)}` : ''}`
        : NONE,
    ],
    [
      'ARR',
      account.arrMinor === null
        ? (withoutRateText(account.arrWithoutRate) ?? NONE)
        : formatMoney(account.arrMinor, currency),
    ],
    [
      'Renewal',
      account.renewalDate ? `${formatDay(account.renewalDate)} · ${relativeDay(account.renewalDate, asOf)}` : NONE,
    ],
    [
      'Seats used',
      account.seatUtilization === null
        ? NONE
        : `${formatPercent(account.seatUtilization)} (${formatNumber(account.activeContacts)} of ${formatNumber(account.seats)})`,
    ],
    ['NPS', formatNumber(account.nps)],
    ['Last touch', lastTouchText(account)],
    ['CSM', account.csm?.name ?? NONE],
    ['Account manager', account.am?.name ?? NONE],
  ];
  return (
    <>
      <div className={classes.score}>
        <span className={`${classes.figure} tabular`}>{formatScore(account.score)}</span>
        <span>
          {account.band ? <BandLabel band={account.band} /> : 'Not scored'}
          <br />
          <HealthChange score={account.score} change={account.healthChange} />
        </span>
        <span style={{ marginLeft: 'auto' }}>
          <Sparkline
            values={account.sparkline}
            accent={account.band ? bandColor(account.band) : undefined}
            width={110}
            height={34}
          />
        </span>
      </div>
      <dl className={classes.facts}>
        {facts.map(([label, value]) => (
          <div key={label} style={{ display: 'contents' }}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
