import { Injectable } from '@nestjs/common';
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

  async names(tx: Tx, userIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await open(tx).query<{ id: string; name: string }>(
      'SELECT id, full_name AS name FROM steward.app_user WHERE id = ANY($1::uuid[])',
      [userIds],
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }
}
