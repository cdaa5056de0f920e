import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import { Binder } from '../../db/rules/binder.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import { type Batch, inBatch } from '../../stages/batch.js';

/** Today and the close of days, or days past. Either may fail while the other does not. */
export type SetAsideWork = 'daily' | 'past';

export interface SetAsideAccount {
  accountId: string;
  work: SetAsideWork;
  /** The first day that could not be computed. */
  asOf: IsoDay;
  code: string;
  message: string;
}

@Injectable()
export class SetAsideRepository {
  /** The ids of a batch, in order. */
  async idsIn(tx: Tx, batch: Batch): Promise<string[]> {
    if (batch.kind === 'list') return [...batch.ids].sort();
    const { bind, values } = new Binder();
    const rows = await open(tx).query<{ id: string }>(
      `SELECT id FROM steward.account WHERE ${inBatch(batch, 'id', bind)} ORDER BY id`,
      values,
    );
    return rows.map(({ id }) => id);
  }

  async note(tx: Tx, accounts: readonly SetAsideAccount[], at: Date): Promise<void> {
    const of = (key: keyof SetAsideAccount) => accounts.map((each) => each[key]);
    await open(tx).query(
      `INSERT INTO steward.set_aside_account AS t (account_id, work, as_of, code, message, since, tried_at)
       SELECT a.id, u.work, u.as_of, u.code, u.message, $6, $6
       FROM unnest($1::uuid[], $2::text[], $3::date[], $4::text[], $5::text[]) AS u (account_id, work, as_of, code, message)
       JOIN steward.account a ON a.id = u.account_id ORDER BY a.id, u.work
       ON CONFLICT (account_id, work) DO UPDATE SET as_of = least(t.as_of, EXCLUDED.as_of), code = EXCLUDED.code,
         message = EXCLUDED.message, tried_at = EXCLUDED.tried_at`,
      [of('accountId'), of('work'), of('asOf'), of('code'), of('message'), at],
    );
  }

  of(tx: Tx, accountId: string): Promise<SetAsideAccount[]> {
    return open(tx).query(
      `SELECT account_id AS "accountId", work, as_of AS "asOf", code, message
       FROM steward.set_aside_account WHERE account_id = $1 ORDER BY work`,
      [accountId],
    );
  }

  /** Accounts of the batch that have come through: all that was wrong with today, or with the one day of the past. */
  async forgive(tx: Tx, work: SetAsideWork, batch: Batch, days: { from: IsoDay; to: IsoDay }): Promise<void> {
    const { bind, values } = new Binder();
    await open(tx).query(
      `DELETE FROM steward.set_aside_account WHERE ${inBatch(batch, 'account_id', bind)} AND work = ${bind(work)}
         AND as_of >= ${bind(days.from)}::date AND as_of <= ${bind(days.to)}::date`,
      values,
    );
  }

  /** Accounts of the batch that stopped on one of the days of a walk through the past. */
  async stoppedOn(tx: Tx, batch: Batch, days: { from: IsoDay; to: IsoDay }): Promise<string[]> {
    const { bind, values } = new Binder();
    const rows = await open(tx).query<{ id: string }>(
      `SELECT account_id AS id FROM steward.set_aside_account WHERE ${inBatch(batch, 'account_id', bind)}
         AND work = 'past' AND as_of >= ${bind(days.from)}::date AND as_of <= ${bind(days.to)}::date`,
      values,
    );
    return rows.map(({ id }) => id);
  }
}
