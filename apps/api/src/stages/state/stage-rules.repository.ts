import { Injectable } from '@nestjs/common';
import type { FieldStage } from '@steward/shared/catalogue';
import type { Rule } from '@steward/shared/rules';
import { Binder } from '../../db/rules/binder.js';
import { compileRules } from '../../db/rules/compile-rule.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import { type Batch, inBatch } from '../batch.js';
import type { DayRun } from '../day-run.js';

/** Asks a stage's rules: all of them in one statement over the batch. */
@Injectable()
export class StageRulesRepository {
  /** By account, the places of the rules that hold. */
  async holding(
    tx: Tx,
    batch: Batch,
    day: DayRun,
    stage: FieldStage,
    rules: readonly Rule[],
  ): Promise<Map<string, readonly number[]>> {
    const binder = new Binder();
    const context = { kind: 'run', day: day.iso, stage, versions: day.past } as const;
    const compiled = compileRules(rules, { catalogue: day.model.catalogue, context, binder });
    const account = compiled.readsAccount
      ? `JOIN steward.account a ON a.id = s.account_id AND ${inBatch(batch, 'a.id', binder.bind)}`
      : '';
    // Planned for its batch each time: a plan kept for any batch joins states and accounts each with each.
    const rows = await open(tx).query<{ account_id: string; holding: string }>(
      `SELECT s.account_id, (${compiled.sql})::text AS holding FROM steward.${day.table} s ${account}
       WHERE ${inBatch(batch, 's.account_id', binder.bind)}`,
      binder.values,
    );
    return new Map(rows.map(({ account_id, holding }) => [account_id, placesOf(holding)]));
  }
}

const known = new Map<string, readonly number[]>();

/** `{0,3}` → places. Few different answers occur, so that each is read once. */
function placesOf(text: string): readonly number[] {
  let places = known.get(text);
  if (places === undefined) {
    places = text.length <= 2 ? [] : text.slice(1, -1).split(',').map(Number);
    if (known.size > 10_000) known.clear();
    known.set(text, places);
  }
  return places;
}
