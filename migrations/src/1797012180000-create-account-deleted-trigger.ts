import type { MigrationInterface, QueryRunner } from 'typeorm';
import { onCitus, run } from './support.js';

/**
 * Whoever deletes accounts by hand ends what processes remember of facts, as the product does itself. The one trigger:
 * where Citus spreads the accounts, which knows none, such a person raises `steward.fact_memory.version` too.
 */
export class CreateAccountDeletedTrigger1797012180000 implements MigrationInterface {
  name = 'CreateAccountDeletedTrigger1797012180000';

  async up(runner: QueryRunner): Promise<void> {
    if (await onCitus(runner)) return;
    await run(
      runner,
      `CREATE FUNCTION steward.forget_facts() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         UPDATE steward.fact_memory SET version = version + 1 WHERE id = 1;
         RETURN NULL;
       END $$`,
      `CREATE TRIGGER account_deleted AFTER DELETE OR TRUNCATE ON steward.account
       FOR EACH STATEMENT EXECUTE FUNCTION steward.forget_facts()`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      'DROP TRIGGER IF EXISTS account_deleted ON steward.account',
      'DROP FUNCTION IF EXISTS steward.forget_facts()',
    );
  }
}
