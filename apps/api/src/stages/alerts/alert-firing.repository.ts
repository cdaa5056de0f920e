import { Injectable } from '@nestjs/common';
import { Binder } from '../../db/rules/binder.js';
import { compileRulesWithLeaves, readLeaves } from '../../db/rules/compile-rule.js';
import { KeptTexts } from '../../db/rules/kept-texts.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import { alsoInBatch, anyBatch, type Batch, type BatchText, inBatch, valuesOfBatch } from '../batch.js';
import { ofDay, type RowsOfDay, rowsKey } from '../rows-of-day.js';
import { type Placed, partsOf } from './parts-of-questions.js';
import type { PreparedRule } from './prepared-rules.js';

/** What the day says of an account that an alert is about. */
export interface AccountOfDay {
  tier: string | null;
  band: string | null;
  score: number | null;
  arrMinor: number | null;
}

/** An account that rules surely hold for. */
export interface Firing {
  account: AccountOfDay;
  /** By the place of each rule that holds, the places of its conditions that hold. */
  rules: ReadonlyMap<number, readonly number[]>;
}

interface FiringText extends BatchText {
  part: readonly Placed<PreparedRule>[];
}

interface FiringRow extends AccountOfDay {
  id: string;
  fired: string;
}

/** All alert rules are asked of all accounts of a batch at once, each with its conditions where it holds. */
@Injectable()
export class AlertFiringRepository {
  private readonly texts = new KeptTexts<readonly PreparedRule[], FiringText[]>();

  /** By account, the rules that hold; accounts without any are left out. */
  async firing(
    tx: Tx,
    batch: Batch,
    rows: RowsOfDay,
    rules: readonly PreparedRule[],
  ): Promise<ReadonlyMap<string, Firing>> {
    const firing = new Map<string, Firing & { rules: Map<number, readonly number[]> }>();
    for (const { part, sql, values } of this.textsOf(batch.kind, rows, rules)) {
      const found = await open(tx).prepared<FiringRow>(sql, valuesOfBatch(values, batch));
      for (const { id, fired, ...account } of found) {
        const known = firing.get(id) ?? { account, rules: new Map() };
        firing.set(id, known);
        for (const [place, digits] of readLeaves(fired)) known.rules.set(part[place]!.place, placesOfOnes(digits));
      }
    }
    return firing;
  }

  private textsOf(kind: Batch['kind'], rows: RowsOfDay, rules: readonly PreparedRule[]): FiringText[] {
    return this.texts.of(rules, `${kind} ${rowsKey(rows)}`, () =>
      partsOf(rules.map((rule) => ({ ...rule, rule: rule.firing }))).map((part) => ({
        part,
        ...firingSql(part, anyBatch(kind), rows),
      })),
    );
  }
}

function firingSql(part: readonly PreparedRule[], batch: Batch, rows: RowsOfDay): BatchText {
  const binder = new Binder();
  const asked = part.map(({ firing, questions }) => ({
    rule: firing,
    leaves: questions.leaves.map((leaf, place) => (questions.isImplied[place] ? null : leaf)),
  }));
  const { catalogue, context } = rows;
  const { sql, readsAccount } = compileRulesWithLeaves(asked, { catalogue, context, binder, reader: null });
  const account = readsAccount
    ? `JOIN steward.account a ON a.id = s.account_id ${alsoInBatch(batch, 'a.id', binder.bind)}`
    : '';
  const within = `${inBatch(batch, 's.account_id', binder.bind)}${ofDay(rows, binder)}`;
  return {
    sql: `SELECT id, fired, tier, band, score, arr_minor AS "arrMinor" FROM (
         SELECT s.account_id AS id, s.tier, s.band, s.score, s.arr_minor, ${sql} AS fired
         FROM steward.${rows.table} s ${account} WHERE ${within} OFFSET 0) AS asked
       WHERE fired <> ''`,
    values: binder.values,
  };
}

function placesOfOnes(digits: string): number[] {
  const places: number[] = [];
  for (let place = digits.indexOf('1'); place >= 0; place = digits.indexOf('1', place + 1)) places.push(place);
  return places;
}
