import type pg from 'pg';

const TABLES = ['segment', 'alert_rule'] as const;

/** Takes segments and alert rules out of the product's reach: the pipeline then works as if there were none. */
export async function parkRules(pool: pg.Pool): Promise<void> {
  await pool.query('CREATE SCHEMA IF NOT EXISTS bench');
  for (const table of TABLES) {
    await pool.query(`CREATE TABLE IF NOT EXISTS bench.parked_${table} AS TABLE steward.${table} WITH NO DATA`);
    // The product adds the built-in ones again whenever it opens.
    await pool.query(`DELETE FROM bench.parked_${table} AS parked USING steward.${table} AS t WHERE t.id = parked.id`);
    await pool.query(
      `WITH gone AS (DELETE FROM steward.${table} RETURNING *) INSERT INTO bench.parked_${table} SELECT * FROM gone`,
    );
  }
}

/** Puts them back, where they were taken away; what the product has added again meanwhile stands. */
export async function unparkRules(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query(`SELECT to_regclass('bench.parked_segment') AS parked`);
  if (rows[0]?.parked === null) return;
  for (const table of TABLES) {
    await pool.query(
      `WITH back AS (DELETE FROM bench.parked_${table} RETURNING *) INSERT INTO steward.${table} SELECT * FROM back ON CONFLICT DO NOTHING`,
    );
  }
}
