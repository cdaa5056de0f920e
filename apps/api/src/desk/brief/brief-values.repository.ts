import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import { Binder } from '../../db/rules/binder.js';
import type { Catalogue } from '../../db/rules/bindings.js';
import { openRuleScope } from '../../db/rules/compile-rule.js';
import { fieldSql } from '../../db/rules/field-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import { toDay } from '../../domain/calendar/day.js';
import type { StoredDay } from '../../stages/account-explanations.js';

export type Values = ReadonlyMap<string, number | string | null>;

/** What the pipeline stored of an account. The caller has made sure that the reader may see it. */
@Injectable()
export class BriefValuesRepository {
  /** Values of fields on a day, money in minor units; null: nothing was kept of it. */
  async on(
    tx: Tx,
    catalogue: Catalogue,
    accountId: string,
    { day, past }: { day: IsoDay; past: boolean },
    fields: readonly string[],
  ): Promise<Values | null> {
    const known = fields.flatMap((key) => catalogue.fields.get(key) ?? []);
    const binder = new Binder();
    const scope = openRuleScope({ catalogue, context: { kind: past ? 'past' : 'live', day }, binder });
    const columns = known.map((bound) => fieldSql(scope, bound).sql);
    const id = binder.bind(accountId);
    const from = past
      ? `steward.account_snapshot s JOIN steward.account a ON a.id = s.account_id
         WHERE s.account_id = ${id} AND s.day = ${binder.bind(day)}::date`
      : `steward.account_state s JOIN steward.account a ON a.id = s.account_id WHERE s.account_id = ${id}`;
    const [row] = await open(tx).query<{ values: (number | string | null)[] }>(
      `SELECT jsonb_build_array(${columns.join(', ')}) AS values FROM ${from}`,
      binder.values,
    );
    return row === undefined ? null : new Map(known.map(({ field }, place) => [field.key, row.values[place] ?? null]));
  }

  /** A signal on each of the days; null where nothing was kept. */
  async signalOn(tx: Tx, accountId: string, number: number, days: readonly IsoDay[]): Promise<(number | null)[]> {
    const rows = await open(tx).query<{ value: number | null }>(
      `SELECT coalesce(n.signals[$2::int], s.signals[$2::int])::float8 AS value
       FROM unnest($3::date[]) WITH ORDINALITY AS d(day, place)
         LEFT JOIN steward.account_snapshot n ON n.account_id = $1 AND n.day = d.day
         LEFT JOIN steward.account_state s ON s.account_id = $1 AND s.as_of = d.day
       ORDER BY d.place`,
      [accountId, number, days],
    );
    return rows.map(({ value }) => value);
  }

  /** The state of now, as its score is explained from; null: it has no score. */
  async scored(tx: Tx, accountId: string): Promise<StoredDay | null> {
    const [row] = await open(tx).query<Omit<StoredDay, 'day' | 'accountId'> & { day: IsoDay }>(
      `SELECT as_of AS day, closed_tier AS "tierBefore", signals, null_reasons AS "nullReasons", caps,
         health_version_id AS "healthVersionId", score
       FROM steward.account_state WHERE account_id = $1 AND health_version_id IS NOT NULL AND status IN ('trial', 'customer')`,
      [accountId],
    );
    return row === undefined ? null : { ...row, accountId, day: toDay(row.day) };
  }
}
