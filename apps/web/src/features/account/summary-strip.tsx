import type { AccountDetail } from '@steward/shared/accounts';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Sparkline } from '../../components/charts/sparkline.js';
import { BandLabel } from '../../components/ui/band.js';
import { Delta } from '../../components/ui/delta.js';
import { accountExplanationQuery } from '../../lib/account-explanation.js';
import { humanize, optionLabel, useCatalogue } from '../../lib/catalogue.js';
import { formatDay, relativeDay } from '../../lib/days.js';
import { formatMoney, formatNumber, formatPercent, formatScore, NONE } from '../../lib/format.js';
import { useCurrency } from '../../lib/me.js';
import classes from './account-page.module.css';
import { useEditAccount } from './edit-account.js';
import { InlineEdit } from './inline-edit.js';

interface SummaryStripProps {
  account: AccountDetail;
  asOf: string | undefined;
  editable: boolean;
}

/** What the account is at a glance; fields with a pencil are edited in place. */
export function SummaryStrip({ account, asOf, editable }: SummaryStripProps) {
  const currency = useCurrency();
  const catalogue = useCatalogue();
  const edit = useEditAccount(account.id);
  const { data: explanation } = useQuery(accountExplanationQuery(account.id, asOf));
  const pulse = explanation?.measures.find((measure) => measure.signal === 'sentiment.pulse')?.value;
  const source = (field: string) => {
    const known = account.fieldSources[field];
    return known ? `From ${known.source}, since ${formatDay(known.fromDay)}` : null;
  };
  const changed = account.healthChange === null ? 'No score 30 days before' : undefined;

  return (
    <div className={classes.strip}>
      <div className={classes.cell}>
        <div className={classes.scoreRow}>
          <span
            className={`${classes.score} tabular`}
            title={account.score === null ? 'No score' : String(account.score)}
          >
            {formatScore(account.score)}
          </span>
          <span>
            {account.band ? <BandLabel band={account.band} /> : <span className={classes.dim}>Not scored</span>}
            <br />
            <Delta change={account.healthChange} title={changed} /> <span className={classes.dim}>30 d</span>
          </span>
          <Sparkline
            values={account.sparkline}
            width={72}
            height={32}
            accent={account.band ? `var(--band-${account.band.replace('_', '-')})` : undefined}
          />
        </div>
      </div>
      <Cell label="Tier">
        {account.tier ? optionLabel(catalogue, 'tier', account.tier) : NONE}
        {account.tierOverride ? (
          <span className={classes.dim} title={account.tierOverride.reason}>
            by hand
          </span>
        ) : null}
      </Cell>
      <Cell label="Stage">
        {account.stage ? optionLabel(catalogue, 'stage', account.stage) : NONE}
        {account.stageStatus && account.stageStatus !== 'on_track' ? (
          <span style={{ color: 'var(--bad)' }} className={classes.dim}>
            {humanize(account.stageStatus).toLowerCase()}
          </span>
        ) : null}
        {account.stageLock ? (
          <span className={classes.dim} title={account.stageLock.reason ?? undefined}>
            locked
          </span>
        ) : null}
      </Cell>
      <Cell label="ARR">{formatMoney(account.arrMinor, currency)}</Cell>
      <Cell label="Renewal">
        <InlineEdit
          label="renewal date"
          kind="date"
          editable={editable}
          text={account.renewalDate ?? ''}
          source={source('renewalDate')}
          shown={
            account.renewalDate ? (
              <>
                {formatDay(account.renewalDate)}
                <span className={classes.dim}>{relativeDay(account.renewalDate, account.asOf)}</span>
              </>
            ) : (
              'not set'
            )
          }
          onSave={(text) =>
            edit.mutate({
              change: { renewalDate: text === '' ? null : text },
              before: { renewalDate: account.renewalDate },
              said: 'Renewal date changed',
            })
          }
        />
      </Cell>
      <Cell label="Seats">
        <InlineEdit
          label="seats"
          kind="number"
          editable={editable}
          text={account.seats === null ? '' : String(account.seats)}
          source={source('seats')}
          shown={
            <>
              {account.seats === null ? 'not set' : formatNumber(account.seats)}
              {account.seatUtilization === null ? null : (
                <span className={classes.dim}>{formatPercent(account.seatUtilization)} used</span>
              )}
            </>
          }
          onSave={(text) =>
            edit.mutate({
              change: { seats: text === '' ? null : Math.max(0, Math.round(Number(text))) },
              before: { seats: account.seats },
              said: 'Seats changed',
            })
          }
        />
      </Cell>
      <Cell label="Pulse">{pulse == null ? NONE : `${formatNumber(pulse)} of 6`}</Cell>
    </div>
  );
}

function Cell({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={classes.cell}>
      <div className={classes.cellLabel}>{label}</div>
      <div className={`${classes.cellValue} tabular`}>{children}</div>
    </div>
  );
}
