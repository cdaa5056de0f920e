import type { Band } from './common.js';
import type { StagePace } from './lifecycle.js';
import type { OwnerRole, ReportOwner } from './portfolio.js';
import type { RenewalState } from './renewals.js';
import { accountsBehind, type PlaceOfFigure } from './report-filters.js';
import type { AccountsOfFigure, BandOrNone, ReportPart, StageOutcome } from './report-parts.js';
import type { Rule } from './rules.js';

/**
 * The accounts behind each figure of the portfolio and lifecycle pages: the account list under the rule and parts, as of
 * the day, shows exactly those that the figure counts.
 */

/** What the page shows: its filters, its day (as answered), and whether that is today. */
export interface PageOfFigure {
  filters: PlaceOfFigure['filters'];
  day: string;
  live: boolean;
  role: OwnerRole;
}

/** Of these owners; null: of all. */
export type OwnersOfFigure = readonly Pick<ReportOwner, 'userId' | 'name'>[] | null;

const compare = (field: string, op: 'eq' | 'in' | 'isSet' | 'isNotSet', value?: string | string[]): Rule => ({
  kind: 'compare',
  field,
  op,
  ...(value !== undefined && { value }),
});

function under(
  page: PageOfFigure,
  status: 'live' | 'every',
  { owners = null, tier, rules = [], parts = [] }: Partial<Asked>,
): AccountsOfFigure {
  const { filters, day, live } = page;
  const { rule, asOf } = accountsOf({ filters, day, live, ...(tier !== undefined && { tier }) }, status);
  const all = [...(rule.kind === 'all' ? rule.rules : [rule]), ...ofOwners(page, owners), ...rules];
  return { kind: 'accounts', rule: { kind: 'all', rules: all }, asOf, parts };
}

interface Asked {
  owners: OwnersOfFigure;
  tier: string | null;
  rules: Rule[];
  parts: ReportPart[];
}

function accountsOf(place: PlaceOfFigure, status: 'live' | 'every'): { rule: Rule; asOf: string | null } {
  const behind = accountsBehind(place, { kind: status });
  return behind.kind === 'accounts' ? behind : { rule: { kind: 'all', rules: [] }, asOf: null };
}

function ofOwners({ role, filters, live }: PageOfFigure, owners: OwnersOfFigure): Rule[] {
  if (owners === null) return [];
  const ofNow = (filters.ownerMode ?? 'now') === 'now';
  const field = `account.${role}${ofNow && !live ? 'Now' : ''}`;
  const text = `account.${role}Text`;
  const users = owners.flatMap(({ userId }) => (userId === null ? [] : [userId]));
  const names = owners.flatMap(({ userId, name }) => (userId === null && name !== null ? [name] : []));
  const any: Rule[] = [];
  if (users.length > 0) any.push(compare(field, 'in', users));
  if (names.length > 0) any.push({ kind: 'all', rules: [compare(field, 'isNotSet'), compare(text, 'in', names)] });
  if (owners.some(({ userId, name }) => userId === null && name === null)) {
    // What a name was earlier is not known.
    const unnamed = ofNow || live ? [compare(text, 'isNotSet')] : [];
    any.push({ kind: 'all', rules: [compare(field, 'isNotSet'), ...unnamed] });
  }
  return any.length === 1 ? any : [{ kind: 'any', rules: any }];
}

/** A book: of one owner, of a team, of all (null); or those of it in a band or in a tier. */
export function bookBehind(
  page: PageOfFigure,
  owners: OwnersOfFigure,
  cell: { band?: Band; tier?: string | null; scored?: true } = {},
): AccountsOfFigure {
  const rules = [
    ...(cell.band === undefined ? [] : [compare('health.band', 'eq', cell.band)]),
    ...(cell.scored ? [compare('health.score', 'isSet')] : []),
  ];
  return under(page, 'live', { owners, rules, ...(cell.tier !== undefined && { tier: cell.tier }) });
}

/** First and last day of months such as 2026-04, the last no later than the page's day. */
interface Span {
  from: string;
  to: string;
}

const spanTo = ({ day }: PageOfFigure, fromMonth: string): Span => ({ from: `${fromMonth}-01`, to: day });

function lastDayOf(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}

const sooner = (day: string, other: string): string => [day, other].sort()[0] ?? day;

/** Renewals due in the months from `from` to `to`: all, in a state, or at risk. */
export function renewalsBehind(
  page: PageOfFigure,
  owners: OwnersOfFigure,
  months: Span,
  which: { state?: RenewalState; atRisk?: true } = {},
): AccountsOfFigure {
  const days = { from: `${months.from}-01`, to: lastDayOf(months.to) };
  return under(page, 'every', { owners, parts: [{ kind: 'renewals', ...days, ...which }] });
}

/** What people did, and have yet to do; `from`: the first month of the page. */
export function workBehind(
  page: PageOfFigure,
  owners: OwnersOfFigure,
  from: string,
  which: 'touched' | 'overdueTasks' | 'openGoals' | 'opened' | 'answered' | 'resolved',
): AccountsOfFigure {
  const span = spanTo(page, from);
  switch (which) {
    case 'touched':
      return under(page, 'every', { owners, parts: [{ kind: 'touched', ...span }] });
    case 'overdueTasks':
    case 'openGoals':
      return under(page, 'every', { parts: [{ kind: which, ...people(owners) }] });
    default:
      return under(page, 'every', { owners, parts: [{ kind: 'alerts', ...span, which }] });
  }
}

/** Tasks and goals are a person's own, whoever owns the account. */
function people(owners: OwnersOfFigure): { of?: string[] | null } {
  if (owners === null) return {};
  const ids = owners.flatMap(({ userId }) => (userId === null ? [] : [userId]));
  return { of: ids.length === 0 ? null : ids };
}

/** A cell of the band movement. */
export function bandMoveBehind(
  page: Pick<PageOfFigure, 'filters' | 'role'> & { fromDay: string; toDay: string; live: boolean },
  cell: { from: BandOrNone; to: BandOrNone },
): AccountsOfFigure {
  const { filters, role, fromDay, toDay, live } = page;
  return under({ filters, role, live, day: toDay }, 'every', {
    parts: [{ kind: 'bands', fromDay, toDay, from: cell.from, to: cell.to }],
  });
}

/** Who left from the first day of `from` to the page's day (or in one month); in tierMode `then` by the tier of the day before. */
export function churnBehind(
  page: PageOfFigure,
  from: string,
  which: { reason?: string | null; canInfluence?: boolean | null; competitor?: string; month?: string } = {},
): AccountsOfFigure {
  const { month, ...said } = which;
  const { tierMode = 'then', tier = [], ...filters } = page.filters;
  const span =
    month === undefined ? spanTo(page, from) : { from: `${month}-01`, to: sooner(lastDayOf(month), page.day) };
  const byThen = tierMode === 'then';
  const part: ReportPart = { kind: 'churned', ...span, ...said, ...(byThen && tier.length > 0 && { tier }) };
  const of = { ...page, filters: byThen ? filters : { ...filters, tierMode, tier } };
  return under(of, 'every', { parts: [part] });
}

/** Accounts in a stage on the page's day. */
export function stageBehind(page: PageOfFigure, stage: string | null): AccountsOfFigure {
  const rule = stage === null ? compare('stage', 'isNotSet') : compare('stage', 'eq', stage);
  return under(page, 'every', { rules: [rule] });
}

interface PacedStage {
  key: string;
  expectedDays: number | null;
  stuckDays: number | null;
}

/** Accounts that are in these stages longer than expected (`behind`: stuck ones, too), or long enough to be stuck. */
export function slowBehind(
  page: PageOfFigure,
  stages: readonly PacedStage[],
  pace: Exclude<StagePace, 'on_track'>,
): AccountsOfFigure {
  const slow = stages.flatMap(({ key, expectedDays, stuckDays }): Rule[] => {
    const days = pace === 'stuck' ? stuckDays : (expectedDays ?? stuckDays);
    if (days === null) return [];
    const since: Rule = { kind: 'date', field: 'stage.since', op: 'moreThanDaysAgo', days };
    return [{ kind: 'all', rules: [compare('stage', 'eq', key), since] }];
  });
  return under(page, 'every', { rules: [{ kind: 'any', rules: slow }] });
}

/** Accounts that entered the stage from the first day of `from` to the page's day (or in one month), and what became of them. */
export function enteredBehind(
  page: PageOfFigure,
  from: string,
  stage: string,
  which: { became?: StageOutcome; month?: string } = {},
): AccountsOfFigure {
  const { month, became } = which;
  const span = { from: `${month ?? from}-01`, to: month === undefined ? page.day : sooner(lastDayOf(month), page.day) };
  const since = month === undefined ? {} : { since: `${from}-01` };
  const part: ReportPart = { kind: 'entered', ...span, ...since, stage, ...(became !== undefined && { became }) };
  return under(page, 'every', { parts: [part] });
}
