import { Injectable } from '@nestjs/common';
import type { FieldStage } from '@steward/shared/catalogue';
import type { Rule } from '@steward/shared/rules';
import { Binder } from '../../db/rules/binder.js';
import { compileRules } from '../../db/rules/compile-rule.js';
import { KeptTexts } from '../../db/rules/kept-texts.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import { anyBatch, type Batch, type BatchText, inBatch, valuesOfBatch } from '../batch.js';
import type { DayRun } from '../day-run.js';
import type { Model } from '../model/model.service.js';

/** The stages that have rules in the model. */
type RulesStage = Extract<FieldStage, 'tiers' | 'health' | 'lifecycle'>;

/** Holds for everybody: nobody has to be asked. */
const isForAll = (rule: Rule) => rule.kind === 'all' && rule.rules.length === 0;

/** Asks a stage's rules: all of them in one statement over the batch. */
@Injectable()
export class StageRulesRepository {
  private readonly texts = new KeptTexts<Model, BatchText>();

  /**
   * Answers who tells of an account the places of the rules that hold: few different answers occur, each is read once.
   * `rules`: those that the day's model has for the stage.
   */
  async holding(
    tx: Tx,
    batch: Batch,
    day: DayRun,
    stage: RulesStage,
    rules: readonly Rule[],
  ): Promise<(accountId: string) => readonly number[]> {
    const forAll = rules.flatMap((rule, place) => (isForAll(rule) ? [place] : []));
    const key = [stage, batch.kind, day.table, day.iso, day.past].join(' ');
    const text = this.texts.of(day.model, key, () => holdingText(day, stage, rules, batch.kind));
    const rows = await open(tx).prepared<{ account_id: string; holding: string }>(
      text.sql,
      valuesOfBatch(text.values, batch),
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

/**
 * Of most accounts no cap holds, and taking a row from the driver costs more than a rule: they are left out. The account
 * is looked up by its key, whatever the batch: a plan made for any would join all with all. OFFSET: asked once for each.
 */
function holdingText(day: DayRun, stage: RulesStage, rules: readonly Rule[], kind: Batch['kind']): BatchText {
  const binder = new Binder();
  const context = { kind: 'run', day: day.iso, stage, versions: day.past } as const;
  const compiled = compileRules(rules, { catalogue: day.model.catalogue, context, binder, reader: null }, (place) =>
    isForAll(rules[place]!) ? 'FALSE' : null,
  );
  const account = compiled.readsAccount
    ? 'CROSS JOIN LATERAL (SELECT * FROM steward.account WHERE id = s.account_id OFFSET 0) AS a'
    : '';
  const sql = `SELECT account_id, holding::text AS holding FROM (
      SELECT s.account_id, ${compiled.sql} AS holding FROM steward.${day.table} s ${account}
      WHERE ${inBatch(anyBatch(kind), 's.account_id', binder.bind)} OFFSET 0) AS asked
    WHERE holding <> '{}'`;
  return { sql, values: binder.values };
}

/** `{0,3}` → places. */
function placesOf(text: string): number[] {
  return text.length <= 2 ? [] : text.slice(1, -1).split(',').map(Number);
}
