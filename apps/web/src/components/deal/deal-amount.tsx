import type { Deal } from '@steward/shared/deals';
import { NONE } from '../../lib/format.js';
import { useCurrency } from '../../lib/me.js';
import classes from './deal.module.css';
import { amountWords } from './deal-words.js';

type Money = Pick<Deal, 'amountMinor' | 'currency' | 'convertedMinor' | 'withoutRate'>;

/** The amount as written, and what it is in the workspace's currency, or that there is no rate for it. */
export function DealAmount({ deal }: { deal: Money }) {
  const { written, note } = amountWords(deal, useCurrency());
  if (written === null) {
    return (
      <span className={classes.dim} title="No amount has been given">
        {NONE}
      </span>
    );
  }
  return (
    <span className={`${classes.amount} tabular`}>
      {written}
      {note ? (
        <span
          className={deal.withoutRate ? classes.warn : classes.dim}
          title={deal.withoutRate ? 'It is in no total until a rate is known' : 'In the workspace’s currency'}
        >
          {note}
        </span>
      ) : null}
    </span>
  );
}
