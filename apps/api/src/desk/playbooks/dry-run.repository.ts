import { Injectable } from '@nestjs/common';
import { ACCOUNT_STATUSES } from '@steward/shared/common';
import { isLive } from '@steward/shared/lifecycle';
import { type PlaybookDefinition, START_REFUSALS, type StartRefusal, type WouldGetIt } from '@steward/shared/playbooks';
import { NIL } from 'uuid';
import { Binder } from '../../db/rules/binder.js';
import type { Catalogue } from '../../db/rules/bindings.js';
import { compileRule } from '../../db/rules/compile-rule.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Scope } from '../../platform/auth/scope.js';

const MOST_ROWS = 100;

export interface AskedToday {
  catalogue: Catalogue;
  scope: Scope;
  day: string;
  /** Null: it is not kept yet, so it ran nowhere. */
  playbookId: string | null;
}

type Rows = { account: WouldGetIt['rows'][number]['account']; ofId: string; refusal: StartRefusal | null }[];

@Injectable()
export class PlaybookDryRunRepository {
  async isInScope(tx: Tx, scope: Scope, accountId: string): Promise<boolean> {
    const { bind, values } = new Binder();
    const rows = await open(tx).query(
      `SELECT a.id FROM steward.account a WHERE a.id = ${bind(accountId)} AND ${scopePredicate(scope, bind)}`,
      values,
    );
    return rows.length > 0;
  }

  async namesOf(tx: Tx, userIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await open(tx).query<{ id: string; name: string }>(
      'SELECT id, full_name AS name FROM steward.app_user WHERE id = ANY($1::uuid[])',
      [userIds],
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  /**
   * Accounts that meet a trigger now, each by its first one, segments before rules, and why a goal that starts by itself
   * would not start there: as `refusalOf` has it, for all of them in one statement.
   */
  async today(
    tx: Tx,
    { target, triggers, run }: PlaybookDefinition,
    { catalogue, scope, day, playbookId }: AskedToday,
  ): Promise<Omit<WouldGetIt, 'rows'> & { rows: Rows }> {
    const binder = new Binder();
    const { bind } = binder;
    const isMet =
      target.kind === 'signal'
        ? compileRule(
            { kind: 'compare', field: target.field, op: target.op, value: target.value },
            { catalogue, binder, reader: scope, context: { kind: 'live', day } },
          ).sql
        : 'FALSE';
    const isTooSoon =
      run.againAfterDays === null
        ? 'p.last_ended IS NOT NULL'
        : `coalesce(p.last_ended + ${bind(run.againAfterDays)}::int > ${bind(day)}::date, FALSE)`;
    const live = bind(ACCOUNT_STATUSES.filter(isLive));
    const [row] = await open(tx).query<{ counts: Record<string, number> | null; rows: Rows }>(
      `WITH met AS (
         SELECT DISTINCT ON (account_id) account_id, of_id FROM (
           SELECT m.account_id, m.segment_id AS of_id, 0 AS kind FROM steward.segment_member m
           WHERE m.segment_id = ANY(${bind(triggers.segmentIds)}::uuid[]) AND m.contact_id = '${NIL}'
           UNION ALL
           SELECT t.account_id, t.rule_id, 1 FROM steward.alert t
           WHERE t.rule_id = ANY(${bind(triggers.alertRuleIds)}::uuid[]) AND t.state IN ('open', 'acknowledged', 'snoozed')
         ) AS triggers ORDER BY account_id, kind, of_id),
       past AS (
         SELECT account_id, bool_or(ended_day IS NULL) AS is_running, max(ended_day) AS last_ended
         FROM steward.goal WHERE playbook_id = ${bind(playbookId)}::uuid GROUP BY account_id),
       judged AS MATERIALIZED (
         SELECT a.id, a.name, s.arr_minor, met.of_id,
           CASE WHEN NOT s.status = ANY(${live}::text[]) THEN 'NOT_LIVE'
             WHEN p.is_running THEN 'GOAL_RUNNING'
             WHEN ${isMet} THEN 'ALREADY_MET'
             WHEN ${isTooSoon} THEN 'RAN_BEFORE' END AS refusal
         FROM met JOIN steward.account a ON a.id = met.account_id
           JOIN steward.account_state s ON s.account_id = a.id
           LEFT JOIN past p ON p.account_id = a.id
         WHERE ${scopePredicate(scope, bind)}),
       largest AS (SELECT * FROM judged ORDER BY arr_minor DESC NULLS LAST, id LIMIT ${MOST_ROWS})
       SELECT (SELECT jsonb_object_agg(coalesce(refusal, ''), counted)
           FROM (SELECT refusal, count(*)::int AS counted FROM judged GROUP BY refusal) AS c) AS counts,
         (SELECT coalesce(jsonb_agg(jsonb_build_object('account', jsonb_build_object('id', id, 'name', name, 'arrMinor',
            arr_minor), 'ofId', of_id, 'refusal', refusal) ORDER BY arr_minor DESC NULLS LAST, id), '[]') FROM largest) AS rows`,
      binder.values,
    );
    const counts = row?.counts ?? {};
    const refused = Object.fromEntries(START_REFUSALS.map((code) => [code, counts[code] ?? 0]));
    return {
      accounts: Object.values(counts).reduce((sum, each) => sum + each, 0),
      wouldStart: counts[''] ?? 0,
      refused: refused as WouldGetIt['refused'],
      rows: row?.rows ?? [],
    };
  }
}
