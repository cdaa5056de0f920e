import type { Binder } from '../../db/rules/binder.js';
import type { Catalogue } from '../../db/rules/bindings.js';
import { openRuleScope } from '../../db/rules/compile-rule.js';
import { fieldSql } from '../../db/rules/field-sql.js';
import type { RuleContext } from '../../db/rules/rule-scope.js';
import { BUILT_IN_SIGNALS } from '../../domain/signals/built-in.js';

function signal(key: string): string {
  const found = BUILT_IN_SIGNALS.find((each) => each.key === key);
  if (!found) throw new Error(`There is no signal ${key}`);
  return `s.signals[${found.number}]`;
}

/** What a row of account_month holds of a day, apart from revenue; columns of the same names. */
export const LEVEL_COLUMNS = [
  'day',
  'status',
  'tier',
  'stage',
  'band',
  'score',
  'arr_minor',
  'mrr_minor',
  'csm_user_id',
  'am_user_id',
  'region',
  'plan',
  'seats',
  'active_contacts',
  'breadth',
  'touch_kept',
  'alerts',
  'goals_achieved',
  'goals_missed',
] as const;

export interface RowsOfDay {
  /** In the order of LEVEL_COLUMNS. */
  columns: readonly string[];
  /** FROM … WHERE of them: `s` the state or snapshot, `a` the account, and what else is joined to it. */
  from: (joins?: string) => string;
}

/**
 * What stood of accounts on a day, from their snapshots (`past`) or from the state of now (`live`). Alerts and goals are
 * those of the day's month up to the day. `onlyThese` narrows a sub-query to the accounts of the statement.
 */
export function rowsOfDay(
  context: Extract<RuleContext, { kind: 'past' | 'live' }>,
  { catalogue, binder, onlyThese }: { catalogue: Catalogue; binder: Binder; onlyThese: (column: string) => string },
): RowsOfDay {
  const fields = openRuleScope({ catalogue, asker: null, context, binder });
  const field = (key: string) => {
    const bound = catalogue.fields.get(key);
    if (!bound) throw new Error(`There is no field ${key}`);
    return fieldSql(fields, bound).sql;
  };
  const { day } = fields;
  const inMonth = (column: string) =>
    `${column} >= date_trunc('month', ${day}::timestamp)::date AND ${column} <= ${day}`;
  const columns = [
    day,
    's.status',
    's.tier',
    's.stage',
    's.band',
    's.score',
    's.arr_minor',
    's.mrr_minor',
    's.csm_user_id',
    's.am_user_id',
    field('account.region'),
    field('account.plan'),
    's.seats',
    `round(${signal('usage.active_contacts')})::int`,
    `round(${signal('adoption.breadth')}::numeric, 2)`,
    `${signal('relationship.touch_lag')} <= 1`,
    'coalesce(l.alerts, 0)',
    'coalesce(g.achieved, 0)',
    'coalesce(g.missed, 0)',
  ];
  const alerts = `SELECT x.account_id, count(*)::int AS alerts FROM steward.alert x
    WHERE ${inMonth('x.opened_day')} AND x.started <> 'start' AND x.state NOT IN ('pending', 'dropped')
      AND ${onlyThese('x.account_id')} GROUP BY x.account_id`;
  const goals = `SELECT x.account_id, count(*) FILTER (WHERE x.status = 'achieved')::int AS achieved,
      count(*) FILTER (WHERE x.status = 'missed')::int AS missed
    FROM steward.goal x WHERE ${inMonth('x.ended_day')} AND x.status IN ('achieved', 'missed')
      AND ${onlyThese('x.account_id')} GROUP BY x.account_id`;
  const from = context.kind === 'past' ? `steward.account_snapshot s` : `steward.account_state s`;
  const ofDay = context.kind === 'past' ? `s.day = ${day} AND` : '';
  return {
    columns,
    from: (joins = '') => `FROM ${from} JOIN steward.account a ON a.id = s.account_id
      LEFT JOIN (${alerts}) l ON l.account_id = s.account_id LEFT JOIN (${goals}) g ON g.account_id = s.account_id
      ${joins} WHERE ${ofDay} ${onlyThese('s.account_id')}`,
  };
}
