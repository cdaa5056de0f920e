import { Injectable } from '@nestjs/common';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { SalesList } from './sales-lists.reader.js';

@Injectable()
export class SalesListsRepository {
  /** Writes a list onto the revision that was read; revision 0: it was the product's. False: another change came first. */
  async save(tx: Tx, key: SalesList, entries: readonly unknown[], revision: number, at: Date): Promise<boolean> {
    const rows = await open(tx).query(
      `INSERT INTO steward.editable_list AS t (key, entries, revision, updated_at)
       SELECT $1, $2::jsonb, 1, $4 WHERE $3::int = 0 OR EXISTS (SELECT 1 FROM steward.editable_list WHERE key = $1)
       ON CONFLICT (key) DO UPDATE SET entries = EXCLUDED.entries, revision = t.revision + 1,
         updated_at = EXCLUDED.updated_at
       WHERE t.revision = $3::int RETURNING 1`,
      [key, JSON.stringify(entries), revision, at],
    );
    return rows.length > 0;
  }
}
