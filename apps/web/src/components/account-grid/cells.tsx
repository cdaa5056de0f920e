import type { AccountRow } from '@steward/shared/accounts';
import { Link } from '@tanstack/react-router';
import { humanize } from '../../lib/catalogue.js';
import { daysBetween, formatDay, relativeDay } from '../../lib/days.js';
import {
  formatMoney,
  formatMoneyCompact,
  formatNumber,
  formatPercent,
  formatScore,
  NONE,
  plural,
} from '../../lib/format.js';
import { withoutRateText } from '../../lib/without-rate.js';
import { Sparkline } from '../charts/sparkline.js';
import { BAND_WORDS, BandLabel, BandShape, bandColor } from '../ui/band.js';
import { Delta } from '../ui/delta.js';
import frame from '../ui/frame.module.css';
import classes from './cells.module.css';
import type { CellProps, GridContext } from './grid-context.js';

type Render = (row: AccountRow, context: GridContext, column: string) => React.ReactNode;

/** The grid draws rows before they are loaded: a quiet bar stands in for each. */
function cell(render: Render) {
  return ({ data, context, column }: CellProps) => {
    if (data === undefined) return <span className={classes.pending} />;
    return render(data, context, column?.getColId() ?? '');
  };
}

const none = (reason: string) => (
  <span className={classes.dim} title={reason}>
    {NONE}
  </span>
);

export const NameCell = cell((row) => (
  <span className={classes.name}>
    <Link
      to="/accounts/$accountId"
      params={{ accountId: row.id }}
      className={frame.nameClipped}
      tabIndex={-1}
      title={`${row.name} (${row.externalId})`}
    >
      {row.name}
    </Link>
    {row.leavesOn && row.status !== 'churned' ? (
      <span className={frame.mark} title={`Leaves on ${formatDay(row.leavesOn)}`}>
        leaving
      </span>
    ) : null}
    {row.status === 'customer' ? null : <span className={frame.mark}>{row.status}</span>}
  </span>
));

export const ScoreCell = cell((row) => {
  if (row.band === null) return none('No score: the account is not live');
  const since = row.bandSince ? ` since ${formatDay(row.bandSince)}` : '';
  const title = row.score === null ? 'Unknown: too few measures have data' : `Score ${formatNumber(row.score, 2)}`;
  return (
    <span className={classes.score} title={`${title} · ${BAND_WORDS[row.band]}${since}`}>
      <BandShape band={row.band} />
      <span className={classes.figure}>{formatScore(row.score)}</span>
      <span className={classes.small}>{BAND_WORDS[row.band]}</span>
      <Sparkline values={row.sparkline} accent={bandColor(row.band)} />
    </span>
  );
});

export const BandCell = cell((row) => (row.band === null ? none('Not scored') : <BandLabel band={row.band} />));

export const ChangeCell = cell((row) =>
  row.healthChange === null ? (
    none('No score 30 days before to compare with')
  ) : (
    <Delta
      change={row.healthChange}
      title={`${formatNumber(row.healthChange, 2)} points over 30 days, model changes left out`}
    />
  ),
);

export const TierCell = cell((row, context) =>
  row.tier === null ? (
    none('No tier yet')
  ) : (
    <span className={classes.tier} title={context.tierLabel(row.tier)}>
      {row.tier}
    </span>
  ),
);

export const StageCell = cell((row, context) =>
  row.stage === null ? (
    none('No stage yet')
  ) : (
    <span title={row.stageSince ? `since ${formatDay(row.stageSince)}` : undefined}>
      {context.stageLabel(row.stage)}
    </span>
  ),
);

export const ArrCell = cell((row, { currency }) =>
  row.arrMinor === null ? (
    none(withoutRateText(row.arrWithoutRate ?? []) ?? 'ARR is not known')
  ) : (
    <span title={formatMoney(row.arrMinor, currency)}>{formatMoneyCompact(row.arrMinor, currency)}</span>
  ),
);

export const RenewalCell = cell((row, { asOf }) => {
  if (row.renewalDate === null) return none('No renewal date');
  const days = daysBetween(asOf, row.renewalDate);
  if (row.status === 'churned') {
    return (
      <span className={classes.dim} title="The account has churned: this renewal does not come">
        {formatDay(row.renewalDate)}
      </span>
    );
  }
  const overdue = days < 0 && row.status === 'customer';
  return (
    <span>
      {formatDay(row.renewalDate)}{' '}
      <span className={classes.small} style={overdue ? { color: 'var(--bad)' } : undefined}>
        {overdue ? `${plural(-days, 'day')} over` : relativeDay(row.renewalDate, asOf)}
      </span>
    </span>
  );
});

export const TouchCell = cell((row) => {
  if (row.daysSinceTouch === null) return none('No touchpoint source, or none that counts');
  const days = plural(row.daysSinceTouch, 'day');
  return row.neverTouched ? (
    <span className={classes.dim} title={`Never touched; counts as ${days}`}>
      never
    </span>
  ) : (
    <span title={`${days} since the last touch`}>{formatNumber(row.daysSinceTouch)} d</span>
  );
});

export const NpsCell = cell((row) =>
  row.nps === null ? none('No answer in the last 365 days') : formatNumber(row.nps, 0),
);

export const OwnerCell = cell((row, _context, column) => {
  const owner = column === 'am' ? row.am : row.csm;
  if (owner === null) return none('No owner');
  return owner.userId === null ? (
    <span className={classes.dim} title="Named by a source, but nobody here has this name">
      {owner.name} ?
    </span>
  ) : (
    owner.name
  );
});

export const UtilizationCell = cell((row) => {
  if (row.seatUtilization === null) return none('Seats or active contacts are not known');
  const shown = Math.min(100, Math.max(0, row.seatUtilization));
  const title = `${formatNumber(row.activeContacts)} active of ${formatNumber(row.seats)} seats`;
  return (
    <span className={classes.meter} title={title}>
      <span className={classes.meterTrack}>
        <span className={classes.meterFill} style={{ width: `${shown}%` }} />
      </span>
      {formatPercent(row.seatUtilization)}
    </span>
  );
});

export const ActivityCell = cell((row) =>
  row.activeContacts === null ? none('No usage feed covers this account') : formatNumber(row.activeContacts),
);

export const ActivityChangeCell = cell((row) =>
  row.activeContactsChange === null ? (
    none('No window before to compare with')
  ) : (
    <Delta
      change={row.activeContactsChange}
      title={`${formatPercent(row.activeContactsChange, 1)} against the window before`}
    />
  ),
);
export const BreadthChangeCell = cell((row) =>
  row.breadthChange === null ? (
    none('No window before to compare with')
  ) : (
    <Delta
      change={row.breadthChange}
      title={`${formatNumber(row.breadthChange, 1)} points against the window before`}
    />
  ),
);
export const PromoterCell = cell((row) =>
  row.promoter === null ? none('No answer in the last 90 days') : row.promoter ? 'Yes' : 'No',
);

export const StatusCell = cell((row) => humanize(row.status));
export const SinceCell = cell((row) => (row.customerSince ? formatDay(row.customerSince) : none('Not known')));
export const TagsCell = cell((row) => (row.tags.length === 0 ? none('No tags') : row.tags.join(', ')));

export const PrimaryContactCell = cell((row) => row.primaryContact ?? none('No contact is marked so'));

const PLAIN = { industry: 'industry', region: 'region', plan: 'plan' } as const;
export const PlainCell = cell((row, _context, column) => {
  const value = row[PLAIN[column as keyof typeof PLAIN]];
  return value === null ? none('Not set') : value;
});
