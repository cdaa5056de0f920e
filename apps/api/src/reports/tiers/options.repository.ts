import { Injectable } from '@nestjs/common';
import type { ReportOptions } from '@steward/shared/report-filters';
import { Binder } from '../../db/rules/binder.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Scope } from '../../platform/auth/scope.js';

const MOST = 200;

/** What the filters of reports can be set to. */
@Injectable()
export class ReportOptionsRepository {
  /** Of live accounts within the scope, the most frequent first. */
  values(tx: Tx, scope: Scope, column: 'region' | 'plan'): Promise<ReportOptions['regions']> {
    const { bind, values } = new Binder();
    return open(tx).query(
      `SELECT a.${column} AS value, count(*)::int AS accounts FROM steward.account a
       WHERE a.${column} IS NOT NULL AND ${scopePredicate(scope, bind)}
       GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${MOST}`,
      values,
    );
  }

  /** Those who own accounts within the scope, by name. */
  owners(tx: Tx, scope: Scope): Promise<ReportOptions['owners']> {
    const { bind, values } = new Binder();
    return open(tx).query(
      `SELECT u.id, u.full_name AS name, count(DISTINCT o.account_id)::int AS accounts
       FROM (SELECT a.id AS account_id, unnest(ARRAY[a.csm_user_id, a.am_user_id]) AS owner FROM steward.account a
         WHERE ${scopePredicate(scope, bind)}) o JOIN steward.app_user u ON u.id = o.owner
       GROUP BY u.id, u.full_name ORDER BY lower(u.full_name), u.id LIMIT ${5 * MOST}`,
      values,
    );
  }

  segments(tx: Tx, askerId: string | null): Promise<ReportOptions['segments']> {
    return open(tx).query(
      `SELECT id, name FROM steward.segment
       WHERE of = 'account' AND (visibility = 'shared' OR owner_user_id = $1::uuid) ORDER BY lower(name), id LIMIT ${5 * MOST}`,
      [askerId],
    );
  }
}
