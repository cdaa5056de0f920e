import { Injectable } from '@nestjs/common';
import type { FieldStage } from '@steward/shared/catalogue';
import type { AccountStatus, IsoDay } from '@steward/shared/common';
import type { Rule } from '@steward/shared/rules';
import { Binder } from '../../db/rules/binder.js';
import type { Catalogue } from '../../db/rules/bindings.js';
import { compileRules } from '../../db/rules/compile-rule.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import { RING_DAYS } from '../../domain/memory/memory.js';
import type { StageGroup } from '../../domain/model-dry-run/stages.js';
import type { Sized } from '../../domain/model-dry-run/tally.js';
import type { TierGroup } from '../../domain/model-dry-run/tiers.js';
import type { Scope } from '../../platform/auth/scope.js';

export interface Asked {
  catalogue: Catalogue;
  scope: Scope;
  day: IsoDay;
}

/** Of each group of accounts that stand alike so many are named: the largest of all are among them. */
const NAMED = 100;

/** Accounts that are alike, as they are asked for: the largest first. */
interface Page {
  alike: readonly string[];
  offset: number;
}

export type NamedAlike = Sized & { alike: string };

/** How the accounts of today stand, in groups of those that a new set of rules treats alike. */
@Injectable()
export class DryRunRepository {
  async tierGroups(tx: Tx, rules: readonly Rule[], holdDays: number, asked: Asked): Promise<TierGroup[]> {
    const rows = await this.groups<TierColumns>(tx, rules, 'tiers', asked, tierSource(holdDays));
    return rows.map((row) => ({ ...row, ring: ringOf(row.ring) }));
  }

  /** Of groups as `tierGroups` tells them. */
  tierAccounts(tx: Tx, rules: readonly Rule[], holdDays: number, asked: Asked, page: Page): Promise<NamedAlike[]> {
    return this.accounts(tx, rules, 'tiers', asked, tierSource(holdDays), page);
  }

  async stageGroups(tx: Tx, rules: readonly Rule[], asked: Asked): Promise<StageGroup[]> {
    const rows = await this.groups<StageColumns>(tx, rules, 'lifecycle', asked, STAGE_SOURCE);
    return rows.map(({ lockStage, lockIsOfToday, ...row }) => ({
      ...row,
      lock: lockStage === null ? null : { stage: lockStage, isOfToday: lockIsOfToday === true },
    }));
  }

  /** Of groups as `stageGroups` tells them. */
  stageAccounts(tx: Tx, rules: readonly Rule[], asked: Asked, page: Page): Promise<NamedAlike[]> {
    return this.accounts(tx, rules, 'lifecycle', asked, STAGE_SOURCE, page);
  }

  async namesOf(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
    const rows = await open(tx).query<{ id: string; name: string }>(
      'SELECT id, name FROM steward.account WHERE id = ANY($1::uuid[])',
      [[...ids]],
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  private async groups<Columns>(
    tx: Tx,
    rules: readonly Rule[],
    stage: FieldStage,
    asked: Asked,
    source: Source,
  ): Promise<(Columns & Pick<TierGroup, 'accounts' | 'arrMinor' | 'alike' | 'largest' | 'holds'>)[]> {
    const { standing, binder } = standingSql(rules, stage, asked, source);
    const places = Object.keys(source.columns).map((name) => `s."${name}"`);
    return open(tx).query(
      `WITH ${standing},
       named AS (
         SELECT alike, jsonb_agg(jsonb_build_object('id', account_id, 'arrMinor', arr) ORDER BY n) AS largest,
           (array_agg(account_id))[1] AS one
         FROM (SELECT account_id, arr, alike,
             row_number() OVER (PARTITION BY alike ORDER BY arr DESC NULLS LAST, account_id) AS n FROM standing) AS ranked
         WHERE n <= ${NAMED} GROUP BY alike)
       SELECT ${places.join(', ')}, s.holds, g.alike::text AS alike, g.accounts, g.arr AS "arrMinor", n.largest
       FROM (SELECT alike, count(*)::int AS accounts,
           least(coalesce(sum(arr), 0), ${Number.MAX_SAFE_INTEGER})::bigint AS arr FROM standing GROUP BY alike) AS g
         JOIN named n ON n.alike = g.alike JOIN standing s ON s.account_id = n.one`,
      binder.values,
    );
  }

  private async accounts(
    tx: Tx,
    rules: readonly Rule[],
    stage: FieldStage,
    asked: Asked,
    source: Source,
    { alike, offset }: Page,
  ): Promise<NamedAlike[]> {
    if (alike.length === 0) return [];
    const { standing, binder } = standingSql(rules, stage, asked, source);
    return open(tx).query(
      `WITH ${standing}
       SELECT account_id AS id, arr AS "arrMinor", alike::text AS alike FROM standing
       WHERE alike = ANY(${binder.bind([...alike])}::bigint[])
       ORDER BY arr DESC NULLS LAST, account_id OFFSET ${binder.bind(offset)}::int LIMIT ${NAMED}`,
      binder.values,
    );
  }
}

/** What tells groups apart beside the rules that hold: columns by their names, with `$1` the day, and what they join. */
interface Source {
  columns: Record<string, string>;
  joins: string;
}

interface TierColumns {
  tier: string | null;
  rawTier: string | null;
  ring: string | null;
  byHand: string | null;
}

function tierSource(holdDays: number): Source {
  // Days that the new set does not look back to make no difference.
  // A ring of one value holds it on all of its days.
  const days = `CASE WHEN cardinality(s.raw_tier_ring) = 1 THEN array_fill(s.raw_tier_ring[1], ARRAY[${RING_DAYS}])
      ELSE s.raw_tier_ring END`;
  const looked = `(${days})[${RING_DAYS + 2 - holdDays}:${RING_DAYS}]`;
  const ring = `CASE WHEN (${days}) = array_fill(s.raw_tier, ARRAY[${RING_DAYS}]) THEN s.raw_tier
      ELSE array_to_string(${looked}, ',', '') END`;
  const overrides = `SELECT DISTINCT ON (account_id) account_id, tier FROM steward.tier_override
      WHERE from_day <= $1::date AND (until_day IS NULL OR until_day >= $1::date)
      ORDER BY account_id, from_day DESC, created_at DESC`;
  return {
    columns: { tier: 's.tier', rawTier: 's.raw_tier', ring, byHand: 'o.tier' },
    joins: `LEFT JOIN (${overrides}) o ON o.account_id = s.account_id`,
  };
}

interface StageColumns {
  stage: string | null;
  stageBefore: string | null;
  status: AccountStatus;
  statusBefore: AccountStatus | null;
  lockStage: string | null;
  lockIsOfToday: boolean | null;
}

const STAGE_SOURCE: Source = {
  columns: {
    stage: 's.stage',
    stageBefore: 's.closed_stage',
    status: 's.status',
    statusBefore: 's.closed_status',
    lockStage: 'l.stage',
    lockIsOfToday: 'l.is_of_today',
  },
  joins: `LEFT JOIN (SELECT DISTINCT ON (account_id) account_id, stage, from_day >= $1::date AS is_of_today
      FROM steward.stage_lock
      WHERE from_day <= $1::date AND (until_day IS NULL OR until_day >= $1::date)
        AND (overridden_on IS NULL OR overridden_on >= $1::date)
      ORDER BY account_id, from_day DESC, created_at DESC) l ON l.account_id = s.account_id`,
};

/** The accounts of the scope with what tells them apart, as the sub-query `standing`. */
function standingSql(
  rules: readonly Rule[],
  stage: FieldStage,
  { catalogue, scope, day }: Asked,
  { columns, joins }: Source,
): { standing: string; binder: Binder } {
  const binder = new Binder();
  // The first parameter, by which the joins name the day.
  binder.bind(day);
  const context = { kind: 'run', day, stage, versions: false } as const;
  const { sql } = compileRules(rules, { catalogue, context, binder, reader: scope });
  const names = Object.keys(columns).map((name) => `"${name}"`);
  const values = Object.entries(columns).map(([name, column]) => `${column} AS "${name}"`);
  // Groups are told apart by a number: rows of arrays and texts take several times as long to sort.
  const standing = `read AS MATERIALIZED (SELECT s.account_id, s.arr_minor AS arr, ${values.join(', ')}, ${sql} AS holds
         FROM steward.account_state s JOIN steward.account a ON a.id = s.account_id ${joins}
         WHERE ${scopePredicate(scope, binder.bind)}),
       standing AS MATERIALIZED (
         SELECT *, hashtextextended(ROW(${names.join(', ')}, holds)::text, 0) AS alike FROM read)`;
  return { standing, binder };
}

/** The days that were read, as they stand at the end of the ring: `T1,,T2`; a key alone: that tier on all of them. */
function ringOf(text: string | null): (string | null)[] {
  const read = (text ?? '').split(',').map((key) => (key === '' ? null : key));
  const [only] = read;
  const before = read.length === 1 ? (only ?? null) : null;
  return [...new Array<string | null>(Math.max(0, RING_DAYS - read.length)).fill(before), ...read];
}
