import type { DealTotals } from '@steward/shared/deals';
import classes from '../../components/sales/sales.module.css';
import { formatMoney, formatMoneyCompact, plural } from '../../lib/format.js';
import { useCurrency } from '../../lib/me.js';

type Sums = Pick<DealTotals, 'deals' | 'amountMinor' | 'weightedMinor' | 'withoutAmount'>;

/** Sums of parts; of parts that are all unknown nothing is known. */
function sumOfParts(parts: readonly Sums[]): Sums {
  const plus = (a: number | null, b: number | null) => (a === null ? b : b === null ? a : a + b);
  return parts.reduce<Sums>(
    (sum, part) => ({
      deals: sum.deals + part.deals,
      amountMinor: plus(sum.amountMinor, part.amountMinor),
      weightedMinor: plus(sum.weightedMinor, part.weightedMinor),
      withoutAmount: sum.withoutAmount + part.withoutAmount,
    }),
    { deals: 0, amountMinor: null, weightedMinor: null, withoutAmount: 0 },
  );
}

interface DealTotalsLineProps {
  sums: readonly Sums[];
  /** What has ended is no more probable or less. */
  ended?: boolean;
}

/** How many deals, what they are worth together and weighted, and how many of them are in no sum. */
export function DealTotalsLine({ sums, ended = false }: DealTotalsLineProps) {
  const currency = useCurrency();
  const { deals, amountMinor, weightedMinor, withoutAmount } = sumOfParts(sums);
  return (
    <span className={classes.totals} role="status">
      {plural(deals, 'deal')}
      {amountMinor === null ? null : (
        <>
          {' · '}
          <strong className="tabular" title={formatMoney(amountMinor, currency)}>
            {formatMoneyCompact(amountMinor, currency)}
          </strong>
        </>
      )}
      {weightedMinor === null || ended ? null : (
        <>
          {' · '}
          <span className="tabular" title={formatMoney(weightedMinor, currency)}>
            {formatMoneyCompact(weightedMinor, currency)}
          </span>{' '}
          weighted
        </>
      )}
      {withoutAmount > 0 ? (
        <span title="Without an amount, or without a rate for it"> · {withoutAmount} in no sum</span>
      ) : null}
    </span>
  );
}
