import type { RenewalTotals } from '@steward/shared/renewals';
import classes from '../../components/sales/sales.module.css';
import { formatMoney, formatMoneyCompact, plural } from '../../lib/format.js';
import { useCurrency } from '../../lib/me.js';

/** How many are due, what they are worth, what is expected of them, and what of it is at risk. */
export function RenewalTotalsLine({ totals }: { totals: RenewalTotals }) {
  const currency = useCurrency();
  const figures: [amountMinor: number | null, words: string][] = [
    [totals.amountMinor, 'due'],
    [totals.weightedMinor, 'expected'],
    [totals.atRiskMinor, 'at risk'],
  ];
  return (
    <span className={classes.totals} role="status">
      {plural(totals.renewals, 'renewal')}
      {figures.map(([amountMinor, words]) =>
        amountMinor === null ? null : (
          <span key={words}>
            {' · '}
            <strong className="tabular" title={formatMoney(amountMinor, currency)}>
              {formatMoneyCompact(amountMinor, currency)}
            </strong>{' '}
            {words}
          </span>
        ),
      )}
    </span>
  );
}
