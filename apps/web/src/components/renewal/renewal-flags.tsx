import type { Renewal } from '@steward/shared/renewals';
import { formatDay } from '../../lib/days.js';
import classes from './renewal.module.css';
import { STATE_WORDS } from './renewal-words.js';

interface RenewalFlagsProps {
  renewal: Renewal;
  leaving?: boolean;
  leavesOn?: string | null;
  autoRenew?: boolean;
}

/**
 * What calls for attention about a renewal: nobody forecast it, nobody was in touch, it is overdue, the account leaves;
 * and whether it goes on by itself.
 */
export function RenewalFlags({ renewal, leaving = false, leavesOn = null, autoRenew = false }: RenewalFlagsProps) {
  const { state, missingForecast, missingTouch } = renewal;
  return (
    <span className={classes.flags}>
      {leaving ? (
        <span className={classes.flag} data-bad>
          {leavesOn ? `Leaves ${formatDay(leavesOn)}` : 'Leaving'}
        </span>
      ) : null}
      {state === 'overdue' ? (
        <span className={classes.flag} data-bad>
          {STATE_WORDS.overdue}
        </span>
      ) : null}
      {autoRenew && !leaving ? (
        <span className={classes.flag} title="Its subscriptions go on by themselves unless notice is given">
          Auto-renews
        </span>
      ) : null}
      {missingForecast ? (
        <span className={classes.flag} title="Due within 90 days or overdue, and nobody has forecast it">
          No forecast
        </span>
      ) : null}
      {missingTouch ? (
        <span className={classes.flag} title="Due within 90 days or overdue, and no touch in the last 30 days">
          No touch
        </span>
      ) : null}
    </span>
  );
}
