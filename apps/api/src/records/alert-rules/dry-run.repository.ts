import { Injectable } from '@nestjs/common';
import type { AlertDryRunAnswer } from '@steward/shared/alert-rules';
import type { IsoDay } from '@steward/shared/common';
import type { Rule } from '@steward/shared/rules';
import { minorSumSql } from '../../db/minor-sum-sql.js';
import { Binder } from '../../db/rules/binder.js';
import type { Catalogue } from '../../db/rules/bindings.js';
import { compileRule } from '../../db/rules/compile-rule.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Scope } from '../../platform/auth/scope.js';

/** No day may take longer than this, whatever the rule asks. */
const LONGEST_MS = 10_000;
const SAMPLE = 20;

export interface Asked {
  catalogue: Catalogue;
  scope: Scope;
  day: IsoDay;
}

/** Which accounts a rule finds, now and on closed days. */
@Injectable()
export class DryRunRepository {
  async bound(tx: Tx): Promise<void> {
    await open(tx).query(`SELECT set_config('statement_timeout', $1, true)`, [String(LONGEST_MS)]);
  }

  async today(
    tx: Tx,
    rule: Rule,
    tiers: readonly string[] | null,
    { catalogue, scope, day }: Asked,
  ): Promise<Omit<AlertDryRunAnswer['today'], 'asOf' | 'wouldHold'>> {
    const { query } = open(tx);
    const counted = new Binder();
    const inTiers = tiers === null ? 'TRUE' : `s.tier = ANY(${counted.bind(tiers)}::text[])`;
    const [all] = await query<{ inScope: number }>(
      `SELECT count(*)::int AS "inScope" FROM steward.account_state s JOIN steward.account a ON a.id = s.account_id
       WHERE s.status IN ('trial', 'customer') AND ${inTiers} AND ${scopePredicate(scope, counted.bind)}`,
      counted.values,
    );
    const binder = new Binder();
    const { sql } = compileRule(rule, { catalogue, binder, reader: scope, context: { kind: 'live', day } });
    const where = `${sql} AND ${scopePredicate(scope, binder.bind)}`;
    const [row] = await query<Pick<AlertDryRunAnswer['today'], 'accounts' | 'arrMinor' | 'sample'>>(
      `WITH found AS MATERIALIZED (
         SELECT s.account_id, s.tier, s.score, s.band, s.arr_minor, a.name
         FROM steward.account_state s JOIN steward.account a ON a.id = s.account_id WHERE ${where}),
       largest AS (SELECT * FROM found ORDER BY arr_minor DESC NULLS LAST, account_id LIMIT ${SAMPLE})
       SELECT (SELECT count(*)::int FROM found) AS accounts,
         (SELECT ${minorSumSql('arr_minor')} FROM found) AS "arrMinor",
         (SELECT coalesce(jsonb_agg(jsonb_build_object('id', account_id, 'name', name, 'tier', tier, 'score', score,
            'band', band, 'arrMinor', arr_minor) ORDER BY arr_minor DESC NULLS LAST, account_id), '[]') FROM largest) AS sample`,
      binder.values,
    );
    return { inScope: all?.inScope ?? 0, accounts: 0, arrMinor: null, sample: [], ...row };
  }

  /** The first of these days that has snapshots. */
  async firstDay(tx: Tx, from: IsoDay, to: IsoDay): Promise<IsoDay | null> {
    const [row] = await open(tx).query<{ day: IsoDay }>(
      `SELECT d.day::date AS day FROM generate_series($1::date, $2::date, interval '1 day') AS d (day)
       WHERE EXISTS (SELECT 1 FROM steward.account_snapshot h WHERE h.day = d.day::date) ORDER BY d.day LIMIT 1`,
      [from, to],
    );
    return row?.day ?? null;
  }

  /** The accounts that meet the rule as of a closed day, of these where they are named. */
  async onDay(
    tx: Tx,
    rule: Rule,
    { catalogue, scope, day }: Asked,
    among: readonly string[] | null = null,
  ): Promise<{ ids: Set<string>; nowOnlyFields: string[] }> {
    const binder = new Binder();
    const { bind } = binder;
    const context = { kind: 'past', day, stage: 'alerts' } as const;
    const { sql, nowOnlyFields } = compileRule(rule, { catalogue, binder, reader: scope, context });
    const named = among === null ? 'TRUE' : `s.account_id = ANY(${bind(among)}::uuid[])`;
    const rows = await open(tx).query<{ id: string }>(
      `SELECT s.account_id AS id FROM steward.account_snapshot s JOIN steward.account a ON a.id = s.account_id
       WHERE s.day = ${bind(day)}::date AND ${named} AND ${scopePredicate(scope, bind)} AND ${sql}`,
      binder.values,
    );
    return { ids: new Set(rows.map(({ id }) => id)), nowOnlyFields };
  }

  /** Accounts that churned on these days. */
  churned(tx: Tx, scope: Scope, from: IsoDay, to: IsoDay): Promise<{ id: string; day: IsoDay }[]> {
    const { bind, values } = new Binder();
    return open(tx).query(
      `SELECT a.id, a.churned_on AS day FROM steward.account a
       WHERE a.churned_on BETWEEN ${bind(from)}::date AND ${bind(to)}::date AND ${scopePredicate(scope, bind)}`,
      values,
    );
  }
}
