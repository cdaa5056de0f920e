import { Injectable } from '@nestjs/common';
import { plainArray, textArray } from '../../db/array-literals.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import { isoOrNull } from '../../domain/calendar/day.js';
import { HEALTH_CHANGE_SIGNAL } from '../../domain/signals/built-in.js';
import type { StateTable } from '../day-run.js';
import { type HealthColumns, healthChangeReason } from '../state/health-columns.js';

export interface HealthOfAccount extends HealthColumns {
  accountId: string;
}

@Injectable()
export class HealthRepository {
  async write(tx: Tx, table: StateTable, rows: readonly HealthOfAccount[], at: Date): Promise<void> {
    if (rows.length === 0) return;
    const of = (key: Exclude<keyof HealthOfAccount, 'bandSince'>) => plainArray(rows.map((row) => row[key]));
    await open(tx).prepared(
      `UPDATE steward.${table} s SET health_version_id = u.version_id, score = u.score, band = u.band,
         band_since = u.band_since, coverage = u.coverage, caps = u.caps::smallint[], model_change = u.model_change,
         health_change = u.health_change, trend = u.trend, signals[${HEALTH_CHANGE_SIGNAL}] = u.health_change,
         null_reasons[${HEALTH_CHANGE_SIGNAL}] = u.reason, updated_at = $1
       FROM unnest($2::uuid[], $3::int[], $4::numeric[], $5::text[], $6::date[], $7::real[], $8::text[], $9::numeric[],
           $10::numeric[], $11::text[], $12::smallint[])
         AS u (account_id, version_id, score, band, band_since, coverage, caps, model_change, health_change, trend, reason)
       WHERE s.account_id = u.account_id AND s.account_id = ANY($2::uuid[])`,
      [
        at,
        of('accountId'),
        of('healthVersionId'),
        of('score'),
        of('band'),
        plainArray(rows.map((row) => isoOrNull(row.bandSince))),
        of('coverage'),
        textArray(rows.map((row) => row.caps)),
        of('modelChange'),
        of('healthChange'),
        of('trend'),
        plainArray(rows.map(healthChangeReason)),
      ],
    );
  }
}
