import type { AlertTotals } from '@steward/shared/alerts';
import { formatMoney, formatMoneyCompact, plural } from '../../lib/format.js';
import { useCurrency } from '../../lib/me.js';
import classes from './alerts-page.module.css';

interface InboxTotalsProps {
  totals: AlertTotals;
  /** Alerts that are over are among them: then it is the ARR of the accounts, and no longer at stake. */
  withEnded: boolean;
}

/** How many accounts and alerts the list is of, and what ARR is at stake and in play, or is that of the accounts. */
export function InboxTotals({ totals, withEnded }: InboxTotalsProps) {
  const { accounts, alerts, arrMinor, arrAtStakeMinor, arrInPlayMinor } = totals;
  return (
    <span className={classes.totals} role="status">
      {plural(accounts, 'account')}, {plural(alerts, 'alert')}
      {withEnded ? (
        <Sum arrMinor={arrMinor} words="ARR" />
      ) : (
        <>
          <Sum arrMinor={arrAtStakeMinor} words="ARR at stake" />
          <Sum arrMinor={arrInPlayMinor} words="in play" />
        </>
      )}
    </span>
  );
}

function Sum({ arrMinor, words }: { arrMinor: number | null; words: string }) {
  const currency = useCurrency();
  if (arrMinor === null) return null;
  return (
    <>
      {' · '}
      <strong className="tabular" title={formatMoney(arrMinor, currency)}>
        {formatMoneyCompact(arrMinor, currency)}
      </strong>{' '}
      {words}
    </>
  );
}
