import type { Band } from '@steward/shared/common';
import type { DraftEffect } from '@steward/shared/health-studio';
import { BAND_WORDS } from '../../../components/ui/band.js';
import { formatMoney, formatNumber, formatScore, plural } from '../../../lib/format.js';

type Moves = DraftEffect['moves'];

/** Accounts and ARR that go into a band, or out of it. */
export function flowOf(moves: Moves, isIt: (move: Moves[number]) => boolean) {
  const found = moves.filter((move) => move.from !== move.to && isIt(move));
  return {
    accounts: found.reduce((sum, { accounts }) => sum + accounts, 0),
    arrMinor: found.reduce((sum, { arrMinor }) => sum + (arrMinor ?? 0), 0),
  };
}

/** “5 of 80 accounts would change band: 3 newly at risk ($120,000), 2 no longer at risk ($40,000).” */
export function effectWords({ accounts, changed, moves, currency }: DraftEffect): string {
  if (accounts === 0) return 'There are no live accounts to try it on.';
  if (changed.total === 0) return `No account of ${plural(accounts, 'live account')} would change band.`;
  const into = flowOf(moves, ({ to }) => to === 'at_risk');
  const outOf = flowOf(moves, ({ from }) => from === 'at_risk');
  const parts = [
    into.accounts === 0 ? '' : `${formatNumber(into.accounts)} newly at risk (${formatMoney(into.arrMinor, currency)})`,
    outOf.accounts === 0
      ? ''
      : `${formatNumber(outOf.accounts)} no longer at risk (${formatMoney(outOf.arrMinor, currency)})`,
  ].filter((part) => part !== '');
  const more = parts.length === 0 ? ', none of them into or out of at risk' : `: ${parts.join(', ')}`;
  return `${formatNumber(changed.total)} of ${plural(accounts, 'live account')} would change band${more}.`;
}

/** “The mean score goes from 61 to 64.” */
export function meanWords({ before, after }: DraftEffect): string {
  if (before.mean === null && after.mean === null) return 'No account has a score, before or after.';
  if (before.mean === null) return `The mean score would be ${formatScore(after.mean)}; now no account has one.`;
  if (after.mean === null) return 'No account would have a score.';
  const [was, is] = [formatNumber(before.mean, 1), formatNumber(after.mean, 1)];
  return was === is ? `The mean score stays at ${was}.` : `The mean score goes from ${was} to ${is}.`;
}

export const moveWords = (from: Band, to: Band): string =>
  from === to ? `stay ${BAND_WORDS[from].toLowerCase()}` : `${BAND_WORDS[from]} → ${BAND_WORDS[to]}`;
