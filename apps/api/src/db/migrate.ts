import type { DataSource } from 'typeorm';
import { LOCKS } from './advisory-locks.js';

/**
 * Brings the database up to date; answers the names of the migrations that ran. Two processes that start at once migrate
 * one after the other.
 */
export async function migrate(dataSource: DataSource): Promise<string[]> {
  const guard = dataSource.createQueryRunner();
  try {
    await guard.query(`SELECT pg_advisory_lock(${LOCKS.migration}, 0)`);
    try {
      await guard.query(`CREATE SCHEMA IF NOT EXISTS steward`);
      const ran = await dataSource.runMigrations();
      return ran.map((migration) => migration.name);
    } finally {
      await guard.query(`SELECT pg_advisory_unlock(${LOCKS.migration}, 0)`);
    }
  } finally {
    await guard.release();
  }
}
