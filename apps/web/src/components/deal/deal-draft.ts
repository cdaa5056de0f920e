import type { CreateDeal, Deal, DealKind, UpdateDeal } from '@steward/shared/deals';

/** What a form of a deal holds: the fields that a person may write. */
export interface DealDraft {
  kind: DealKind;
  name: string;
  stage: string | null;
  amountMinor: number | null;
  currency: string;
  /** Null: its stage's. */
  probability: number | null;
  closeOn: string | null;
  ownerUserId: string | null;
  goalId: string | null;
}

export const draftOf = (deal: Deal, workspaceCurrency: string): DealDraft => ({
  kind: deal.kind,
  name: deal.name,
  stage: deal.stage === null ? null : (deal.stage.key ?? deal.stage.label),
  amountMinor: deal.amountMinor,
  currency: deal.currency ?? workspaceCurrency,
  probability: deal.probabilityFrom === 'deal' ? deal.probability : null,
  closeOn: deal.closeOn,
  ownerUserId: deal.owner?.userId ?? null,
  goalId: deal.goal?.id ?? null,
});

const FIELDS = [
  'kind',
  'name',
  'stage',
  'amountMinor',
  'currency',
  'probability',
  'closeOn',
  'ownerUserId',
  'goalId',
] as const;

/** What differs, as PATCH takes it; null: nothing. An amount goes with its currency. */
export function changeOf(before: DealDraft, draft: DealDraft): Omit<UpdateDeal, 'revision'> | null {
  const differing = FIELDS.filter((field) => before[field] !== draft[field]);
  if (differing.length === 0) return null;
  const change: Record<string, unknown> = Object.fromEntries(differing.map((field) => [field, draft[field]]));
  if (change.name !== undefined) change.name = draft.name.trim();
  if (change.amountMinor !== undefined && draft.amountMinor !== null) change.currency = draft.currency;
  // Without an amount there is nothing that a currency could be of.
  if (draft.amountMinor === null) delete change.currency;
  return Object.keys(change).length === 0 ? null : (change as Omit<UpdateDeal, 'revision'>);
}

/** A new deal, as POST takes it; without an owner the server names the account's. */
export function newDealOf({ ownerUserId, stage, currency, amountMinor, ...rest }: DealDraft): Partial<CreateDeal> {
  return {
    ...rest,
    name: rest.name.trim(),
    amountMinor,
    currency: amountMinor === null ? null : currency,
    ...(ownerUserId === null ? {} : { ownerUserId }),
    ...(stage === null ? {} : { stage }),
  };
}
