import type { DealBoard, DealRow, DealStage, DealTotals } from '@steward/shared/deals';
import type { DealGroup } from './deals.repository.js';

/** Texts of imports that are none of the workspace's stages: so many are told one by one. */
const MOST_STAGES = 100;

type Sums = Pick<DealTotals, 'deals' | 'amountMinor' | 'weightedMinor' | 'withoutAmount'>;
type StageSums = DealTotals['byStage'][number];

const plus = (a: number | null, b: number | null) => (a === null ? b : b === null ? a : a + b);

function sumOf(groups: readonly DealGroup[]): Sums {
  return groups.reduce<Sums>(
    (sum, group) => ({
      deals: sum.deals + group.deals,
      amountMinor: plus(sum.amountMinor, group.amountMinor),
      weightedMinor: plus(sum.weightedMinor, group.weightedMinor),
      withoutAmount: sum.withoutAmount + group.withoutAmount,
    }),
    { deals: 0, amountMinor: null, weightedMinor: null, withoutAmount: 0 },
  );
}

/** The workspace's stages in their order, also empty ones; then other texts by name; deals without a stage last. */
function byStage(groups: readonly DealGroup[], stages: readonly DealStage[]): StageSums[] {
  const known = stages.map(({ key, label }) => ({
    stage: { key, label },
    ...sumOf(groups.filter(({ stageKey }) => stageKey === key)),
  }));
  const texts = [...new Set(groups.flatMap(({ stageText }) => (stageText === null ? [] : [stageText])))].sort();
  const others = texts.slice(0, MOST_STAGES).map((text) => ({
    stage: { key: null, label: text },
    ...sumOf(groups.filter(({ stageText }) => stageText === text)),
  }));
  const without = groups.filter(({ stageKey, stageText }) => stageKey === null && stageText === null);
  return [...known, ...others, ...(without.length > 0 ? [{ stage: null, ...sumOf(without) }] : [])];
}

export function totalsOf(groups: readonly DealGroup[], stages: readonly DealStage[]): DealTotals {
  const dated = [...new Set(groups.flatMap(({ month }) => (month === null ? [] : [month])))].sort();
  const months = groups.some(({ month }) => month === null) ? [...dated, null] : dated;
  return {
    ...sumOf(groups),
    overdue: groups.reduce((sum, { overdue }) => sum + overdue, 0),
    byStage: byStage(groups, stages),
    byMonth: months.map((month) => ({ month, ...sumOf(groups.filter((group) => group.month === month)) })),
  };
}

export function columnsOf(
  groups: readonly DealGroup[],
  cards: readonly DealRow[],
  stages: readonly DealStage[],
): DealBoard['columns'] {
  return byStage(groups, stages).map((column) => ({
    ...column,
    probability: stages.find(({ key }) => key === column.stage?.key)?.probability ?? null,
    cards: cards.filter(({ stage }) =>
      column.stage === null
        ? stage === null
        : stage !== null &&
          stage.key === column.stage.key &&
          (stage.key !== null || stage.label === column.stage.label),
    ),
  }));
}
