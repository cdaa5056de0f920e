import type { DataSource } from 'typeorm';

/** One number for the whole product: two processes that start at once migrate one after the other. */
const MIGRATION_LOCK = 7_236_001;

/** Brings the database up to date; answers the names of the migrations that ran. */
export async function migrate(dataSource: DataSource): Promise<string[]> {
  const guard = dataSource.createQueryRunner();
  try {
    await guard.query(`SELECT pg_advisory_lock($1)`, [MIGRATION_LOCK]);
    try {
      await guard.query(`CREATE SCHEMA IF NOT EXISTS steward`);
      const ran = await dataSource.runMigrations();
      return ran.map((migration) => migration.name);
    } finally {
      await guard.query(`SELECT pg_advisory_unlock($1)`, [MIGRATION_LOCK]);
    }
  } finally {
    await guard.release();
  }
}
