import type { Deal, DealStage } from '@steward/shared/deals';

/** The stages that a new workspace starts with. */
export const DEFAULT_DEAL_STAGES: readonly DealStage[] = [
  { key: 'identified', label: 'Identified', probability: 10 },
  { key: 'qualified', label: 'Qualified', probability: 25 },
  { key: 'proposal', label: 'Proposal', probability: 50 },
  { key: 'negotiation', label: 'Negotiation', probability: 75 },
  { key: 'verbal', label: 'Verbal agreement', probability: 90 },
];

/**
 * The stage that a deal’s text means: one of the workspace’s by key or label, whatever the case; else the text itself,
 * without a key. Null: the deal has no stage.
 */
export function stageOf(text: string | null, stages: readonly DealStage[]): Deal['stage'] {
  if (text === null) return null;
  const wanted = text.trim().toLowerCase();
  const known = stages.find(({ key }) => key === wanted) ?? stages.find(({ label }) => label.toLowerCase() === wanted);
  return known ? { key: known.key, label: known.label } : { key: null, label: text };
}

type Chance = Pick<Deal, 'probability' | 'probabilityFrom'>;

/** Per cent, 0–100: won 100, lost 0, else the deal’s own, else its stage’s. Null: neither is known. */
export function chanceOf(
  deal: Pick<Deal, 'state' | 'probability'> & { stage: string | null },
  stages: readonly DealStage[],
): Chance {
  if (deal.state !== 'open') return { probability: deal.state === 'won' ? 100 : 0, probabilityFrom: 'end' };
  if (deal.probability !== null) return { probability: deal.probability, probabilityFrom: 'deal' };
  const key = stageOf(deal.stage, stages)?.key;
  const stage = stages.find((each) => each.key === key);
  return stage ? { probability: stage.probability, probabilityFrom: 'stage' } : NO_CHANCE;
}

const NO_CHANCE: Chance = { probability: null, probabilityFrom: null };

/** amount × probability in whole minor units, half up; null: one of them is not known. */
export function weighted(amountMinor: number | null, probability: number | null): number | null {
  return amountMinor === null || probability === null ? null : Math.round((amountMinor * probability) / 100);
}
