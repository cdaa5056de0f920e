import { Injectable } from '@nestjs/common';
import type { Role } from '@steward/shared/common';
import type { Rule } from '@steward/shared/rules';
import type { SegmentOf } from '@steward/shared/segments';
import { asksOtherAccounts } from '../../db/rules/check-kept.js';
import { storedRule } from '../../db/rules/stored-rule.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import { seesAll } from '../../platform/auth/scope.js';

/** A segment as the pipeline needs it. */
export interface SegmentRule {
  id: string;
  of: SegmentOf;
  version: number;
  /**
   * Null: it says what this version of the product cannot read, or is about child accounts and private to somebody who
   * sees all accounts no more.
   */
  rule: Rule | null;
}

interface Row {
  id: string;
  of: SegmentOf;
  version: number;
  rule: string;
  /** Of the one who alone sees it. */
  role: Role | null;
  everyoneSeesAll: boolean;
}

/** The rules of segments, for what evaluates them, and the segments that a person's rule may name. */
@Injectable()
export class SegmentsReader {
  private last: { rows: string; rules: readonly SegmentRule[] } | null = null;

  /** The same object as long as no rule has changed, so that what is made of them need not be made again. */
  async rules(tx: Tx): Promise<readonly SegmentRule[]> {
    const rows = await open(tx).prepared<Row>(
      `SELECT g.id, g.of, g.rule_version AS version, g.rule::text AS rule, u.role,
         coalesce((SELECT everyone_sees_all FROM steward.workspace WHERE id = 1), FALSE) AS "everyoneSeesAll"
       FROM steward.segment g
         LEFT JOIN steward.app_user u ON u.id = g.owner_user_id AND g.visibility = 'private' ORDER BY g.id`,
    );
    const text = JSON.stringify(rows);
    if (this.last?.rows !== text) {
      const rules = rows.map((row) => ({ id: row.id, of: row.of, version: row.version, rule: ruleOf(row) }));
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

function ruleOf({ rule: text, role, everyoneSeesAll }: Row): Rule | null {
  const rule = storedRule(text);
  if (rule === null || role === null || !asksOtherAccounts(rule)) return rule;
  return seesAll(role, { everyoneSeesAll }) ? rule : null;
}
