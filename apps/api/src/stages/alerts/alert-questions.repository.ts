import { Injectable } from '@nestjs/common';
import type { Rule } from '@steward/shared/rules';
import { Binder } from '../../db/rules/binder.js';
import { keptScore } from '../../db/rules/change-sql.js';
import { compileRules, openRuleScope } from '../../db/rules/compile-rule.js';
import { fieldSql } from '../../db/rules/field-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import { addDays, isoOf, toDay } from '../../domain/calendar/day.js';
import { inParts } from '../../domain/segments/order.js';
import { alsoInBatch, type Batch, inBatch } from '../batch.js';
import { ofAccounts, ofDay, type RowsOfDay } from '../rows-of-day.js';

/** What is asked of an account that has an alert, or is to have one. */
export interface Answers {
  /** Places of the questions that hold. */
  holding: readonly number[];
  status: string;
  tier: string | null;
  band: string | null;
  score: number | null;
  arrMinor: number | null;
}

/** Questions about the alert rules that accounts are concerned with: nobody is asked those of another rule. */
export interface Asked {
  rule: Rule;
  /** Of the alert rule that asks it: its place among those that ask. */
  of: number;
}

/** The value of so many days before. */
export interface Earlier {
  accountId: string;
  days: number;
}

const CONDITIONS_A_STATEMENT = 1_000;

/** Rules, each with its place among all that are asked. */
type Placed<Each> = Each & { place: number };

const partsOf = <Each extends { rule: Rule }>(asked: readonly Each[]): Placed<Each>[][] =>
  inParts(
    asked.map((each, place) => ({ ...each, place })),
    CONDITIONS_A_STATEMENT,
  );

const placesIn = (part: readonly Placed<object>[], holding: readonly number[]) =>
  holding.map((each) => part[each]!.place);

@Injectable()
export class AlertQuestionsRepository {
  /** By account, the places of the rules that hold; accounts without any are left out. */
  async firing(tx: Tx, batch: Batch, rows: RowsOfDay, rules: readonly Rule[]): Promise<Map<string, number[]>> {
    const firing = new Map<string, number[]>();
    for (const part of partsOf(rules.map((rule) => ({ rule })))) {
      const found = await this.firingOf(tx, batch, rows, part);
      for (const { id, holding } of found) firing.set(id, [...(firing.get(id) ?? []), ...placesIn(part, holding)]);
    }
    return firing;
  }

  private firingOf(
    tx: Tx,
    batch: Batch,
    rows: RowsOfDay,
    part: readonly { rule: Rule }[],
  ): Promise<{ id: string; holding: number[] }[]> {
    const binder = new Binder();
    const rules = part.map(({ rule }) => rule);
    const compiled = compileRules(rules, { catalogue: rows.catalogue, context: rows.context, binder });
    const account = compiled.readsAccount
      ? `JOIN steward.account a ON a.id = s.account_id ${alsoInBatch(batch, 'a.id', binder.bind)}`
      : '';
    return open(tx).prepared(
      `SELECT id, holding FROM (
         SELECT s.account_id AS id, ${compiled.sql} AS holding FROM steward.${rows.table} s ${account}
         WHERE ${inBatch(batch, 's.account_id', binder.bind)}${ofDay(rows, binder)} OFFSET 0) AS asked
       WHERE holding <> '{}'`,
      binder.values,
    );
  }

  /** `concerned`: by account, the places of the alert rules whose questions it is asked. */
  async answers(
    tx: Tx,
    concerned: ReadonlyMap<string, ReadonlySet<number>>,
    rows: RowsOfDay,
    questions: readonly Asked[],
  ): Promise<Map<string, Answers>> {
    const answers = new Map<string, Answers>();
    for (const part of questions.length === 0 ? [[]] : partsOf(questions)) {
      for (const row of await this.answersOf(tx, concerned, rows, part)) {
        const holding = [...(answers.get(row.id)?.holding ?? []), ...placesIn(part, row.holding)];
        answers.set(row.id, { ...row, holding });
      }
    }
    return answers;
  }

  private answersOf(
    tx: Tx,
    concerned: ReadonlyMap<string, ReadonlySet<number>>,
    rows: RowsOfDay,
    part: readonly Asked[],
  ): Promise<(Answers & { id: string })[]> {
    const binder = new Binder();
    const rules = part.map(({ rule }) => rule);
    const compiled = compileRules(
      rules,
      { catalogue: rows.catalogue, context: rows.context, binder },
      (index) => `get_bit(c.rules, ${part[index]!.of}) = 1`,
    );
    const ids = [...concerned.keys()];
    const width = Math.max(0, ...part.map(({ of }) => of)) + 1;
    const bits = ids.map((id) => bitsOf(concerned.get(id) as ReadonlySet<number>, width));
    return open(tx).prepared(
      `SELECT s.account_id AS id, ${compiled.sql} AS holding, s.status, s.tier, s.band, s.score,
         s.arr_minor AS "arrMinor"
       FROM unnest(${binder.bind(ids)}::uuid[], ${binder.bind(bits)}::varbit[]) AS c (id, rules)
         JOIN steward.${rows.table} s ON s.account_id = c.id${ofDay(rows, binder)}
       ${compiled.readsAccount ? 'JOIN steward.account a ON a.id = c.id' : ''}`,
      binder.values,
    );
  }

  /** By account, the values of the fields, in their order: money in major units, days as text. */
  async values(
    tx: Tx,
    ids: readonly string[],
    rows: RowsOfDay,
    fields: readonly string[],
  ): Promise<Map<string, unknown[]>> {
    if (ids.length === 0 || fields.length === 0) return new Map();
    const binder = new Binder();
    const scope = openRuleScope({ catalogue: rows.catalogue, context: rows.context, binder });
    const columns = fields.map((key) => {
      const bound = rows.catalogue.fields.get(key);
      if (!bound) throw new Error(`there is no field ${key}`);
      const { sql, kind } = fieldSql(scope, bound);
      return kind === 'minor' ? `${sql}::numeric / ${10 ** rows.catalogue.minorDigits}` : sql;
    });
    const found = await open(tx).query<{ id: string; values: unknown[] }>(
      `SELECT s.account_id AS id, jsonb_build_array(${columns.join(', ')}) AS values
       FROM steward.${rows.table} s ${ofAccounts(ids, scope.readsAccount, binder)}${ofDay(rows, binder)}`,
      binder.values,
    );
    return new Map(found.map(({ id, values }) => [id, values]));
  }

  /**
   * A field's values of so many days before, from the snapshots, in the order asked for; null where there is none. The
   * score is known of days without a snapshot, too, as far as the row itself tells it.
   */
  async earlier(tx: Tx, rows: RowsOfDay, key: string, asked: readonly Earlier[]): Promise<(number | null)[]> {
    const bound = rows.catalogue.fields.get(key);
    const binding = bound?.binding;
    const column =
      binding?.kind === 'signal'
        ? `signals[${binding.number}]::float8`
        : binding?.kind === 'state'
          ? `${binding.column}::float8`
          : null;
    const isNumber = bound !== undefined && ['number', 'percent', 'money'].includes(bound.field.type);
    if (column === null || !isNumber || asked.length === 0) return asked.map(() => null);
    const binder = new Binder();
    const { bind } = binder;
    const ids = `${bind(asked.map(({ accountId }) => accountId))}::uuid[]`;
    const days = asked.map((each) => each.days);
    const kept = key === 'health.score' ? keptScore(rows.context, 'u.days') : 'NULL';
    const found = await open(tx).query<{ value: number | null }>(
      `SELECT coalesce(h.${column}, (${kept})::float8) AS value
       FROM unnest(${ids}, ${bind(days)}::int[]) WITH ORDINALITY AS u (account_id, days, place)
       LEFT JOIN steward.${rows.table} s ON s.account_id = u.account_id AND s.account_id = ANY(${ids})${ofDay(rows, binder)}
       LEFT JOIN steward.account_snapshot h ON h.account_id = u.account_id AND h.account_id = ANY(${ids})
         AND h.day = ${bind(rows.day)}::date - u.days
         AND h.day = ANY(${bind([...new Set(days)].map((each) => isoOf(addDays(toDay(rows.day), -each))))}::date[])
       ORDER BY u.place`,
      binder.values,
    );
    const unit = bound.field.type === 'money' ? 10 ** rows.catalogue.minorDigits : 1;
    return found.map(({ value }) => (value === null ? null : value / unit));
  }
}

function bitsOf(places: ReadonlySet<number>, width: number): string {
  return Array.from({ length: width }, (_, place) => (places.has(place) ? '1' : '0')).join('');
}
