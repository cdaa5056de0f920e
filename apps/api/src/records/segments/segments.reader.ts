import { Injectable } from '@nestjs/common';
import { type Rule, ruleSchema } from '@steward/shared/rules';
import { open, type Tx } from '../../db/unit-of-work.js';

/** A segment as the pipeline needs it. */
export interface SegmentRule {
  id: string;
  version: number;
  /** Null: it says what this version of the product cannot read. */
  rule: Rule | null;
}

/** The rules of account segments, for what evaluates them. */
@Injectable()
export class SegmentsReader {
  async rules(tx: Tx): Promise<SegmentRule[]> {
    const rows = await open(tx).prepared<{ id: string; version: number; rule: unknown }>(
      `SELECT id, rule_version AS version, rule FROM steward.segment WHERE of = 'account' ORDER BY id`,
    );
    return rows.map(({ id, version, rule }) => ({ id, version, rule: ruleSchema.safeParse(rule).data ?? null }));
  }
}
