import { type Normalizer, normalizerSchema, type ProfileBody } from '@steward/shared/health';
import type { ProfileDraft } from '@steward/shared/model-drafts';
import { formatNumber, formatPercent, NONE } from '../../lib/format.js';
import { formatSignal } from '../../lib/signal-value.js';

/** What a profile says, as a person would say it. */

/** “0 at 10 %, 100 at 70 %”; “0 under 3 days, 60 from there, 100 from 10 days on”. */
export function normalizerWords(normalizer: Normalizer, unit: string | null, currency: string): string {
  const value = (at: number) => formatSignal(at, unit, currency);
  if (normalizer.kind === 'linear') return `0 at ${value(normalizer.from)}, 100 at ${value(normalizer.to)}`;
  const { bands } = normalizer;
  return bands
    .map(({ to, score }, index) => {
      const points = formatNumber(score, 1);
      if (index === 0) return to === null || bands.length === 1 ? `always ${points}` : `${points} under ${value(to)}`;
      const from = bands[index - 1]?.to ?? null;
      if (from === null) return points;
      return index === bands.length - 1 ? `${points} from ${value(from)} on` : `${points} from ${value(from)}`;
    })
    .join(', ');
}

/** “At risk under 31, watch from 31, healthy from 71” */
export const bandsWords = ({ watchFrom, healthyFrom }: ProfileBody['bands']): string =>
  `At risk under ${formatNumber(watchFrom, 2)}, watch from there, healthy from ${formatNumber(healthyFrom, 2)} on`;

export const coverageWords = (minCoverage: number): string =>
  minCoverage === 0
    ? 'Every account with any data is scored'
    : `Unknown where under ${formatPercent(minCoverage)} of the score is covered by data`;

export const pulseWords = (pulseGap: number): string =>
  `A pulse ${formatNumber(pulseGap, 1)} points or more from the score is listed for review`;

/** “9 of 11 measures connected” */
export const connectedWords = (connected: number, counted: number): string =>
  `${formatNumber(connected)} of ${formatNumber(counted)} ${counted === 1 ? 'measure' : 'measures'} connected`;

type Unfinished = ProfileDraft['groups'][number]['measures'][number]['normalizer'];

/** The same while it is being written; what is missing is a dash. */
export function normalizerText(normalizer: Unfinished, unit: string | null, currency: string): string {
  const { data } = normalizerSchema.safeParse(normalizer);
  if (data !== undefined) return normalizerWords(data, unit, currency);
  if (normalizer.kind === 'bands') return 'by bands, not finished';
  const value = (at: number | null) => (at === null ? NONE : formatSignal(at, unit, currency));
  return `0 at ${value(normalizer.from)}, 100 at ${value(normalizer.to)}`;
}
