import { MOVEMENTS } from '@steward/shared/ledger';

/** The columns of sums, each with how rows of account_month (`m`) are summed up for it, by what they stand for. */

/** `level`: as of the month's last day; `month` and `year`: over the month, and the 12 months that end with it. */
export const BASES = ['level', 'month', 'year'] as const;
export type Basis = (typeof BASES)[number];

const LIVE = `m.status IN ('trial', 'customer')`;
const live = (more: string) => `FILTER (WHERE ${LIVE} AND ${more})`;
const SEATED = 'm.active_contacts IS NOT NULL AND m.seats > 0';

/** Column of the rollup → sum over rows of accounts. */
const LEVEL: Record<string, string> = {
  accounts: `count(*) FILTER (WHERE ${LIVE})`,
  customers: `count(*) FILTER (WHERE m.status = 'customer')`,
  arr_minor: `coalesce(sum(m.arr_minor) FILTER (WHERE ${LIVE}), 0)`,
  arr_known: `count(m.arr_minor) FILTER (WHERE ${LIVE})`,
  score_sum: `coalesce(sum(m.score) FILTER (WHERE ${LIVE}), 0)`,
  scored: `count(m.score) FILTER (WHERE ${LIVE})`,
  at_risk: `count(*) ${live(`m.band = 'at_risk'`)}`,
  watch: `count(*) ${live(`m.band = 'watch'`)}`,
  healthy: `count(*) ${live(`m.band = 'healthy'`)}`,
  unknown: `count(*) ${live(`m.band = 'unknown'`)}`,
  contacts: `coalesce(sum(m.active_contacts) ${live(SEATED)}, 0)`,
  seats: `coalesce(sum(m.seats) ${live(SEATED)}, 0)`,
  breadth_sum: `coalesce(sum(m.breadth) FILTER (WHERE ${LIVE}), 0)`,
  breadth_known: `count(m.breadth) FILTER (WHERE ${LIVE})`,
  touch_expected: `count(m.touch_kept) FILTER (WHERE ${LIVE})`,
  touch_kept: `count(*) ${live('m.touch_kept')}`,
  alerts: 'coalesce(sum(m.alerts), 0)',
  goals_achieved: 'coalesce(sum(m.goals_achieved), 0)',
  goals_missed: 'coalesce(sum(m.goals_missed), 0)',
};

const cohort = (start: string, end: string): Record<string, string> => ({
  cohort: `count(*) FILTER (WHERE ${start} > 0)`,
  cohort_start_minor: `coalesce(sum(${start}) FILTER (WHERE ${start} > 0), 0)`,
  cohort_kept_minor: `coalesce(sum(least(${start}, ${end})) FILTER (WHERE ${start} > 0), 0)`,
  cohort_end_minor: `coalesce(sum(${end}) FILTER (WHERE ${start} > 0), 0)`,
  cohort_lost: `count(*) FILTER (WHERE ${start} > 0 AND ${end} = 0)`,
});
const MONTH = cohort('m.start_minor', 'm.end_minor');
const YEAR = cohort('m.year_start_minor', 'm.year_end_minor');

const listOf = (each: (movement: string) => string) => `ARRAY[${MOVEMENTS.map(each).join(', ')}]`;
const MOVED: Record<string, string> = {
  start_minor: 'coalesce(sum(m.start_minor), 0)',
  end_minor: 'coalesce(sum(m.end_minor), 0)',
  paying: 'count(*) FILTER (WHERE m.end_minor > 0)',
  moved: listOf((movement) => `(count(*) FILTER (WHERE m.movement = '${movement}'))::int`),
  moved_minor: listOf(
    (movement) => `coalesce(sum(m.end_minor - m.start_minor) FILTER (WHERE m.movement = '${movement}'), 0)::bigint`,
  ),
};
const NOTHING_MOVED: Record<string, string> = {
  start_minor: '0',
  end_minor: '0',
  paying: '0',
  moved: 'ARRAY[0, 0, 0, 0, 0]',
  moved_minor: 'ARRAY[0, 0, 0, 0, 0]::bigint[]',
};
const zeros = (columns: Record<string, string>) => Object.fromEntries(Object.keys(columns).map((name) => [name, '0']));

const BY_BASIS: Record<Basis, Record<string, string>> = {
  level: { ...LEVEL, ...zeros(MONTH), ...NOTHING_MOVED },
  month: { ...zeros(LEVEL), ...MONTH, ...MOVED },
  year: { ...zeros(LEVEL), ...YEAR, ...NOTHING_MOVED },
};

/** The columns of sums, in the order in which they are written. */
export const SUM_COLUMNS = Object.keys(BY_BASIS.level);

/** All columns of sums of a basis over rows `m`, in the order of SUM_COLUMNS. */
export const allSumsOf = (basis: Basis): string[] => SUM_COLUMNS.map((name) => BY_BASIS[basis][name] as string);

/** The columns that a basis speaks of. */
const COLUMNS: Record<Basis, readonly string[]> = {
  level: Object.keys(LEVEL),
  month: [...Object.keys(MONTH), ...Object.keys(MOVED)],
  year: Object.keys(YEAR),
};

const camel = (name: string) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
const LISTS = new Set(['moved', 'moved_minor']);
const NUMERIC = new Set(['score_sum', 'breadth_sum']);

/** Selected under the names of the domain: over rows of accounts, or over sums of them (`r`), `signed` ones by `r.sign`. */
export function sumsSql(basis: Basis, from: 'accounts' | 'rollup' | 'signed'): string {
  return COLUMNS[basis]
    .map((name) => `${from === 'accounts' ? ofAccounts(basis, name) : ofSums(name, from)} AS "${camel(name)}"`)
    .join(', ');
}

/** Sums over rows `m`, under the names of the columns of sums: those that a basis speaks of. */
export function namedSums(basis: Basis): string {
  return COLUMNS[basis].map((name) => `${BY_BASIS[basis][name]} AS ${name}`).join(', ');
}

/** The columns of sums that a basis speaks of. */
export const sumColumnsOf = (basis: Basis): readonly string[] => COLUMNS[basis];

/** Sums of signed sums `r`, under the names of their columns. */
export const signedSums = (): string => SUM_COLUMNS.map((name) => `${ofSums(name, 'signed')} AS ${name}`).join(', ');

/** What a column holds once `more` is added to it. */
export function addedSql(name: string, more: string): string {
  if (!LISTS.has(name)) return `t.${name} + ${more}.${name}`;
  return `ARRAY[${MOVEMENTS.map((_, index) => `t.${name}[${index + 1}] + ${more}.${name}[${index + 1}]`).join(', ')}]`;
}

function ofAccounts(basis: Basis, name: string): string {
  const sql = BY_BASIS[basis][name] as string;
  return LISTS.has(name) || NUMERIC.has(name) ? sql : `(${sql})::bigint`;
}

function ofSums(name: string, from: 'rollup' | 'signed'): string {
  const value = (place = '') => `sum(${from === 'signed' ? 'r.sign * ' : ''}r.${name}${place})`;
  if (LISTS.has(name)) return `ARRAY[${MOVEMENTS.map((_, index) => `${value(`[${index + 1}]`)}::bigint`).join(', ')}]`;
  return NUMERIC.has(name) ? value() : `${value()}::bigint`;
}

/** The column of account_month that holds the tier under which an account's sums of a basis stand. */
export const TIER_OF: Record<Basis, string> = { level: 'tier', month: 'start_tier', year: 'year_tier' };
