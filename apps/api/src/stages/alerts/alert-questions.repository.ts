import { Injectable } from '@nestjs/common';
import type { Rule } from '@steward/shared/rules';
import { Binder } from '../../db/rules/binder.js';
import { keptScore } from '../../db/rules/change-sql.js';
import { compileRules, openRuleScope } from '../../db/rules/compile-rule.js';
import { fieldSql } from '../../db/rules/field-sql.js';
import { KeptTexts } from '../../db/rules/kept-texts.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import { addDays, isoOf, toDay } from '../../domain/calendar/day.js';
import { ofAccounts, ofDay, type RowsOfDay, rowsKey } from '../rows-of-day.js';
import type { AccountOfDay } from './alert-firing.repository.js';
import { type Placed, partsOf } from './parts-of-questions.js';

/** What is asked of an account that has an alert. */
export interface Answers extends AccountOfDay {
  /** Places of the questions that hold. */
  holding: readonly number[];
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

interface QuestionsText {
  part: readonly Placed<Asked>[];
  sql: string;
  values: readonly unknown[];
  readsAccount: boolean;
}

@Injectable()
export class AlertQuestionsRepository {
  private readonly texts = new KeptTexts<readonly Asked[], QuestionsText[]>();

  /** `concerned`: by account, the places of the alert rules whose questions it is asked. */
  async answers(
    tx: Tx,
    concerned: ReadonlyMap<string, ReadonlySet<number>>,
    rows: RowsOfDay,
    questions: readonly Asked[],
  ): Promise<Map<string, Answers>> {
    const answers = new Map<string, Answers>();
    for (const text of this.textsOf(rows, questions)) {
      for (const { id, holding, ...account } of await this.answersOf(tx, concerned, rows, text)) {
        const places = holding.map((each) => text.part[each]!.place);
        answers.set(id, { ...account, holding: [...(answers.get(id)?.holding ?? []), ...places] });
      }
    }
    return answers;
  }

  private textsOf(rows: RowsOfDay, questions: readonly Asked[]): QuestionsText[] {
    return this.texts.of(questions, rowsKey(rows), () =>
      (questions.length === 0 ? [[]] : partsOf(questions)).map((part) => {
        const binder = new Binder();
        const { sql, readsAccount } = compileRules(
          part.map(({ rule }) => rule),
          { catalogue: rows.catalogue, context: rows.context, binder, reader: null },
          (index) => `get_bit(c.rules, ${part[index]!.of}) = 1`,
        );
        return { part, sql, readsAccount, values: binder.values };
      }),
    );
  }

  private answersOf(
    tx: Tx,
    concerned: ReadonlyMap<string, ReadonlySet<number>>,
    rows: RowsOfDay,
    { part, sql, values, readsAccount }: QuestionsText,
  ): Promise<(Answers & { id: string })[]> {
    const binder = new Binder();
    values.forEach(binder.bind);
    const ids = [...concerned.keys()];
    const width = Math.max(0, ...part.map(({ of }) => of)) + 1;
    const bits = ids.map((id) => bitsOf(concerned.get(id) as ReadonlySet<number>, width));
    return open(tx).prepared(
      `SELECT s.account_id AS id, ${sql} AS holding, s.tier, s.band, s.score, s.arr_minor AS "arrMinor"
       FROM unnest(${binder.bind(ids)}::uuid[], ${binder.bind(bits)}::varbit[]) AS c (id, rules)
         JOIN steward.${rows.table} s ON s.account_id = c.id${ofDay(rows, binder)}
       ${readsAccount ? 'JOIN steward.account a ON a.id = c.id' : ''}`,
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
