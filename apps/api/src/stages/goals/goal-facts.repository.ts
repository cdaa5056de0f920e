import { Injectable } from '@nestjs/common';
import type { AccountStatus } from '@steward/shared/common';
import type { Rule } from '@steward/shared/rules';
import { Binder } from '../../db/rules/binder.js';
import { compileRules, openRuleScope } from '../../db/rules/compile-rule.js';
import { fieldSql } from '../../db/rules/field-sql.js';
import type { RuleScope } from '../../db/rules/rule-scope.js';
import { dayNumber } from '../../db/sql-days.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Day } from '../../domain/calendar/day.js';
import type { Colleagues } from '../../domain/goals/people.js';
import type { AccountDays } from '../../domain/goals/planned-goal.js';
import { inParts } from '../../domain/segments/order.js';
import { ofAccounts, ofDay, type RowsOfDay } from '../rows-of-day.js';

/** What goals need to know of an account. */
export interface GoalFacts {
  status: AccountStatus;
  score: number | null;
  arrMinor: number | null;
  csmUserId: string | null;
  amUserId: string | null;
  days: AccountDays;
  /** By key of the field, money in major units; null: not known. */
  values: ReadonlyMap<string, number | null>;
}

interface FactsRow {
  id: string;
  status: AccountStatus;
  score: number | null;
  arr_minor: number | null;
  csm_user_id: string | null;
  am_user_id: string | null;
  customer_since: Day | null;
  renewal_date: Day | null;
  notice_deadline: Day | null;
  leaves_on: Day | null;
  values: (number | string | null)[];
}

const CONDITIONS_A_STATEMENT = 1_000;

@Injectable()
export class GoalFactsRepository {
  /** Fields that the catalogue does not have, or that are no numbers, have no value. */
  async facts(
    tx: Tx,
    ids: readonly string[],
    rows: RowsOfDay,
    fields: readonly string[],
  ): Promise<Map<string, GoalFacts>> {
    if (ids.length === 0) return new Map();
    const binder = new Binder();
    const scope = openRuleScope({ catalogue: rows.catalogue, context: rows.context, binder });
    const known = fields.filter((key) => rows.catalogue.fields.has(key));
    const values = known.map((key) => numberSql(scope, key));
    const found = await open(tx).query<FactsRow>(
      `SELECT s.account_id AS id, s.status, s.score, s.arr_minor, s.csm_user_id, s.am_user_id,
         ${dayNumber('s.customer_since')} AS customer_since, ${dayNumber('s.renewal_date')} AS renewal_date,
         ${dayNumber(valueSql(scope, 'account.renewalDeadline'))} AS notice_deadline,
         ${dayNumber(valueSql(scope, 'account.leavesOn'))} AS leaves_on,
         jsonb_build_array(${values.join(', ')}) AS values
       FROM steward.${rows.table} s ${ofAccounts(ids, scope.readsAccount, binder)}${ofDay(rows, binder)}`,
      binder.values,
    );
    return new Map(
      found.map((row) => [
        row.id,
        {
          status: row.status,
          score: row.score,
          arrMinor: row.arr_minor,
          csmUserId: row.csm_user_id,
          amUserId: row.am_user_id,
          days: {
            renewalDate: row.renewal_date,
            noticeDeadline: row.notice_deadline,
            customerSince: row.customer_since,
            leavesOn: row.leaves_on,
          },
          values: new Map(known.map((key, place) => [key, numberOf(row.values[place])])),
        },
      ]),
    );
  }

  /** By account, the places of the rules that hold. The rules have passed their check. */
  async holding(
    tx: Tx,
    ids: readonly string[],
    rows: RowsOfDay,
    rules: readonly Rule[],
  ): Promise<Map<string, Set<number>>> {
    const holding = new Map<string, Set<number>>();
    if (ids.length === 0 || rules.length === 0) return holding;
    const placed = rules.map((rule, place) => ({ rule, place }));
    for (const part of inParts(placed, CONDITIONS_A_STATEMENT)) {
      const binder = new Binder();
      const asked = part.map(({ rule }) => rule);
      const compiled = compileRules(asked, { catalogue: rows.catalogue, context: rows.context, binder, reader: null });
      const found = await open(tx).query<{ id: string; holding: number[] }>(
        `SELECT s.account_id AS id, ${compiled.sql} AS holding FROM steward.${rows.table} s
         ${ofAccounts(ids, compiled.readsAccount, binder)}${ofDay(rows, binder)}`,
        binder.values,
      );
      for (const { id, holding: places } of found) {
        const all = holding.get(id) ?? new Set<number>();
        for (const each of places) all.add(part[each]?.place ?? -1);
        holding.set(id, all);
      }
    }
    return holding;
  }

  async colleagues(tx: Tx): Promise<Colleagues> {
    const people = await open(tx).prepared<{ id: string; active: boolean; manager_id: string | null }>(
      'SELECT id, active, manager_id FROM steward.app_user',
    );
    return {
      active: new Set(people.filter(({ active }) => active).map(({ id }) => id)),
      managers: new Map(people.map(({ id, manager_id }) => [id, manager_id])),
    };
  }
}

function valueSql(scope: RuleScope, key: string): string {
  const bound = scope.catalogue.fields.get(key);
  if (!bound) throw new Error(`there is no field ${key}`);
  return fieldSql(scope, bound).sql;
}

function numberSql(scope: RuleScope, key: string): string {
  const bound = scope.catalogue.fields.get(key);
  if (!bound) return 'NULL';
  const { sql, kind } = fieldSql(scope, bound);
  return kind === 'minor' ? `${sql}::numeric / ${10 ** scope.catalogue.minorDigits}` : sql;
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
