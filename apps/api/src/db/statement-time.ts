import { open, type Tx } from './unit-of-work.js';

/** The statements that follow in this transaction may take so long each; one that takes longer is refused. */
export async function allowEach(tx: Tx, { seconds }: { seconds: number }): Promise<void> {
  await open(tx).query(`SELECT set_config('statement_timeout', $1, TRUE)`, [`${seconds}s`]);
}

/**
 * Each sort and hash of the statements that follow in this transaction may take so much memory, and PostgreSQL shares a
 * sum over all accounts between its workers: at their usual prices, for beginning and for each row that they hand on, it
 * would not yet for 100,000 of them.
 */
export async function allowLargeSums(tx: Tx, { megabytes }: { megabytes: number }): Promise<void> {
  await open(tx).query(
    `SELECT set_config('work_mem', $1, TRUE), set_config('parallel_setup_cost', '100', TRUE),
       set_config('parallel_tuple_cost', '0.01', TRUE)`,
    [`${megabytes}MB`],
  );
}
