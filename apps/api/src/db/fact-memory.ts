import { LOCKS } from './advisory-locks.js';
import { open, type Tx } from './unit-of-work.js';

/**
 * Tells what may be remembered from what may not: another one as soon as an account is deleted, a contact is merged or
 * becomes internal, or a month is counted again; and on another server or in a restored database. Empty: nothing may be.
 */
export const MEMORY_VERSION = `COALESCE(
  (SELECT concat_ws('/', m.tableoid, m.xmin, m.version, date_part('epoch', pg_postmaster_start_time()))
   FROM steward.fact_memory m WHERE m.id = 1), '')`;

async function memoryVersion(tx: Tx): Promise<string> {
  const [row] = await open(tx).prepared<{ version: string }>(`SELECT ${MEMORY_VERSION} AS version`);
  return row?.version ?? '';
}

/**
 * Lets nobody end what is remembered until this transaction's commit, and waits for whoever is ending it. Whoever counts
 * events calls it before the first row of the ledger. Answers the version that holds until the commit.
 */
export async function holdFacts(tx: Tx): Promise<string> {
  const [, version] = await Promise.all([
    open(tx).prepared(`SELECT pg_advisory_xact_lock_shared(${LOCKS.facts}, 0)`),
    memoryVersion(tx),
  ]);
  return version;
}

/**
 * Ends all that processes remember of facts, with this transaction's commit; events that are being counted are waited
 * for. Whoever takes away what may be remembered calls it in the same transaction, before the first row of the ledger.
 * Answers the version that held until now.
 */
export async function forgetFacts(tx: Tx): Promise<string> {
  const { query } = open(tx);
  await query(`SELECT pg_advisory_xact_lock(${LOCKS.facts}, 0)`);
  const version = await memoryVersion(tx);
  await query(`UPDATE steward.fact_memory SET version = version + 1 WHERE id = 1`);
  return version;
}
