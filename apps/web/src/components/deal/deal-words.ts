import type { Deal, DealKind, DealState } from '@steward/shared/deals';
import { formatDay } from '../../lib/days.js';
import { formatMoney, formatPercent, NONE } from '../../lib/format.js';
import type { DealDraft } from './deal-draft.js';

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

/** “Close date: 30 Jun 2026”: what a deal says in a field that a person may write. */
export function fieldLine(deal: Deal, field: keyof DealDraft, workspaceCurrency: string): string {
  const currency = deal.currency ?? workspaceCurrency;
  const lines: Record<keyof DealDraft, string> = {
    kind: `Kind: ${DEAL_KIND_WORDS[deal.kind]}`,
    name: `Name: ${deal.name}`,
    stage: `Stage: ${deal.stage?.label ?? NO_STAGE}`,
    amountMinor: `Amount: ${formatMoney(deal.amountMinor, currency)}`,
    currency: `Currency: ${currency}`,
    probability: `Probability: ${deal.probabilityFrom === 'deal' ? formatPercent(deal.probability) : 'that of its stage'}`,
    closeOn: `Close date: ${formatDay(deal.closeOn)}`,
    ownerUserId: `Owner: ${deal.owner?.name ?? 'nobody'}`,
    goalId: `Goal: ${deal.goal?.name ?? NONE}`,
  };
  return lines[field];
}
