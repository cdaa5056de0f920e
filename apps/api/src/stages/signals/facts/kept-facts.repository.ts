import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import { byteaArray, dateArray, uuidArray } from '../../../db/binary-arrays.js';
import { Binder } from '../../../db/rules/binder.js';
import { open, type Tx } from '../../../db/unit-of-work.js';
import { alsoInBatch, type Batch, inBatch } from '../../batch.js';
import { ACCOUNT_FACTS, type AccountFactRow } from './account-fields.repository.js';

export interface KeptRow {
  accountId: string;
  lastDay: IsoDay;
  facts: Buffer;
}

/** Facts as they were loaded, packed, one row an account: read again as long as nothing about the account has arrived. */
@Injectable()
export class KeptFactsRepository {
  /**
   * The accounts of a batch with the facts kept of them in hexadecimal digits, null where they have to be loaded. One statement sees both, the
   * facts and whether something arrived since: whatever is stored marks its account as due in the same transaction.
   */
  accounts(tx: Tx, batch: Batch, day: IsoDay, basis: string): Promise<(AccountFactRow & { kept: string | null })[]> {
    const { bind, values } = new Binder();
    const on = `${bind(day)}::date`;
    return open(tx).prepared(
      `SELECT ${ACCOUNT_FACTS}, encode(k.facts, 'hex') AS kept
       FROM steward.account a
       LEFT JOIN steward.kept_facts k ON k.account_id = a.id ${alsoInBatch(batch, 'k.account_id', bind)}
         AND k.first_day <= ${on} AND k.last_day >= ${on} AND k.basis = ${bind(basis)}::bigint
         AND NOT EXISTS (SELECT 1 FROM steward.dirty_account d
           WHERE d.account_id = k.account_id ${alsoInBatch(batch, 'd.account_id', bind)})
       WHERE ${inBatch(batch, 'a.id', bind)} ORDER BY a.id`,
      values,
    );
  }

  /** Within the locks of their buckets, in key order. */
  async keep(tx: Tx, rows: readonly KeptRow[], day: IsoDay, basis: string): Promise<void> {
    if (rows.length === 0) return;
    await open(tx).prepared(
      `INSERT INTO steward.kept_facts AS t (account_id, first_day, last_day, basis, facts)
       SELECT u.account_id, $4::date, u.last_day, $5::bigint, u.facts
       FROM unnest($1::uuid[], $2::date[], $3::bytea[]) AS u (account_id, last_day, facts) ORDER BY u.account_id
       ON CONFLICT (account_id) DO UPDATE SET first_day = EXCLUDED.first_day, last_day = EXCLUDED.last_day,
         basis = EXCLUDED.basis, facts = EXCLUDED.facts`,
      [
        uuidArray(rows.map(({ accountId }) => accountId)),
        dateArray(rows.map(({ lastDay }) => lastDay)),
        byteaArray(rows.map(({ facts }) => facts)),
        day,
        basis,
      ],
    );
  }

  /** For accounts that leave the list of what is due without having been computed. */
  async forget(tx: Tx, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await open(tx).query('DELETE FROM steward.kept_facts WHERE account_id = ANY($1::uuid[])', [[...ids]]);
  }
}
