import type { PulseGapList, PulseGapRow } from '@steward/shared/pulse';
import type { TodayScope } from '@steward/shared/today';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { BAND_WORDS, BandShape } from '../../components/ui/band.js';
import frame from '../../components/ui/frame.module.css';
import { Section } from '../../components/ui/section.js';
import { request } from '../../lib/api.js';
import { formatDay } from '../../lib/days.js';
import { formatMoney, formatMoneyCompact, formatScore, plural } from '../../lib/format.js';
import { useCurrency } from '../../lib/me.js';
import { RowDeeds } from './row-deeds.js';
import classes from './today.module.css';

const ROWS = 6;

/** GET /pulse-gaps: where people and figures disagree, the largest stake first. */
const pulseGapsQuery = (scope: TodayScope) =>
  queryOptions({
    queryKey: ['pulse-gaps', scope],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => request<PulseGapList>('GET', '/pulse-gaps', { query: { scope, limit: ROWS }, signal }),
  });

/** Accounts whose pulse and score disagree: one of them is wrong, or late. Nothing is shown while they agree. */
export function PulseGaps({ scope }: { scope: TodayScope }) {
  const currency = useCurrency();
  const { data } = useQuery(pulseGapsQuery(scope));
  if (data === undefined || data.total === 0) return null;
  return (
    <Section title="Pulse against score" note={`${plural(data.total, 'account')} · the largest stake first`}>
      <ul className={classes.rows} aria-label="Pulse against score">
        {data.gaps.map((gap) => (
          <li key={gap.account.id} className={classes.row} data-account={gap.account.id}>
            <Link
              to="/accounts/$accountId"
              params={{ accountId: gap.account.id }}
              className={frame.nameClipped}
              title={gap.account.name}
            >
              {gap.account.name}
            </Link>
            <Health gap={gap} />
            <span className={classes.say} title={gapTitle(gap)}>
              <span className={`${classes.clipped} ${gap.direction === 'worse' ? classes.late : classes.dim}`}>
                pulse {gap.pulse.value} of 6, seen {gap.direction}
              </span>
            </span>
            <span className={`${classes.arr} tabular`} title={`ARR ${formatMoney(gap.account.arrMinor, currency)}`}>
              {formatMoneyCompact(gap.account.arrMinor, currency)}
            </span>
            <RowDeeds account={gap.account} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

const gapTitle = ({ pulse, pulseScore, scoreWithoutPulse }: PulseGapRow): string =>
  `Pulse of ${formatDay(pulse.day)}${pulse.author ? ` by ${pulse.author.name}` : ''}: ${Math.round(pulseScore)} of 100; the figures without it: ${formatScore(scoreWithoutPulse)}`;

function Health({ gap: { band, score } }: { gap: PulseGapRow }) {
  if (band === null) return <span />;
  return (
    <span className={classes.health} title={BAND_WORDS[band]}>
      <BandShape band={band} />
      <span className="tabular">{formatScore(score)}</span>
      <span className={frame.said}>{BAND_WORDS[band]}</span>
    </span>
  );
}
