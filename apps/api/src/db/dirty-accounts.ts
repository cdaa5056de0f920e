import { v4 } from 'uuid';
import { dateArray, uuidArray } from './binary-arrays.js';
import { open, type Tx } from './unit-of-work.js';

const MARK = `
  INSERT INTO steward.dirty_account AS t (account_id, since_day, token, marked_at)
  SELECT account_id, since_day, $3, $4 FROM unnest($1::uuid[], $2::date[]) AS i(account_id, since_day) ORDER BY account_id
  ON CONFLICT (account_id) DO UPDATE SET since_day = LEAST(t.since_day, EXCLUDED.since_day), token = EXCLUDED.token,
    marked_at = EXCLUDED.marked_at`;

/**
 * Marks accounts whose computed values are out of date since a day. The token is replaced, so that a refresh that read
 * the old one leaves the account dirty. Last of a transaction's writes, in key order.
 */
export async function markDirty(tx: Tx, since: ReadonlyMap<string, string>, at: Date): Promise<void> {
  if (since.size === 0) return;
  const accounts = [...since].sort(([a], [b]) => (a < b ? -1 : 1));
  const ids = uuidArray(accounts.map(([id]) => id));
  await open(tx).prepared(MARK, [ids, dateArray(accounts.map(([, day]) => day)), v4(), at]);
}
