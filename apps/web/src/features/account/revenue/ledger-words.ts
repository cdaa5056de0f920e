import type { AccountLedger, LedgerMonth, Movement } from '@steward/shared/ledger';
import { MOVEMENTS } from '@steward/shared/ledger';
import { MOVEMENT_WORDS } from '../../../components/report/movement-look.js';
import { formatMoney, NONE } from '../../../lib/format.js';

/** +$500, −$200; nothing moved is a dash. */
export function movementText({ movement, movementMinor }: LedgerMonth, currency: string): string {
  if (movement === null) return NONE;
  const text = formatMoney(movementMinor, currency);
  return movementMinor > 0 ? `+${text}` : text;
}

/** What moved over all of the months, each kind added up; those that did not happen are left out. */
export function movementSums(months: readonly LedgerMonth[]): { movement: Movement; sumMinor: number }[] {
  return MOVEMENTS.flatMap((movement) => {
    const of = months.filter((month) => month.movement === movement);
    return of.length === 0
      ? []
      : [{ movement, sumMinor: of.reduce((sum, { movementMinor }) => sum + movementMinor, 0) }];
  });
}

/** What other exchange rates made of the same money over the months. */
export const revaluation = (months: readonly LedgerMonth[]): number =>
  months.slice(1).reduce((sum, { revaluationMinor }) => sum + revaluationMinor, 0);

/** The chart in words: start, what moved, end. */
export function ledgerSummary({ months, startMinor, endMinor, currency }: AccountLedger): string {
  const parts = movementSums(months).map(({ movement, sumMinor }) => {
    const text = formatMoney(sumMinor, currency);
    return `${MOVEMENT_WORDS[movement].toLowerCase()} ${sumMinor > 0 ? '+' : ''}${text}`;
  });
  const rates = revaluation(months);
  if (rates !== 0) parts.push(`other exchange rates ${rates > 0 ? '+' : ''}${formatMoney(rates, currency)}`);
  const moved = parts.length === 0 ? 'nothing moved' : parts.join(', ');
  return `MRR from ${formatMoney(startMinor, currency)} to ${formatMoney(endMinor, currency)}: ${moved}.`;
}
