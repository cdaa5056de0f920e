import { Injectable } from '@nestjs/common';
import { Binder } from '../../db/rules/binder.js';
import { compileRulesWithLeaves, readLeaves } from '../../db/rules/compile-rule.js';
import { KeptTexts } from '../../db/rules/kept-texts.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import { alsoInBatch, type Batch, inBatch } from '../batch.js';
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

interface FiringText {
  part: readonly Placed<PreparedRule>[];
  sql: string;
  values: readonly unknown[];
  readsAccount: boolean;
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
    for (const text of this.textsOf(batch, rows, rules)) {
      for (const { id, fired, ...account } of await this.firingOf(tx, batch, rows, text)) {
        const known = firing.get(id) ?? { account, rules: new Map() };
        firing.set(id, known);
        for (const [place, digits] of readLeaves(fired)) known.rules.set(text.part[place]!.place, placesOfOnes(digits));
      }
    }
    return firing;
  }

  /** Values of the batch are bound first: there are as many of them in each batch of a kind. */
  private textsOf(batch: Batch, rows: RowsOfDay, rules: readonly PreparedRule[]): FiringText[] {
    return this.texts.of(rules, `${batch.kind} ${rowsKey(rows)}`, () =>
      partsOf(rules.map((rule) => ({ ...rule, rule: rule.firing }))).map((part) => {
        const binder = new Binder();
        inBatch(batch, 's.account_id', binder.bind);
        const ofBatch = binder.values.length;
        const asked = part.map(({ firing, questions }) => ({
          rule: firing,
          leaves: questions.leaves.map((leaf, place) => (questions.isImplied[place] ? null : leaf)),
        }));
        const { catalogue, context } = rows;
        const { sql, readsAccount } = compileRulesWithLeaves(asked, { catalogue, context, binder });
        return { part, sql, readsAccount, values: binder.values.slice(ofBatch) };
      }),
    );
  }

  private firingOf(
    tx: Tx,
    batch: Batch,
    rows: RowsOfDay,
    { sql, values, readsAccount }: FiringText,
  ): Promise<(AccountOfDay & { id: string; fired: string })[]> {
    const binder = new Binder();
    const within = inBatch(batch, 's.account_id', binder.bind);
    values.forEach(binder.bind);
    const account = readsAccount
      ? `JOIN steward.account a ON a.id = s.account_id ${alsoInBatch(batch, 'a.id', binder.bind)}`
      : '';
    return open(tx).prepared(
      `SELECT id, fired, tier, band, score, arr_minor AS "arrMinor" FROM (
         SELECT s.account_id AS id, s.tier, s.band, s.score, s.arr_minor, ${sql} AS fired
         FROM steward.${rows.table} s ${account} WHERE ${within}${ofDay(rows, binder)} OFFSET 0) AS asked
       WHERE fired <> ''`,
      binder.values,
    );
  }
}

function placesOfOnes(digits: string): number[] {
  const places: number[] = [];
  for (let place = digits.indexOf('1'); place >= 0; place = digits.indexOf('1', place + 1)) places.push(place);
  return places;
}
