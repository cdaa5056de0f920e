import { open, type Tx } from './unit-of-work.js';

/**
 * Tells what may be remembered from what may not: another one as soon as an account is deleted, a contact is merged or
 * becomes internal, or a month is counted again; and on another server or in a restored database. Empty: nothing may be.
 */
export const MEMORY_VERSION = `COALESCE(
  (SELECT concat_ws('/', m.tableoid, m.xmin, m.version, date_part('epoch', pg_postmaster_start_time()))
   FROM steward.fact_memory m WHERE m.id = 1), '')`;

export async function memoryVersion(tx: Tx): Promise<string> {
  const [row] = await open(tx).prepared<{ version: string }>(`SELECT ${MEMORY_VERSION} AS version`);
  return row?.version ?? '';
}

/**
 * Ends all that processes remember of facts, with this transaction's commit. Whoever takes away what may be remembered
 * calls it in the same transaction.
 */
export async function forgetFacts(tx: Tx): Promise<void> {
  await open(tx).query(`UPDATE steward.fact_memory SET version = version + 1 WHERE id = 1`);
}
