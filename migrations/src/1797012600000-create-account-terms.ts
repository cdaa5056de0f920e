import type { MigrationInterface, QueryRunner } from 'typeorm';
import { distribute, run } from './support.js';

/**
 * What of an account's state changes with its contract alone, apart from what every day writes anew: whoever walks deep
 * into all accounts in this order reads an index, and looks at hardly any row.
 */
export class CreateAccountTerms1797012600000 implements MigrationInterface {
  name = 'CreateAccountTerms1797012600000';

  async up(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      `CREATE TABLE steward.account_terms (
        account_id uuid PRIMARY KEY,
        arr_minor bigint,
        renewal_date date
      )`,
    );
    await distribute(runner, ['account_terms']);
    await run(
      runner,
      `ALTER TABLE steward.account_terms ADD CONSTRAINT account_terms_account_fkey
        FOREIGN KEY (account_id) REFERENCES steward.account (id) ON DELETE CASCADE`,
      `INSERT INTO steward.account_terms (account_id, arr_minor, renewal_date)
        SELECT account_id, arr_minor, renewal_date FROM steward.account_state ORDER BY account_id`,
      'CREATE INDEX account_terms_arr_idx ON steward.account_terms (arr_minor DESC NULLS LAST, account_id)',
      'CREATE INDEX account_terms_renewal_idx ON steward.account_terms (renewal_date, account_id)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(runner, 'DROP TABLE steward.account_terms');
  }
}
