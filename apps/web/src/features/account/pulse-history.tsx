import { Popover, Skeleton, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { PULSE_WORDS } from '../../components/judgement/pulse-fields.js';
import { pulsesQuery } from '../../components/plan/get-plan.js';
import { formatDay } from '../../lib/days.js';
import { formatNumber, NONE } from '../../lib/format.js';
import classes from './pulse-history.module.css';

interface PulseHistoryProps {
  accountId: string;
  asOf: string | undefined;
}

const SHOWN = 8;
const wordsOf = (value: number): string => (PULSE_WORDS as Record<string, string>)[String(value)] ?? '';

/** What people said of the account, until when the last word counts, and what was said before. */
export function PulseHistory({ accountId, asOf }: PulseHistoryProps) {
  const { data } = useQuery(pulsesQuery(accountId, asOf));
  const current = data?.current ?? null;
  return (
    <Popover position="bottom-end" shadow="md" width={340} withRoles>
      <Popover.Target>
        <UnstyledButton className={classes.value} aria-label="History of the pulse">
          {current ? `${formatNumber(current.value)} of 6` : NONE}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label="History of the pulse">
        {data === undefined ? <Skeleton h={60} /> : null}
        {data && data.pulses.length === 0 ? <p className={classes.none}>Nobody has given a pulse yet.</p> : null}
        {data?.expiresOn ? (
          <p className={classes.none}>
            {current
              ? `Counts until ${formatDay(data.expiresOn)}.`
              : `The last one has expired on ${formatDay(data.expiresOn)}: it no longer counts.`}
          </p>
        ) : null}
        <ol className={classes.list}>
          {data?.pulses.slice(0, SHOWN).map((pulse) => (
            <li key={`${pulse.day} ${pulse.author?.name ?? ''} ${pulse.value}`}>
              <strong className="tabular">{pulse.value}</strong> {wordsOf(pulse.value)}
              <span className={classes.dim}>
                {' '}
                · {formatDay(pulse.day)}
                {pulse.author ? ` · ${pulse.author.name}` : ''}
              </span>
              {pulse.reasons.length > 0 ? (
                <div className={classes.dim}>{pulse.reasons.map(({ label }) => label).join(', ')}</div>
              ) : null}
              {pulse.note ? <div>{pulse.note}</div> : null}
            </li>
          ))}
        </ol>
      </Popover.Dropdown>
    </Popover>
  );
}
