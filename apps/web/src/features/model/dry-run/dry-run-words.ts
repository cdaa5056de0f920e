import type { StageDryRun, TierDryRun } from '@steward/shared/model-versions';
import { formatDay } from '../../../lib/days.js';
import { formatMoneyWhole, plural } from '../../../lib/format.js';

interface Counts {
  accounts: number;
  arrMinor: number;
}

/** “34 accounts (ARR $1,200,000)”; a sum over many accounts is read without its cents. */
export function countWords({ accounts, arrMinor }: Counts, currency: string): string {
  const arr = accounts === 0 ? '' : ` (ARR ${formatMoneyWhole(arrMinor, currency)})`;
  return `${plural(accounts, 'account')}${arr}`;
}

const isAre = ({ accounts }: Counts, one: string, many: string): string => (accounts === 1 ? one : many);

/** What would happen to accounts, in sentences; the first is the sum of it. */
export function tierSentences(run: TierDryRun): string[] {
  const { moving, held, byHand, byHandVanishing, currency } = run;
  const words = (counts: Counts) => countWords(counts, currency);
  return [
    moving.accounts === 0
      ? `No account moves at once, of ${words(run)}.`
      : `${words(moving)} of ${plural(run.accounts, 'account')} ${isAre(moving, 'moves', 'move')} at once.`,
    held.accounts === 0
      ? null
      : `${words(held)} ${isAre(held, 'is', 'are')} held where ${isAre(held, 'it is', 'they are')}: a tier falls only after ${plural(held.holdDays, 'day')} on which no better tier’s condition held.`,
    byHand.accounts === 0 ? null : `${words(byHand)} set by hand ${isAre(byHand, 'stays', 'stay')}.`,
    byHandVanishing.accounts === 0
      ? null
      : `${words(byHandVanishing)} set by hand ${isAre(byHandVanishing, 'moves', 'move')}, as that tier is gone.`,
  ].filter((each) => each !== null);
}

export function stageSentences(run: StageDryRun): string[] {
  const { moving, locked, lockedVanishing, heldBack, unmatched, currency } = run;
  const words = (counts: Counts) => countWords(counts, currency);
  return [
    moving.accounts === 0
      ? `No account moves, of ${words(run)}.`
      : `${words(moving)} of ${plural(run.accounts, 'account')} ${isAre(moving, 'moves', 'move')} at once.`,
    heldBack.accounts === 0
      ? null
      : `${words(heldBack)} ${isAre(heldBack, 'stays', 'stay')} though the rules say an earlier stage: theirs does not fall back to it.`,
    unmatched.accounts === 0
      ? null
      : `${words(unmatched)} ${isAre(unmatched, 'meets', 'meet')} no stage’s condition and ${isAre(unmatched, 'stays', 'stay')} where ${isAre(unmatched, 'it is', 'they are')}.`,
    locked.accounts === 0 ? null : `${words(locked)} locked by a person ${isAre(locked, 'stays', 'stay')}.`,
    lockedVanishing.accounts === 0
      ? null
      : `${words(lockedVanishing)} locked by a person ${isAre(lockedVanishing, 'moves', 'move')}, as that stage is gone.`,
  ].filter((each) => each !== null);
}

type TierMove = TierDryRun['rows'][number];
/** “rises to Tier 1”, “held; falls to Tier 3 on 12 Dec 2026”. */
export function tierMoveWords(row: TierMove, labelOf: (key: string | null) => string): string {
  switch (row.how) {
    case 'rises':
      return `rises to ${labelOf(row.to)}`;
    case 'falls':
      return `falls to ${labelOf(row.to)}`;
    case 'vanishes':
      return `goes to ${labelOf(row.to)}, as its tier is gone`;
    case 'stays':
      return `stays in ${labelOf(row.to)}`;
    case 'held':
      return `held; falls to ${labelOf(row.fallsTo)}${row.fallsOn === null ? '' : ` on ${formatDay(row.fallsOn)}`}`;
  }
}

type StageMove = StageDryRun['rows'][number];
export function stageMoveWords(row: StageMove, labelOf: (key: string | null) => string): string {
  const to = labelOf(row.to);
  switch (row.how) {
    case 'forward':
      return `on to ${to}`;
    case 'back':
      return `back to ${to}`;
    case 'vanishes':
      return `goes to ${to}, as its stage is gone`;
    case 'status':
      return `to ${to}, by its status of today`;
    case 'person':
      return `to ${to}, as a person said`;
  }
}
