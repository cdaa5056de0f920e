import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import type { Today } from '@steward/shared/today';
import { minorSumSql } from '../../db/minor-sum-sql.js';
import { Binder } from '../../db/rules/binder.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Scope } from '../../platform/auth/scope.js';

type OwnerLine = NonNullable<Today['owners']>[number];

const MOST_OWNERS = 30;

const sum = (which?: string) => minorSumSql('s.arr_minor', which);
const AT_RISK = `FILTER (WHERE s.band = 'at_risk')`;

@Injectable()
export class TodayRepository {
  /** Those of the built-in segments that are still there. */
  async segmentsByKey(tx: Tx, keys: readonly string[]): Promise<string[]> {
    const rows = await open(tx).query<{ id: string }>(
      `SELECT id FROM steward.segment WHERE key = ANY($1) AND visibility = 'shared' ORDER BY key`,
      [keys],
    );
    return rows.map(({ id }) => id);
  }

  /** These people, and those whom they stand in for: whoever stands in does the work. Null: everybody. */
  async workers(tx: Tx, ids: readonly string[] | null, day: IsoDay): Promise<readonly string[] | null> {
    if (ids === null) return null;
    const rows = await open(tx).query<{ id: string }>(
      `SELECT unnest($1::uuid[]) AS id UNION SELECT i.user_id FROM steward.stand_in i
       WHERE i.stand_in_id = ANY($1::uuid[]) AND $2::date BETWEEN i.from_day AND i.to_day`,
      [ids, day],
    );
    return rows.map(({ id }) => id);
  }

  /** Live accounts by CSM, those with the most ARR at risk first. */
  async byOwner(tx: Tx, scope: Scope, ownerIds: readonly string[] | null): Promise<OwnerLine[]> {
    const { bind, values } = new Binder();
    const owned =
      ownerIds === null
        ? ''
        : `AND (a.csm_user_id = ANY(${bind(ownerIds)}::uuid[]) OR a.am_user_id = ANY(${bind(ownerIds)}::uuid[]))`;
    const rows = await open(tx).query<Omit<OwnerLine, 'owner'> & { userId: string | null; name: string | null }>(
      `SELECT f.*, u.full_name AS name FROM (
         SELECT a.csm_user_id AS "userId", count(*)::int AS accounts, ${sum()} AS "arrMinor",
           count(*) ${AT_RISK}::int AS "atRisk", ${sum(AT_RISK)} AS "atRiskArrMinor"
         FROM steward.account_state s JOIN steward.account a ON a.id = s.account_id
         WHERE s.status IN ('trial', 'customer') AND ${scopePredicate(scope, bind)} ${owned}
         GROUP BY a.csm_user_id) f
       LEFT JOIN steward.app_user u ON u.id = f."userId"
       ORDER BY f."atRiskArrMinor" DESC NULLS LAST, f."arrMinor" DESC NULLS LAST, f."userId" LIMIT ${MOST_OWNERS}`,
      values,
    );
    return rows.map(({ userId, name, ...line }) => ({
      ...line,
      owner: userId === null ? null : { userId, name: name ?? '' },
    }));
  }
}
