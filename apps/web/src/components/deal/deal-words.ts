import type { Deal, DealKind, DealState } from '@steward/shared/deals';
import { formatMoney, formatPercent } from '../../lib/format.js';

export const DEAL_KIND_WORDS: Record<DealKind, string> = {
  expansion: 'Expansion',
  renewal: 'Renewal',
  new: 'New business',
};

export const DEAL_STATE_WORDS: Record<DealState, string> = { open: 'Open', won: 'Won', lost: 'Lost' };

/** What undo would take back, after "Undo: ". */
export const UNDO_WORDS: Record<NonNullable<Deal['mayUndo']>, string> = {
  moved: 'the move',
  won: 'that it was won',
  lost: 'that it was lost',
  reopened: 'that it was reopened',
  edited: 'the last change',
};

export const NO_STAGE = 'No stage';

/** What identifies a stage in an address and in lists: its key, else its text. */
export const stageId = (stage: Deal['stage']): string => stage?.key ?? stage?.label ?? '';

type Money = Pick<Deal, 'amountMinor' | 'currency' | 'convertedMinor' | 'withoutRate'>;

/** The amount as it was written, and what it is in the workspace's currency where that is another. */
export function amountWords(deal: Money, workspaceCurrency: string): { written: string | null; note: string | null } {
  if (deal.amountMinor === null) return { written: null, note: null };
  const currency = deal.currency ?? workspaceCurrency;
  const written = formatMoney(deal.amountMinor, currency);
  if (currency === workspaceCurrency) return { written, note: null };
  return {
    written,
    note: deal.withoutRate ? `no rate for ${currency}` : `≈ ${formatMoney(deal.convertedMinor, workspaceCurrency)}`,
  };
}

/** How probable it is, and where that comes from. */
export function probabilityWords({ probability, probabilityFrom }: Pick<Deal, 'probability' | 'probabilityFrom'>) {
  if (probability === null) return { text: '–', from: 'Neither the deal nor its stage says how probable it is' };
  const from = { end: 'It has ended', deal: 'Said of this deal', stage: 'From its stage' } as const;
  return { text: formatPercent(probability), from: probabilityFrom === null ? '' : from[probabilityFrom] };
}
