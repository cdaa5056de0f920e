import { Injectable } from '@nestjs/common';
import type { Band } from '@steward/shared/common';
import type { StudioSignals } from '@steward/shared/health-figures';
import { Binder } from '../../db/rules/binder.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Scope } from '../../platform/auth/scope.js';

/** Live accounts of one profile that have a band and a step of scores in common. */
export interface ProfileStep {
  profileId: string;
  band: Band;
  /** From 0, of five points each; null: without a score. */
  step: number | null;
  accounts: number;
  /** Sum of the known; null where none is. */
  arrMinor: number | null;
  /** Sum of their scores. */
  points: number;
}

/** On how many live accounts a cap or floor of a published version holds. */
export interface LimitCount {
  profileId: string;
  /** Its place in the version. */
  place: number;
  accounts: number;
}

type SignalRow = Omit<StudioSignals['signals'][number], 'connected' | 'bins'> & {
  /** Accounts by step of the way from min to max. */
  steps: number[];
};

const LAST_STEP = 19;
export const MOST_BINS = 30;

/** What is stored of live accounts today, added up. */
@Injectable()
export class FiguresRepository {
  steps(tx: Tx, scope: Scope): Promise<ProfileStep[]> {
    const { bind, values } = new Binder();
    return open(tx).query<ProfileStep>(
      `SELECT v.profile_id AS "profileId", s.band,
         CASE WHEN s.score IS NOT NULL THEN least(${LAST_STEP}, floor(s.score / 5)) END::int AS step,
         count(*)::int AS accounts, sum(s.arr_minor)::bigint AS "arrMinor", coalesce(sum(s.score), 0)::float8 AS points
       FROM ${live(scope, bind)} JOIN steward.health_profile_version v ON v.id = s.health_version_id
       GROUP BY 1, 2, 3`,
      values,
    );
  }

  /** Of accounts that the published version has scored: a cap's place means something in its own version alone. */
  limits(tx: Tx, scope: Scope): Promise<LimitCount[]> {
    const { bind, values } = new Binder();
    return open(tx).query<LimitCount>(
      `SELECT v.profile_id AS "profileId", c.place::int AS place, count(*)::int AS accounts
       FROM ${live(scope, bind)}
         JOIN steward.health_profile_version v ON v.id = s.health_version_id AND v.state = 'published'
         CROSS JOIN LATERAL unnest(s.caps) AS c (place)
       WHERE c.place >= 0 GROUP BY 1, 2`,
      values,
    );
  }

  async accounts(tx: Tx, scope: Scope): Promise<number> {
    const { bind, values } = new Binder();
    const [row] = await open(tx).query<{ accounts: number }>(
      `SELECT count(*)::int AS accounts FROM ${live(scope, bind)}`,
      values,
    );
    return row?.accounts ?? 0;
  }

  /** How the values of signals spread, by their key. */
  async values(tx: Tx, scope: Scope, signals: readonly { key: string; number: number }[]): Promise<SignalRow[]> {
    const { bind, values } = new Binder();
    const keys = `${bind(signals.map(({ key }) => key))}::text[]`;
    const numbers = `${bind(signals.map(({ number }) => number))}::int[]`;
    return open(tx).query<SignalRow>(
      `WITH known AS MATERIALIZED (
         SELECT n.key, s.signals[n.number]::float8 AS value
         FROM ${live(scope, bind)} CROSS JOIN unnest(${keys}, ${numbers}) AS n (key, number)
       ), ends AS (
         SELECT key, count(value)::int AS "withValue", (count(*) - count(value))::int AS "withoutValue",
           min(value) AS min, max(value) AS max,
           percentile_cont(ARRAY[0.05, 0.5, 0.95]) WITHIN GROUP (ORDER BY value) AS parts
         FROM known GROUP BY key
       ), steps AS (
         SELECT k.key, CASE WHEN e.min = e.max THEN 0
             ELSE least(${MOST_BINS - 1}, floor((k.value - e.min) / (e.max - e.min) * ${MOST_BINS})) END::int AS step,
           count(*)::int AS accounts
         FROM known k JOIN ends e ON e.key = k.key WHERE k.value IS NOT NULL GROUP BY 1, 2
       )
       SELECT e.key AS signal, e."withValue", e."withoutValue", e.min, e.max,
         e.parts[1] AS p5, e.parts[2] AS p50, e.parts[3] AS p95,
         coalesce((SELECT array_agg(coalesce(t.accounts, 0) ORDER BY g.step)
           FROM generate_series(0, CASE WHEN e.min = e.max THEN 0 ELSE ${MOST_BINS - 1} END) AS g (step)
             LEFT JOIN steps t ON t.key = e.key AND t.step = g.step
           WHERE e.min IS NOT NULL), '{}') AS steps
       FROM ends e`,
      values,
    );
  }
}

/** Live accounts as they stand today, of those that the reader sees. */
function live(scope: Scope, bind: Binder['bind']): string {
  const seen = scope.kind === 'all' ? '' : ` AND ${scopePredicate(scope, bind)}`;
  return `(SELECT s.* FROM steward.account_state s JOIN steward.account a ON a.id = s.account_id
    WHERE s.status IN ('trial', 'customer')${seen}) AS s`;
}
