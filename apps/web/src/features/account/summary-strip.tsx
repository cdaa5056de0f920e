import type { AccountDetail } from '@steward/shared/accounts';
import type { ReactNode } from 'react';
import { Sparkline } from '../../components/charts/sparkline.js';
import { BandLabel, bandColor } from '../../components/ui/band.js';
import { HealthChange } from '../../components/ui/health-change.js';
import { humanize, optionLabel, useCatalogue } from '../../lib/catalogue.js';
import { formatDay, relativeDay } from '../../lib/days.js';
import { formatMoney, formatNumber, formatPercent, formatScore, NONE } from '../../lib/format.js';
import { useCurrency } from '../../lib/me.js';
import { withoutRateText } from '../../lib/without-rate.js';
import classes from './account-page.module.css';
import { countProblem } from './count-problem.js';
import { useEditAccount } from './edit-account.js';
import { InlineEdit } from './inline-edit.js';
import { PulseHistory } from './pulse-history.js';

interface SummaryStripProps {
  account: AccountDetail;
  asOf: string | undefined;
  editable: boolean;
}

/** What the account is at a glance; fields with a pencil are edited in place. */
export function SummaryStrip({ account, asOf, editable }: SummaryStripProps) {
  const catalogue = useCatalogue();
  const edit = useEditAccount(account.id);
  const decided = (field: 'renewalDate' | 'seats') => account.fromSubscriptions.includes(field);
  const source = (field: 'renewalDate' | 'seats') => {
    if (decided(field)) return 'From the active subscriptions';
    const known = account.fieldSources[field];
    return known ? `From ${known.source}, since ${formatDay(known.fromDay)}` : null;
  };
  const { tierOverride, stageLock, stageStatus } = account;

  return (
    <div className={classes.strip}>
      <div className={classes.cells}>
        <div className={`${classes.cell} ${classes.scoreCell}`}>
          <div className={classes.scoreRow}>
            <span
              className={`${classes.score} tabular`}
              title={account.score === null ? 'No score' : `Score ${formatNumber(account.score, 2)}`}
            >
              {formatScore(account.score)}
            </span>
            <span>
              {account.band ? <BandLabel band={account.band} /> : <span className={classes.dim}>Not scored</span>}
              <br />
              <HealthChange score={account.score} change={account.healthChange} />
            </span>
            <Sparkline
              values={account.sparkline}
              width={72}
              height={32}
              accent={account.band ? bandColor(account.band) : undefined}
            />
          </div>
        </div>
        <Cell label="Tier" note={tierOverride ? <span title={tierOverride.reason}>by hand</span> : null}>
          {account.tier ? optionLabel(catalogue, 'tier', account.tier) : <None reason="No tier yet" />}
        </Cell>
        <Cell
          label="Stage"
          note={
            <>
              {stageStatus && stageStatus !== 'on_track' ? (
                <span style={{ color: 'var(--bad)' }}>{humanize(stageStatus).toLowerCase()}</span>
              ) : null}
              {stageLock ? <span title={stageLock.reason ?? undefined}>locked</span> : null}
              {!stageLock && account.stageSince && (!stageStatus || stageStatus === 'on_track') ? (
                <span title={`Since ${formatDay(account.stageSince)}`}>
                  {relativeDay(account.stageSince, account.asOf)
                    .replace(/^(.+) ago$/, 'for $1')
                    .replace('today', 'since today')}
                </span>
              ) : null}
            </>
          }
        >
          {account.stage ? optionLabel(catalogue, 'stage', account.stage) : <None reason="No stage yet" />}
        </Cell>
        <ArrCell account={account} />
        <Cell
          label="Renewal"
          note={
            account.renewalDate && account.status !== 'churned' ? relativeDay(account.renewalDate, account.asOf) : null
          }
        >
          <InlineEdit
            label="renewal date"
            kind="date"
            editable={editable && !decided('renewalDate')}
            text={account.renewalDate ?? ''}
            source={source('renewalDate')}
            shown={account.renewalDate ? formatDay(account.renewalDate) : 'not set'}
            onSave={(text) =>
              edit.mutate({
                change: { renewalDate: text === '' ? null : text },
                before: { renewalDate: account.renewalDate },
                said: 'Renewal date changed',
              })
            }
          />
        </Cell>
        <Cell
          label="Seats"
          note={
            account.seatUtilization === null ? null : (
              <span title={`${formatNumber(account.activeContacts)} active of ${formatNumber(account.seats)} seats`}>
                {formatPercent(account.seatUtilization)} used
              </span>
            )
          }
        >
          <InlineEdit
            label="seats"
            kind="number"
            editable={editable && !decided('seats')}
            text={account.seats === null ? '' : String(account.seats)}
            source={source('seats')}
            shown={account.seats === null ? 'not set' : formatNumber(account.seats)}
            problemOf={countProblem}
            onSave={(text) =>
              edit.mutate({
                change: { seats: text === '' ? null : Number(text) },
                before: { seats: account.seats },
                said: 'Seats changed',
              })
            }
          />
        </Cell>
        <Cell label="Pulse">
          <PulseHistory accountId={account.id} asOf={asOf} />
        </Cell>
      </div>
    </div>
  );
}

/** Where an amount lacks an exchange rate, that is why the ARR is not known, or is less than what was delivered. */
function ArrCell({ account: { arrMinor, arrWithoutRate } }: { account: AccountDetail }) {
  const currency = useCurrency();
  const lacks = withoutRateText(arrWithoutRate);
  const note = lacks !== null && arrMinor !== null ? `without ${lacks}` : lacks;
  return (
    <Cell label="ARR" note={note ? <span className={classes.lacks}>{note}</span> : null}>
      {arrMinor === null ? <None reason={lacks ?? 'ARR is not known'} /> : formatMoney(arrMinor, currency)}
    </Cell>
  );
}

/** Label, value and what qualifies it, one below the other: a row of them stays calm at every width. */
function Cell({ label, note = null, children }: { label: string; note?: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.cell}>
      <div className={classes.cellLabel}>{label}</div>
      <div className={`${classes.cellValue} tabular`}>{children}</div>
      <div className={`${classes.cellNote} tabular`}>{note}</div>
    </div>
  );
}

function None({ reason }: { reason: string }) {
  return (
    <span className={classes.dim} title={reason}>
      {NONE}
    </span>
  );
}
