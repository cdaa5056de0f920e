import { Injectable } from '@nestjs/common';
import { Binder } from '../../db/rules/binder.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Scope } from '../../platform/auth/scope.js';

/** What was told names accounts; a person may have lost sight of some of them since. */
@Injectable()
export class SeenAccountsRepository {
  /** Those of the accounts that lie within a scope. */
  async of(tx: Tx, scope: Scope, accountIds: readonly string[]): Promise<Set<string>> {
    if (accountIds.length === 0) return new Set();
    const { bind, values } = new Binder();
    const rows = await open(tx).query<{ id: string }>(
      `SELECT a.id FROM steward.account a
       WHERE a.id = ANY(${bind([...new Set(accountIds)])}::uuid[]) AND ${scopePredicate(scope, bind)}`,
      values,
    );
    return new Set(rows.map(({ id }) => id));
  }
}
