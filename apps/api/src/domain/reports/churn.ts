import type { ChurnReasonsReport } from '@steward/shared/portfolio';
import { sumOfKnown } from './share.js';

/** Churns of one month, reason and competitor: the accounts' ids, and what they paid in a year. */
export interface ChurnGroup {
  month: string;
  reason: string | null;
  canInfluence: boolean | null;
  competitor: string | null;
  accounts: readonly string[];
  arrLostMinor: number | null;
}

function lost(groups: readonly ChurnGroup[]) {
  return {
    accounts: new Set(groups.flatMap(({ accounts }) => accounts)).size,
    arrLostMinor: sumOfKnown(groups.map(({ arrLostMinor }) => arrLostMinor)),
  };
}

type Lost = ReturnType<typeof lost>;

/**
 * Why customers left, the most ARR first: by reason, by whether something can be done about it (null: nobody said), by
 * whom they went to, and by month, every month of the period, the oldest first. An account that left twice counts once
 * in each line; its ARR was lost twice.
 */
export function churnFigures(
  groups: readonly ChurnGroup[],
  months: readonly string[],
): Pick<ChurnReasonsReport, 'total' | 'influence' | 'reasons' | 'competitors' | 'months'> {
  const pairs = [...new Set(groups.map(({ reason, canInfluence }) => JSON.stringify([reason, canInfluence])))];
  const competitors = [...new Set(groups.flatMap(({ competitor }) => (competitor === null ? [] : [competitor])))];
  return {
    total: lost(groups),
    influence: [true, false, null].map((canInfluence) => ({
      canInfluence,
      ...lost(groups.filter((group) => group.canInfluence === canInfluence)),
    })),
    reasons: pairs
      .map((pair) => {
        const [reason, canInfluence] = JSON.parse(pair) as [string | null, boolean | null];
        const of = groups.filter((group) => group.reason === reason && group.canInfluence === canInfluence);
        return { reason, canInfluence, ...lost(of) };
      })
      .sort(byLoss),
    competitors: competitors
      .map((competitor) => ({ competitor, ...lost(groups.filter((group) => group.competitor === competitor)) }))
      .sort(byLoss),
    months: months.map((month) => ({ month, ...lost(groups.filter((group) => group.month === month)) })),
  };
}

const byLoss = (a: Lost, b: Lost) => (b.arrLostMinor ?? -1) - (a.arrLostMinor ?? -1) || b.accounts - a.accounts;
