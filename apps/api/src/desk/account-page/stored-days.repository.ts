import { Injectable } from '@nestjs/common';
import type { Band, IsoDay } from '@steward/shared/common';
import type { BoundField } from '../../db/rules/bindings.js';
import { seriesValue } from '../../db/rules/series-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import { type Day, isoOf, toDay } from '../../domain/calendar/day.js';
import { daysToCompare } from '../../domain/health/change.js';
import type { StoredDay } from '../../stages/account-explanations.js';

interface StoredRow extends Omit<StoredDay, 'accountId' | 'day' | 'healthVersionId'> {
  day: IsoDay;
  status: string;
  healthVersionId: number | null;
}

export interface SeriesRow {
  day: IsoDay;
  exists: boolean;
  band: Band | null;
  model: string | null;
  values: (number | null)[];
}

const STORED = (of: string) => `${of}.status, ${of}.signals, ${of}.null_reasons AS "nullReasons", ${of}.caps,
  ${of}.health_version_id AS "healthVersionId", ${of}.score`;

/** Days of an account as the pipeline stored them. The caller has made sure that the reader may see the account. */
@Injectable()
export class StoredDaysRepository {
  /**
   * The day that made the account's score as of a day: that day itself, and for an account that has churned since the
   * last day on which it was scored. Null: it has never been scored by then.
   */
  async scoredDay(tx: Tx, accountId: string, day: IsoDay, isToday: boolean): Promise<StoredDay | null> {
    const { query } = open(tx);
    const [row] = isToday
      ? await query<StoredRow>(
          `SELECT s.as_of AS day, s.closed_tier AS "tierBefore", ${STORED('s')} FROM steward.account_state s WHERE s.account_id = $1`,
          [accountId],
        )
      : await query<StoredRow>(`${SNAPSHOT} AND s.day = $2::date`, [accountId, day]);
    if (row?.status !== 'churned') return storedDay(accountId, row);
    const [last] = await query<StoredRow>(
      `${SNAPSHOT} AND s.day <= $2::date AND s.status IN ('trial', 'customer') ORDER BY s.day DESC LIMIT 1`,
      [accountId, day],
    );
    return storedDay(accountId, last);
  }

  /** The profile that made a day's score; null where it was deleted since. */
  async profileOf(
    tx: Tx,
    { healthVersionId }: Pick<StoredDay, 'healthVersionId'>,
  ): Promise<{ id: string; name: string; version: number } | null> {
    const [profile] = await open(tx).query<{ id: string; name: string; version: number }>(
      `SELECT p.id, p.name, v.version FROM steward.health_profile_version v
         JOIN steward.health_profile p ON p.id = v.profile_id
       WHERE v.id = $1 AND p.deleted_at IS NULL`,
      [healthVersionId],
    );
    return profile ?? null;
  }

  /** The first day on which the account had a score; null: it never had one. */
  async firstScoredDay(tx: Tx, accountId: string): Promise<IsoDay | null> {
    const [row] = await open(tx).query<{ day: IsoDay | null }>(
      `SELECT least(
         (SELECT min(s.day) FROM steward.account_snapshot s WHERE s.account_id = $1 AND s.score IS NOT NULL),
         (SELECT s.as_of FROM steward.account_state s WHERE s.account_id = $1 AND s.score IS NOT NULL)) AS day`,
      [accountId],
    );
    return row?.day ?? null;
  }

  /** Between two scored days of an account: both sides of each change of the profile version, ascending. */
  async daysAtNewVersions(tx: Tx, from: StoredDay, to: StoredDay): Promise<StoredDay[]> {
    const { query } = open(tx);
    const between = [from.accountId, isoOf(from.day), isoOf(to.day)];
    const scored = await query<{ day: IsoDay; versionId: number }>(
      `SELECT s.day, s.health_version_id AS "versionId" FROM steward.account_snapshot s
       WHERE s.account_id = $1 AND s.day > $2::date AND s.day < $3::date
         AND s.score IS NOT NULL AND s.status IN ('trial', 'customer') ORDER BY s.day`,
      between,
    );
    const versions = [
      from,
      ...scored.map(({ day, versionId }) => ({ day: toDay(day), healthVersionId: versionId })),
      to,
    ];
    const wanted = daysToCompare(versions.map(({ day, healthVersionId: versionId }) => ({ day, versionId })));
    const rows = await query<StoredRow>(
      `${SNAPSHOT} AND s.day > $2::date AND s.day < $3::date AND s.day = ANY($4::date[]) ORDER BY s.day`,
      [...between, wanted.map(isoOf)],
    );
    return rows.flatMap((row) => storedDay(from.accountId, row) ?? []);
  }

  /** A value a day and field from `from` to `to`; a day without a snapshot has none. */
  series(
    tx: Tx,
    accountId: string,
    fields: readonly BoundField[],
    { from, to }: { from: IsoDay; to: IsoDay },
    minorDigits: number,
  ): Promise<SeriesRow[]> {
    const columns = fields.map((bound) => `(${seriesValue(bound, minorDigits)})::float8`);
    return open(tx).query<SeriesRow>(
      `SELECT d.day::date AS day, s.day IS NOT NULL AS exists, s.band,
         p.name || ' v' || v.version AS model, ARRAY[${columns.join(', ')}]::float8[] AS values
       FROM generate_series($2::date, $3::date, interval '1 day') AS d (day)
         LEFT JOIN steward.account_snapshot s
           ON s.account_id = $1 AND s.day = d.day::date AND s.day >= $2::date AND s.day <= $3::date
         LEFT JOIN steward.health_profile_version v ON v.id = s.health_version_id
         LEFT JOIN steward.health_profile p ON p.id = v.profile_id
       ORDER BY d.day`,
      [accountId, from, to],
    );
  }
}

const SNAPSHOT = `SELECT s.day, ${STORED('s')},
    (SELECT b.tier FROM steward.account_snapshot b WHERE b.account_id = $1 AND b.day = s.day - 1) AS "tierBefore"
  FROM steward.account_snapshot s WHERE s.account_id = $1`;

function storedDay(accountId: string, row: StoredRow | undefined): StoredDay | null {
  if (!row || row.healthVersionId === null) return null;
  const { status: _, ...stored } = row;
  return { ...stored, accountId, day: toDay(row.day) as Day, healthVersionId: row.healthVersionId };
}
