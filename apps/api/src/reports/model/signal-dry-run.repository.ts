import { Injectable } from '@nestjs/common';
import { Binder } from '../../db/rules/binder.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Scope } from '../../platform/auth/scope.js';

export interface Sampled {
  id: string;
  name: string;
  arrMinor: number | null;
}

@Injectable()
export class SignalDryRunRepository {
  /**
   * So many live accounts of the scope, and how many there are. Ids are hashes, so that the first by id are as good a
   * sample as any, and the same one each time.
   */
  async sample(tx: Tx, scope: Scope, most: number): Promise<{ accounts: number; sample: Sampled[] }> {
    const { bind, values } = new Binder();
    const rows = await open(tx).query<Sampled & { accounts: number }>(
      `SELECT a.id, a.name, s.arr_minor AS "arrMinor", count(*) OVER ()::int AS accounts
       FROM steward.account a JOIN steward.account_state s ON s.account_id = a.id
       WHERE s.status IN ('trial', 'customer') AND ${scopePredicate(scope, bind)}
       ORDER BY a.id LIMIT ${bind(most)}::int`,
      values,
    );
    return { accounts: rows[0]?.accounts ?? 0, sample: rows.map(({ accounts: _, ...row }) => row) };
  }
}
