import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import { Binder } from '../../db/rules/binder.js';
import type { Catalogue } from '../../db/rules/bindings.js';
import { openRuleScope } from '../../db/rules/compile-rule.js';
import { fieldSql } from '../../db/rules/field-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';

/** An account's values of now, by field: money in major units, days as text. */
export type CurrentValues = ReadonlyMap<string, unknown>;

/** Values of accounts that the caller has found within its reader's scope. */
@Injectable()
export class CurrentValuesRepository {
  async of(
    tx: Tx,
    catalogue: Catalogue,
    day: IsoDay,
    accountIds: readonly string[],
    fields: readonly string[],
  ): Promise<Map<string, CurrentValues>> {
    const known = fields.flatMap((key) => catalogue.fields.get(key) ?? []);
    if (accountIds.length === 0 || known.length === 0) return new Map();
    const binder = new Binder();
    const scope = openRuleScope({ catalogue, context: { kind: 'live', day }, binder });
    const columns = known.map((bound) => {
      const { sql, kind } = fieldSql(scope, bound);
      return kind === 'minor' ? `${sql}::numeric / ${10 ** catalogue.minorDigits}` : sql;
    });
    const account = scope.readsAccount ? 'JOIN steward.account a ON a.id = s.account_id' : '';
    const rows = await open(tx).query<{ id: string; values: unknown[] }>(
      `SELECT s.account_id AS id, jsonb_build_array(${columns.join(', ')}) AS values
       FROM steward.account_state s ${account} WHERE s.account_id = ANY(${binder.bind([...accountIds])}::uuid[])`,
      binder.values,
    );
    const keys = known.map(({ field }) => field.key);
    return new Map(rows.map(({ id, values }) => [id, new Map(keys.map((key, place) => [key, values[place]]))]));
  }
}
