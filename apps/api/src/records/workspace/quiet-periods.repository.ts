import { Injectable } from '@nestjs/common';
import type { CreateQuietPeriod, QuietPeriod, UpdateQuietPeriod } from '@steward/shared/quiet-periods';
import { open, type Tx } from '../../db/unit-of-work.js';

const COLUMNS = `id, name, from_day AS "fromDay", to_day AS "toDay", revision`;

@Injectable()
export class QuietPeriodsRepository {
  /** The latest first. */
  all(tx: Tx): Promise<QuietPeriod[]> {
    return open(tx).query(`SELECT ${COLUMNS} FROM steward.quiet_period ORDER BY from_day DESC, lower(name), id`);
  }

  async byId(tx: Tx, id: string): Promise<QuietPeriod | null> {
    const rows = await open(tx).query<QuietPeriod>(`SELECT ${COLUMNS} FROM steward.quiet_period WHERE id = $1`, [id]);
    return rows[0] ?? null;
  }

  async add(tx: Tx, id: string, period: CreateQuietPeriod, at: Date): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.quiet_period (id, name, from_day, to_day, revision, created_at)
       VALUES ($1, $2, $3::date, $4::date, 1, $5)`,
      [id, period.name, period.fromDay, period.toDay, at],
    );
  }

  /** Writes onto the revision that was read; false when another change came first. */
  async update(tx: Tx, id: string, period: UpdateQuietPeriod): Promise<boolean> {
    const changed = await open(tx).query(
      `UPDATE steward.quiet_period SET name = $3, from_day = $4::date, to_day = $5::date, revision = revision + 1
       WHERE id = $1 AND revision = $2 RETURNING id`,
      [id, period.revision, period.name, period.fromDay, period.toDay],
    );
    return changed.length > 0;
  }

  async remove(tx: Tx, id: string): Promise<void> {
    await open(tx).query(`DELETE FROM steward.quiet_period WHERE id = $1`, [id]);
  }
}
