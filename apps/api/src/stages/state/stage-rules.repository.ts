import { Injectable } from '@nestjs/common';
import type { FieldStage } from '@steward/shared/catalogue';
import type { Rule } from '@steward/shared/rules';
import { Binder } from '../../db/rules/binder.js';
import { compileRules } from '../../db/rules/compile-rule.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import { type Batch, inBatch } from '../batch.js';
import type { DayRun } from '../day-run.js';

/** Holds for everybody: nobody has to be asked. */
const isForAll = (rule: Rule) => rule.kind === 'all' && rule.rules.length === 0;

/** Asks a stage's rules: all of them in one statement over the batch. */
@Injectable()
export class StageRulesRepository {
  /** Answers who tells of an account the places of the rules that hold: few different answers occur, each is read once. */
  async holding(
    tx: Tx,
    batch: Batch,
    day: DayRun,
    stage: FieldStage,
    rules: readonly Rule[],
  ): Promise<(accountId: string) => readonly number[]> {
    const forAll = rules.flatMap((rule, place) => (isForAll(rule) ? [place] : []));
    const binder = new Binder();
    const context = { kind: 'run', day: day.iso, stage, versions: day.past } as const;
    const options = { catalogue: day.model.catalogue, context, binder };
    const compiled = compileRules(rules, options, (place) => (forAll.includes(place) ? 'FALSE' : null));
    const account = compiled.readsAccount
      ? `JOIN steward.account a ON a.id = s.account_id AND ${inBatch(batch, 'a.id', binder.bind)}`
      : '';
    // Planned for its batch each time: a plan kept for any batch joins states and accounts each with each. Of most
    // accounts no cap holds, and taking a row from the driver costs more than a rule. OFFSET: asked once for each.
    const rows = await open(tx).query<{ account_id: string; holding: string }>(
      `SELECT account_id, holding::text AS holding FROM (
         SELECT s.account_id, ${compiled.sql} AS holding FROM steward.${day.table} s ${account}
         WHERE ${inBatch(batch, 's.account_id', binder.bind)} OFFSET 0) AS asked
       WHERE holding <> '{}'`,
      binder.values,
    );
    const found = new Map(rows.map((row) => [row.account_id, row.holding]));
    const known = new Map<string, readonly number[]>();
    return (accountId) => {
      const text = found.get(accountId) ?? '{}';
      let places = known.get(text);
      if (places === undefined) {
        places = [...forAll, ...placesOf(text)];
        known.set(text, places);
      }
      return places;
    };
  }
}

/** `{0,3}` → places. */
function placesOf(text: string): number[] {
  return text.length <= 2 ? [] : text.slice(1, -1).split(',').map(Number);
}
