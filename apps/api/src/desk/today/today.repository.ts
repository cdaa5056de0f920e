import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import { open, type Tx } from '../../db/unit-of-work.js';

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

  async names(tx: Tx, userIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await open(tx).query<{ id: string; name: string }>(
      'SELECT id, full_name AS name FROM steward.app_user WHERE id = ANY($1::uuid[])',
      [userIds],
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }
}
