import { GRACE_DAYS } from '../domain/renewals/contract-ends.js';

/**
 * True of a subscription whose end has passed by the day and that goes on by itself, as `contractEnds` has it: it renews
 * itself by its term, and nothing had begun by the day that succeeds it.
 */
export function rollsOnSql(subscription: string, day: string): string {
  return `(${subscription}.auto_renew AND ${subscription}.term_months > 0 AND NOT EXISTS (
      SELECT 1 FROM steward.subscription n WHERE n.account_id = ${subscription}.account_id AND n.starts_on <= ${day}
        AND n.starts_on > ${subscription}.ends_on AND n.starts_on <= ${subscription}.ends_on + ${GRACE_DAYS + 1}))`;
}
