import { BAND_LETTERS, NO_BAND } from '../../domain/memory/band-ring.js';
import { RING_DAYS } from '../../domain/memory/memory.js';

/**
 * How a row hands its result to the next day, in SQL: the same as `openDay` of the domain, done where the row is, because
 * passing ninety values of three rings back and forth costs more than the rest of the write. The ring of bands is kept
 * here alone, for rules: no stage computes with it.
 */

/** What a run of a day computes. */
export function computedColumns(): string[] {
  return [
    'status',
    'csm_user_id',
    'am_user_id',
    'arr_minor',
    'mrr_minor',
    'seats',
    'customer_since',
    'renewal_date',
    'usage_covered',
    'signals',
    'null_reasons',
    'tier',
    'raw_tier',
    'tier_since',
    'health_version_id',
    'score',
    'band',
    'band_since',
    'coverage',
    'caps',
    'model_change',
    'health_change',
    'trend',
    'stage',
    'stage_since',
    'tier_version',
    'stage_version',
  ];
}

/** Result → what the close of the day keeps of it. */
const CLOSED = {
  closed_score: 'score',
  closed_band: 'band',
  closed_band_since: 'band_since',
  closed_tier: 'tier',
  closed_tier_since: 'tier_since',
  closed_stage: 'stage',
  closed_stage_since: 'stage_since',
  closed_health_version_id: 'health_version_id',
  closed_signals: 'signals',
  closed_caps: 'caps',
  closed_status: 'status',
} as const;

/** The last scored day, where the closed one was not scored: what it keeps → result, and what a scored close had. */
const LAST_SCORED = {
  last_scored_version_id: 'health_version_id',
  last_scored_signals: 'signals',
  last_scored_caps: 'caps',
} as const;

const lastScored = Object.entries(LAST_SCORED);

const wasScored = (score: string, status: string) => `${score} IS NOT NULL AND ${status} IN ('trial', 'customer')`;

/**
 * Rings of the closed days, oldest first: the column that goes in, and what stands for a day without a run. Most `steady`
 * rings hold one value on all days; such a ring is stored as that value alone, once.
 */
const RINGS = {
  score_ring: { column: 'score', type: 'real', none: 'NULL', steady: false },
  model_change_ring: { column: 'model_change', type: 'real', none: '0', steady: true },
  raw_tier_ring: { column: 'raw_tier', type: 'text', none: 'NULL', steady: true },
} as const;

type Ring = (typeof RINGS)[keyof typeof RINGS];
const rings = Object.entries(RINGS) as [string, Ring][];

/** Bands of the closed days, oldest first: a text of a letter a day, as it is only searched for moves. */
const BAND_RING = 'band_ring';

const NO_BANDS = `repeat('${NO_BAND}', ${RING_DAYS})`;

function letterOf(band: string): string {
  const cases = Object.entries(BAND_LETTERS).map(([name, letter]) => `WHEN '${name}' THEN '${letter}'`);
  return `CASE ${band} ${cases.join(' ')} ELSE '${NO_BAND}' END`;
}

export function closedColumns(): string[] {
  return [...Object.keys(CLOSED), ...Object.keys(LAST_SCORED), ...Object.keys(RINGS), BAND_RING];
}

const filled = ({ type, none }: Ring, length: string) => `array_fill(${none}::${type}, ARRAY[${length}])`;

/** Rings before the first day. */
export const EMPTY_RINGS = {
  columns: [...rings.map(([name]) => name), BAND_RING].join(', '),
  values: [...rings.map(([, ring]) => filled(ring, ring.steady ? '1' : String(RING_DAYS))), NO_BANDS].join(', '),
};

/** A steady ring with each of its days. */
function eachDay(ring: string): string {
  return `CASE WHEN cardinality(${ring}) = 1 THEN array_fill(${ring}[1], ARRAY[${RING_DAYS}]) ELSE ${ring} END`;
}

/** The ring with the day's value and the days without a run after it, and as many days fewer at its beginning. */
function pushed(days: string, ring: Ring, skipped: string): string {
  const value = `s.${ring.column}::${ring.type}`;
  // Nearly always the row is of the day before: then a ring only takes one value and drops one.
  return `CASE WHEN ${skipped} = 0 THEN (${days})[2:] || ${value}
    ELSE (((${days}) || ${value}) || ${filled(ring, skipped)})[${skipped} + 2 : ${skipped} + ${RING_DAYS + 1}] END`;
}

/** The same for a ring that stays as it is while its value does, and is stored as one value once it is one. */
function pushedSteady(name: string, ring: Ring, skipped: string): string {
  const goesOn = `s.${name}[1] IS NOT DISTINCT FROM s.${ring.column}::${ring.type}
    AND (${skipped} = 0 OR s.${name}[1] IS NOT DISTINCT FROM ${ring.none}::${ring.type})`;
  return `CASE WHEN cardinality(s.${name}) = 1 AND ${goesOn} THEN s.${name}
    ELSE (SELECT CASE WHEN n = array_fill(n[1], ARRAY[${RING_DAYS}]) THEN n[1:1] ELSE n END
      FROM (SELECT ${pushed(eachDay(`s.${name}`), ring, skipped)} AS n OFFSET 0) AS next) END`;
}

/** SET clauses that turn the row `s` of an earlier day into the opening of `day`; skipped days stand as empty. */
export function rolledMemory(day: string): string {
  const skipped = `least(${day} - s.as_of - 1, ${RING_DAYS})`;
  const shifted = rings.map(
    ([name, ring]) =>
      `${name} = ${ring.steady ? pushedSteady(name, ring, skipped) : pushed(`s.${name}`, ring, skipped)}`,
  );
  const scored = lastScored.map(
    ([name, column]) => `${name} = CASE WHEN ${wasScored('s.score', 's.status')} THEN NULL
      WHEN ${wasScored('s.closed_score', 's.closed_status')} THEN s.closed_${column} ELSE s.${name} END`,
  );
  const closed = Object.entries(CLOSED).map(([name, column]) => `${name} = s.${column}`);
  const bands = `${BAND_RING} = right(s.${BAND_RING} || ${letterOf('s.band')} || repeat('${NO_BAND}', ${skipped}), ${RING_DAYS})`;
  return [...closed, ...scored, ...shifted, bands].join(', ');
}

/**
 * Columns and values of the memory with which the snapshot `s` of a day stands in the work table: the rings of the days
 * before it, from their snapshots. The close of the day before it is not needed, as the walk rolls on from the day itself,
 * but for the last scored day, where the snapshot's has no score.
 */
export function seededMemory(day: string, length: number): { columns: string[]; values: string[] } {
  const eachDayBefore = `FROM generate_series(${day} - ${length}, ${day} - 1, interval '1 day') AS d
      LEFT JOIN steward.account_snapshot h ON h.account_id = s.account_id AND h.day = d::date
        AND h.day >= ${day} - ${length} AND h.day < ${day}`;
  const values = rings.map(
    ([, ring]) => `ARRAY(SELECT coalesce(h.${ring.column}::${ring.type}, ${ring.none}::${ring.type})
      ${eachDayBefore} ORDER BY d)`,
  );
  const bands = `(SELECT string_agg(${letterOf('h.band')}, '' ORDER BY d) ${eachDayBefore})`;
  const scored = lastScored.map(
    ([, column]) => `CASE WHEN ${wasScored('s.score', 's.status')} THEN NULL ELSE (SELECT h.${column}
      FROM steward.account_snapshot h WHERE h.account_id = s.account_id AND h.day < ${day}
        AND ${wasScored('h.score', 'h.status')} ORDER BY h.day DESC LIMIT 1) END`,
  );
  return {
    columns: [...rings.map(([name]) => name), BAND_RING, ...Object.keys(LAST_SCORED)],
    values: [...values, bands, ...scored],
  };
}
