import { Skeleton } from '@mantine/core';
import type { PlaybookEffect } from '@steward/shared/playbooks';
import { useQuery } from '@tanstack/react-query';
import { Section } from '../../../components/ui/section.js';
import { errorText } from '../../../lib/api.js';
import { formatDay } from '../../../lib/days.js';
import { formatNumber, formatPercent, formatPoints, NONE, plural } from '../../../lib/format.js';
import { effectQuery } from './get-playbooks.js';
import classes from './playbook-form.module.css';

/** How well it does, against accounts that met its triggers and did not get it, and how far to trust that. */
export function EffectPanel({ id }: { id: string }) {
  const { data, error } = useQuery(effectQuery(id, undefined));
  return (
    <Section title="Effect" note={data ? `${formatDay(data.from)} to ${formatDay(data.to)}` : null}>
      {error ? <p className={classes.dim}>{errorText(error)}</p> : null}
      {data || error ? null : <Skeleton h={120} />}
      {data?.started === 0 ? <p className={classes.dim}>No goal of it has started in this time.</p> : null}
      {data && data.started > 0 ? <Figures effect={data} /> : null}
    </Section>
  );
}

const range = ([low, high]: readonly [number, number], text: (value: number) => string): string =>
  `${text(low)} to ${text(high)}`;

function Figures({ effect }: { effect: PlaybookEffect }) {
  const { treated, compared, scoreDifference } = effect;
  const percent = (share: number) => formatPercent(share * 100);
  const points = (value: number | null) => (value === null ? NONE : `${formatPoints(value)} points`);
  const figures: [label: string, value: string, title?: string][] = [
    [
      'Goals started',
      formatNumber(effect.started),
      `${plural(effect.ended, 'goal')} of them ended: ${effect.achieved} achieved, ${effect.missed} missed, ${effect.cancelled} cancelled`,
    ],
    [
      'Success rate',
      effect.successRate === null
        ? NONE
        : `${percent(effect.successRate)}${effect.successInterval ? ` (${range(effect.successInterval, percent)})` : ''}`,
      'Achieved, of those achieved, missed, or cancelled by a person; in brackets its 95 % interval',
    ],
    ['Days to reach it', effect.medianDays === null ? NONE : `${formatNumber(effect.medianDays)} (median)`],
    ['Change of score', points(treated.scoreChange), `Known of ${plural(treated.scoreKnown, 'account')}`],
    [
      'without the playbook',
      compared === null ? 'nobody to compare with' : points(compared.scoreChange),
      compared === null
        ? 'It has no triggers'
        : `Accounts that met a trigger and did not get it: ${formatNumber(compared.accounts)}, known of ${formatNumber(compared.scoreKnown)}`,
    ],
    [
      'Difference',
      scoreDifference === null
        ? NONE
        : `${points(scoreDifference.points)} (${range(scoreDifference.interval, formatPoints)})`,
      'In brackets its 95 % interval',
    ],
    [
      'Change of ARR',
      `${formatPercent(treated.arrChangePercent, 1)}${compared === null ? '' : ` against ${formatPercent(compared.arrChangePercent, 1)}`}`,
      `Known of ${plural(treated.arrKnown, 'account')}`,
    ],
  ];
  return (
    <>
      <dl className={`${classes.figures} tabular`}>
        {figures.map(([label, value, title]) => (
          <div key={label} style={{ display: 'contents' }}>
            <dt title={title}>{label}</dt>
            <dd title={title}>{value}</dd>
          </div>
        ))}
      </dl>
      {effect.cautions.length === 0 ? null : (
        <ul className={classes.cautions} aria-label="How far to trust it">
          {effect.cautions.map((caution) => (
            <li key={caution}>{caution}</li>
          ))}
        </ul>
      )}
    </>
  );
}
