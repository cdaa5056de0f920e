import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import { minorSumSql } from '../../db/minor-sum-sql.js';
import { OF_ACCOUNT, staysSql } from '../../db/segment-stays-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';

interface Size {
  segmentId: string;
  members: number;
  arrMinor: number | null;
}

@Injectable()
export class SegmentSizesRepository {
  /** True also for a day before the workspace's first, and where there are no segments. */
  async areWritten(tx: Tx, day: IsoDay): Promise<boolean> {
    const [row] = await open(tx).prepared<{ written: boolean }>(
      `SELECT NOT EXISTS (SELECT 1 FROM steward.day_close WHERE day < $1::date)
         OR NOT EXISTS (SELECT 1 FROM steward.segment)
         OR EXISTS (SELECT 1 FROM steward.segment_size WHERE day = $1::date) AS written`,
      [day],
    );
    return row?.written ?? true;
  }

  /** Of the segments that had members on the day. */
  onDay(tx: Tx, day: IsoDay): Promise<Size[]> {
    return open(tx).query(
      `SELECT m.segment_id AS "segmentId", count(*)::int AS members,
         ${minorSumSql('n.arr_minor')} AS "arrMinor"
       FROM ${staysSql('t.since_day <= $1::date')} AS m
         LEFT JOIN steward.account_snapshot n ON n.account_id = m.account_id AND n.day = $1::date AND m.${OF_ACCOUNT}
       WHERE m.until_day IS NULL OR m.until_day > $1::date GROUP BY m.segment_id`,
      [day],
    );
  }

  async write(tx: Tx, day: IsoDay, sizes: readonly Size[], { replaces }: { replaces: boolean }): Promise<void> {
    const known = replaces
      ? 'UPDATE SET rule_version = EXCLUDED.rule_version, members = EXCLUDED.members, arr_minor = EXCLUDED.arr_minor'
      : 'NOTHING';
    await open(tx).query(
      `INSERT INTO steward.segment_size (day, segment_id, rule_version, members, arr_minor)
       SELECT $1::date, g.id, g.rule_version, coalesce(z.members, 0), z.arr_minor
       FROM steward.segment g
         LEFT JOIN unnest($2::uuid[], $3::int[], $4::bigint[]) AS z (id, members, arr_minor) ON z.id = g.id
       ORDER BY g.id ON CONFLICT (day, segment_id) DO ${known}`,
      [day, sizes.map((size) => size.segmentId), sizes.map((size) => size.members), sizes.map((size) => size.arrMinor)],
    );
  }
}
