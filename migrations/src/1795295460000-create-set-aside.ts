import type { MigrationInterface, QueryRunner } from 'typeorm';
import { distribute, run } from './support.js';

/** Accounts whose facts could not be computed, so that the rest could be without them. */
export class CreateSetAside1795295460000 implements MigrationInterface {
  name = 'CreateSetAside1795295460000';

  async up(runner: QueryRunner): Promise<void> {
    await run(
      runner,
      `CREATE TABLE steward.set_aside_account (
        account_id uuid NOT NULL,
        work text NOT NULL CHECK (work IN ('daily', 'past')),
        as_of date NOT NULL,
        code text NOT NULL,
        message text NOT NULL,
        since timestamptz NOT NULL,
        tried_at timestamptz NOT NULL,
        PRIMARY KEY (account_id, work)
      )`,
    );
    await distribute(runner, ['set_aside_account']);
    await run(
      runner,
      'ALTER TABLE steward.set_aside_account ADD CONSTRAINT set_aside_account_account_fkey FOREIGN KEY (account_id) REFERENCES steward.account (id) ON DELETE CASCADE',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(runner, 'DROP TABLE steward.set_aside_account');
  }
}
