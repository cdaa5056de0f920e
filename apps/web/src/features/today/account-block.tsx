import { ActionIcon, Tooltip } from '@mantine/core';
import type { AccountRow } from '@steward/shared/accounts';
import type { Today } from '@steward/shared/today';
import { IconBellPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Sparkline } from '../../components/charts/sparkline.js';
import { BAND_WORDS, BandShape, bandColor } from '../../components/ui/band.js';
import { Delta } from '../../components/ui/delta.js';
import frame from '../../components/ui/frame.module.css';
import { Section } from '../../components/ui/section.js';
import { daysBetween, formatDay, relativeDay } from '../../lib/days.js';
import { formatMoney, formatMoneyCompact, formatPercent, formatScore, NONE, plural } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import { RowDeeds } from './row-deeds.js';
import classes from './today.module.css';
import { ownerFilter } from './today-plan.js';

type Part = 'drops' | 'renewals' | 'expansion';

interface AccountBlockProps {
  part: Part;
  today: Today;
  onRaise: (account: AccountRow) => void;
}

const WORDS: Record<Part, { title: string; none: string; raise: string }> = {
  drops: {
    title: 'Biggest score drops',
    none: 'No score fell by 5 points or more in 30 days.',
    raise: 'Raise an alert',
  },
  renewals: { title: 'Renewals in 90 days', none: 'None is due.', raise: 'Raise an alert' },
  expansion: { title: 'Expansion candidates', none: 'No account shows enough signs of growth.', raise: 'Hand over' },
};

/** Accounts that belong to one question of the day, the first few of them. */
export function AccountBlock({ part, today, onRaise }: AccountBlockProps) {
  const { permissions, workspace } = useMe();
  const { accounts, arrMinor, rows } = today[part];
  const words = WORDS[part];
  const mayRaise = permissions.includes('alerts:triage');
  return (
    <Section
      title={words.title}
      note={
        accounts === 0 ? null : (
          <>
            {plural(accounts, 'account')}
            {arrMinor === null ? null : (
              <span title={formatMoney(arrMinor, workspace.currency)}>
                {' · '}
                {formatMoneyCompact(arrMinor, workspace.currency)}
              </span>
            )}
          </>
        )
      }
      aside={accounts > rows.length ? <AllOf part={part} scope={today.scope} /> : null}
    >
      {rows.length === 0 ? <p className={classes.quiet}>{words.none}</p> : null}
      {rows.length === 0 ? null : (
        <ul className={classes.rows} aria-label={words.title}>
          {rows.map((row) => (
            <li key={row.id} className={classes.row} data-account={row.id}>
              <Link
                to="/accounts/$accountId"
                params={{ accountId: row.id }}
                className={frame.nameClipped}
                title={row.name}
              >
                {row.name}
              </Link>
              <Health row={row} />
              <span className={classes.say}>{SAYS[part](row, today.asOf)}</span>
              <span className={`${classes.arr} tabular`} title={`ARR ${formatMoney(row.arrMinor, workspace.currency)}`}>
                {formatMoneyCompact(row.arrMinor, workspace.currency)}
              </span>
              <RowDeeds account={row}>
                {mayRaise ? (
                  <Tooltip label={words.raise}>
                    <ActionIcon size={26} aria-label={`${words.raise}: ${row.name}`} onClick={() => onRaise(row)}>
                      <IconBellPlus size={15} aria-hidden />
                    </ActionIcon>
                  </Tooltip>
                ) : null}
              </RowDeeds>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Health({ row }: { row: AccountRow }) {
  if (row.band === null) return <span className={classes.dim}>{NONE}</span>;
  return (
    <span className={classes.health} title={BAND_WORDS[row.band]}>
      <BandShape band={row.band} />
      <span className="tabular">{formatScore(row.score)}</span>
      <span className={frame.said}>{BAND_WORDS[row.band]}</span>
    </span>
  );
}

const SAYS: Record<Part, (row: AccountRow, today: string) => ReactNode> = {
  drops: (row) => (
    <>
      <Sparkline values={row.sparkline} accent={row.band ? bandColor(row.band) : undefined} />
      <Delta change={row.healthChange} title="Points over 30 days, model changes left out" />
    </>
  ),
  renewals: (row, today) => {
    if (row.renewalDate === null) return NONE;
    const days = daysBetween(today, row.renewalDate);
    return (
      <>
        {formatDay(row.renewalDate)}
        <span className={days < 0 ? classes.late : classes.dim}>
          {days < 0 ? `${plural(-days, 'day')} over` : relativeDay(row.renewalDate, today)}
        </span>
      </>
    );
  },
  expansion: (row) => (
    <span className={classes.dim}>
      {row.seatUtilization === null ? 'growing' : `${formatPercent(row.seatUtilization)} of seats used`}
    </span>
  ),
};

function AllOf({ part, scope }: { part: Part; scope: Today['scope'] }) {
  const own = { ...ownerFilter(scope, useMe()), status: 'trial,customer' };
  if (part === 'expansion') {
    return (
      <Link to="/segments" search={{ show: 'builtIn', text: 'growth' }} className={classes.all}>
        Segments
      </Link>
    );
  }
  if (part === 'renewals') {
    return (
      <Link to="/renewals" search={{ scope }} className={classes.all}>
        All
      </Link>
    );
  }
  const search = { ...own, sort: 'health.change:asc', more: 'health.change~lte~-5' };
  return (
    <Link to="/accounts" search={search} className={classes.all}>
      All
    </Link>
  );
}
