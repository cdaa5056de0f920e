import { Injectable } from '@nestjs/common';
import { Binder } from '../../db/rules/binder.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Scope } from '../../platform/auth/scope.js';
import type { AlertKey } from './triage.repository.js';

/** Alerts by the accounts that they are on. */
@Injectable()
export class AccountsAlertsRepository {
  /** Those that live, in key order. */
  async live(tx: Tx, scope: Scope, accountIds: readonly string[]): Promise<AlertKey[]> {
    const { bind, values } = new Binder();
    return open(tx).query<AlertKey>(
      `SELECT t.account_id AS "accountId", t.id FROM steward.alert t JOIN steward.account a ON a.id = t.account_id
       WHERE t.account_id = ANY(${bind(accountIds)}::uuid[]) AND t.state IN ('open', 'acknowledged', 'snoozed')
         AND ${scopePredicate(scope, bind)} ORDER BY t.account_id, t.id`,
      values,
    );
  }
}
