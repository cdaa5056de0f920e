import { NIL } from 'uuid';

/**
 * Every time that somebody was in a segment, as rows (account_id, segment_id, contact_id, since_day, how, until_day): members that are in
 * one, `until_day` null, and those that have left on that day. `where` narrows both tables, which are called `t`.
 */
export function staysSql(where: string): string {
  return `(SELECT t.account_id, t.segment_id, t.contact_id, t.since_day, t.how, NULL::date AS until_day
      FROM steward.segment_member t WHERE ${where}
    UNION ALL
    SELECT t.account_id, t.segment_id, t.contact_id, t.since_day, t.how, t.day
      FROM steward.segment_event t WHERE t.kind = 'left' AND ${where})`;
}

/** Members of segments of accounts are kept under no contact; only they have an ARR. */
export const OF_ACCOUNT = `contact_id = '${NIL}'`;
