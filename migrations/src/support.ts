import type { QueryRunner } from 'typeorm';

/** Runs statements one by one; on Citus, DDL over many shards must be sequential within its transaction. */
export async function run(runner: QueryRunner, ...statements: string[]): Promise<void> {
  await runner.query(`SELECT set_config('citus.multi_shard_modify_mode', 'sequential', true)`);
  for (const statement of statements) await runner.query(statement);
}

export async function onCitus(runner: QueryRunner): Promise<boolean> {
  const rows: unknown[] = await runner.query(`SELECT 1 FROM pg_extension WHERE extname = 'citus'`);
  return rows.length > 0;
}

/** Spreads account-owned tables over the nodes by account. Does nothing on a plain PostgreSQL. */
export async function distribute(runner: QueryRunner, tables: readonly string[], column = 'account_id'): Promise<void> {
  if (!(await onCitus(runner))) return;
  for (const table of tables) await runner.query(`SELECT create_distributed_table('steward.${table}', $1)`, [column]);
}

/** Copies small configuration tables to every node. Does nothing on a plain PostgreSQL. */
export async function copyToEveryNode(runner: QueryRunner, tables: readonly string[]): Promise<void> {
  if (!(await onCitus(runner))) return;
  for (const table of tables) await runner.query(`SELECT create_reference_table('steward.${table}')`);
}
