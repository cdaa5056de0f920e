import type { AlertTotals } from '@steward/shared/alerts';
import { formatMoney, formatMoneyCompact, plural } from '../../lib/format.js';
import { useCurrency } from '../../lib/me.js';
import classes from './alerts-page.module.css';

/** How many accounts wait, and the ARR that is at stake and in play. */
export function InboxTotals({ totals }: { totals: AlertTotals }) {
  const currency = useCurrency();
  const { accounts, alerts, arrAtStakeMinor, arrInPlayMinor } = totals;
  return (
    <span className={classes.totals} role="status">
      {plural(accounts, 'account')}, {plural(alerts, 'alert')}
      {arrAtStakeMinor === null ? null : (
        <>
          {' · '}
          <strong className="tabular" title={formatMoney(arrAtStakeMinor, currency)}>
            {formatMoneyCompact(arrAtStakeMinor, currency)}
          </strong>{' '}
          ARR at stake
        </>
      )}
      {arrInPlayMinor === null ? null : (
        <>
          {' · '}
          <strong className="tabular" title={formatMoney(arrInPlayMinor, currency)}>
            {formatMoneyCompact(arrInPlayMinor, currency)}
          </strong>{' '}
          in play
        </>
      )}
    </span>
  );
}
