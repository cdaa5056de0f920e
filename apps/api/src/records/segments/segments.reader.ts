import { Injectable } from '@nestjs/common';
import type { Rule } from '@steward/shared/rules';
import type { SegmentOf } from '@steward/shared/segments';
import { storedRule } from '../../db/rules/stored-rule.js';
import { open, type Tx } from '../../db/unit-of-work.js';

/** A segment as the pipeline needs it. */
export interface SegmentRule {
  id: string;
  of: SegmentOf;
  version: number;
  /** Null: it says what this version of the product cannot read. */
  rule: Rule | null;
}

/** The rules of segments, for what evaluates them, and the segments that a person's rule may name. */
@Injectable()
export class SegmentsReader {
  private last: { rows: string; rules: readonly SegmentRule[] } | null = null;

  /** The same object as long as no rule has changed, so that what is made of them need not be made again. */
  async rules(tx: Tx): Promise<readonly SegmentRule[]> {
    const rows = await open(tx).prepared<{ id: string; of: SegmentOf; version: number; rule: string }>(
      `SELECT id, of, rule_version AS version, rule::text AS rule FROM steward.segment ORDER BY id`,
    );
    const text = JSON.stringify(rows);
    if (this.last?.rows !== text) {
      const rules = rows.map(({ id, of, version, rule }) => ({ id, of, version, rule: storedRule(rule) }));
      this.last = { rows: text, rules };
    }
    return this.last.rules;
  }

  /** The newest version of a rule; 0: there is no segment. */
  async newest(tx: Tx): Promise<number> {
    const [row] = await open(tx).prepared<{ newest: number }>(
      'SELECT coalesce(max(rule_version), 0) AS newest FROM steward.segment',
    );
    return row?.newest ?? 0;
  }

  /** Shared ones, and the person's own. */
  seenBy(tx: Tx, userId: string | null): Promise<{ id: string; of: SegmentOf }[]> {
    return open(tx).query(
      `SELECT id, of FROM steward.segment WHERE visibility = 'shared' OR owner_user_id = $1::uuid ORDER BY id`,
      [userId],
    );
  }
}
