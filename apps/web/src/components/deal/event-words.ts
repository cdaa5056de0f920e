import type { DealDetail, DealEventKind, DealStage } from '@steward/shared/deals';

type DealEvent = DealDetail['events'][number];

const WORDS: Record<DealEventKind, string> = {
  created: 'Added',
  edited: 'Changed',
  moved: 'Moved',
  won: 'Won',
  lost: 'Lost',
  reopened: 'Reopened',
  deleted: 'Deleted',
  undone: 'Taken back',
};

const FIELD_WORDS: Readonly<Record<string, string>> = {
  kind: 'kind',
  name: 'name',
  stage: 'stage',
  amountMinor: 'amount',
  currency: 'currency',
  probability: 'probability',
  closeOn: 'close date',
  ownerUserId: 'owner',
  goalId: 'goal',
};

const textOf = (change: unknown, end: 'from' | 'to'): string | null => {
  const value = change !== null && typeof change === 'object' ? (change as Record<string, unknown>)[end] : undefined;
  return typeof value === 'string' ? value : null;
};

/** What happened to a deal, in a few words: "Moved from Proposal to Negotiation". */
export function dealEventText({ kind, details }: DealEvent, stages: readonly DealStage[]): string {
  const label = (key: string | null) => stages.find((stage) => stage.key === key)?.label ?? key ?? 'no stage';
  if (kind === 'moved' && details?.stage) {
    return `Moved from ${label(textOf(details.stage, 'from'))} to ${label(textOf(details.stage, 'to'))}`;
  }
  if (kind === 'edited' && details) {
    const fields = Object.keys(details).flatMap((field) => FIELD_WORDS[field] ?? []);
    if (fields.length > 0) return `Changed ${fields.join(', ')}`;
  }
  return WORDS[kind];
}
