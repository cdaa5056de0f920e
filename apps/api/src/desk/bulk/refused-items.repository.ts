import { Injectable } from '@nestjs/common';
import { Binder } from '../../db/rules/binder.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Scope } from '../../platform/auth/scope.js';

export interface RefusedItem {
  id: string;
  externalId: string;
  name: string;
  code: string;
}

/** Accounts that a bulk action left as they were. */
@Injectable()
export class RefusedItems {
  async page(tx: Tx, scope: Scope, actionId: string, after: string, limit: number): Promise<RefusedItem[]> {
    const { bind, values } = new Binder();
    return open(tx).query<RefusedItem>(
      `SELECT a.id, a.external_id AS "externalId", a.name, coalesce(i.code, '') AS code
       FROM steward.bulk_action_item i JOIN steward.account a ON a.id = i.account_id
       WHERE i.action_id = ${bind(actionId)} AND i.state = 'refused'
         AND i.account_id > ${bind(after)}::uuid AND ${scopePredicate(scope, bind)}
       ORDER BY i.account_id LIMIT ${bind(limit)}`,
      values,
    );
  }
}
