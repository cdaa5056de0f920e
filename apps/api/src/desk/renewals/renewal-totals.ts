import { FORECAST_CATEGORIES, RENEWAL_STATES, type RenewalTotals } from '@steward/shared/renewals';
import type { RenewalGroup } from './renewals.repository.js';

type Figure = 'amountMinor' | 'weightedMinor' | 'atRiskMinor' | 'renewedMinor';

/** Null: of none is it known. */
function sumOf(groups: readonly RenewalGroup[], figure: Figure): number | null {
  const known = groups.flatMap((group) => (group[figure] === null ? [] : [group[figure]]));
  return known.length === 0 ? null : known.reduce((sum, each) => sum + each, 0);
}

const isOpen = ({ state }: RenewalGroup) => state === 'upcoming' || state === 'overdue';

const count = (groups: readonly RenewalGroup[]) => groups.reduce((sum, { renewals }) => sum + renewals, 0);

/** Of those that nothing has become of yet, every category, also empty ones. */
function byCategory(groups: readonly RenewalGroup[]): RenewalTotals['byCategory'] {
  const open = groups.filter(isOpen);
  return FORECAST_CATEGORIES.map((category) => {
    const of = open.filter((group) => group.category === category);
    return {
      category,
      renewals: count(of),
      amountMinor: sumOf(of, 'amountMinor'),
      weightedMinor: sumOf(of, 'weightedMinor'),
    };
  });
}

export function totalsOf(groups: readonly RenewalGroup[], knownChurn: RenewalTotals['knownChurn']): RenewalTotals {
  const overdue = groups.filter(({ state }) => state === 'overdue');
  const months = [...new Set(groups.map(({ month }) => month))].sort();
  return {
    renewals: count(groups),
    amountMinor: sumOf(groups, 'amountMinor'),
    weightedMinor: sumOf(groups, 'weightedMinor'),
    atRiskMinor: sumOf(groups, 'atRiskMinor'),
    overdue: { renewals: count(overdue), amountMinor: sumOf(overdue, 'amountMinor') },
    missingForecast: groups.reduce((sum, each) => sum + each.missingForecast, 0),
    missingTouch: groups.reduce((sum, each) => sum + each.missingTouch, 0),
    byCategory: byCategory(groups),
    byMonth: months.map((month) => {
      const of = groups.filter((group) => group.month === month);
      const ofState = (state: RenewalGroup['state']) => of.filter((group) => group.state === state);
      return {
        month,
        renewals: count(of),
        amountMinor: sumOf(of, 'amountMinor'),
        weightedMinor: sumOf(of, 'weightedMinor'),
        atRiskMinor: sumOf(of, 'atRiskMinor'),
        renewedMinor: sumOf([...ofState('renewed'), ...ofState('renewedSmaller')], 'renewedMinor'),
        lostMinor: sumOf(ofState('lost'), 'amountMinor'),
        byCategory: byCategory(of),
        byState: Object.fromEntries(RENEWAL_STATES.map((state) => [state, count(ofState(state))])) as Record<
          RenewalGroup['state'],
          number
        >,
      };
    }),
    knownChurn,
  };
}
