import type { Rule, RuleLeaf } from '@steward/shared/rules';
import { rowsKnown, workspaceDay } from './related-oracle.js';
import { BACKGROUND, FEATURES, type OracleFacts, SEGMENTS, type Value } from './rule-facts.js';

/**
 * The meaning of rules, told a second time: in memory, over a history of days, from the product's own words and without
 * a look at the compiler. The compiler is held against it on random data.
 */

/** One day of an account, as the pipeline left it. Money in major units, yes/no signals as booleans. */
export interface OracleDay {
  values: Record<string, Value>;
  modelChange: number;
  healthChange: number | null;
}

export interface OracleAccount {
  id: string;
  /** By day number; a missing day was never computed. */
  days: Map<number, OracleDay>;
  /** Fields with a history, oldest first. `now` is the present value. */
  fields: Record<
    string,
    { versions: { from: number; value: Value }[]; now: Value; dated?: boolean; nowOnly?: boolean; tellsOf?: string }
  >;
  facts: OracleFacts;
  /** Who owns it today, which decides who sees it. */
  owners: readonly (string | null)[];
  parentId: string | null;
  /** Those whose parent it is now. */
  children: OracleAccount[];
}

export interface OracleReading {
  day: number;
  /** Reads account fields as they were on the day. */
  versions: boolean;
  /** Fields read as of the close of the day before. */
  closed: (field: string) => boolean;
  /** A run asks: what it does to goals on the day itself is not seen yet, and other accounts are those of the day before. */
  inRun: boolean;
  /** Whether the one who asks may see the account; runs see all. */
  sees: (account: OracleAccount) => boolean;
  isSignal: (field: string) => boolean;
  me: string | null;
  team: readonly string[];
}

export function holds(rule: Rule, account: OracleAccount, reading: OracleReading): boolean {
  switch (rule.kind) {
    case 'all':
      return rule.rules.every((each) => holds(each, account, reading));
    case 'any':
      return rule.rules.some((each) => holds(each, account, reading));
    case 'not':
      return !holds(rule.rule, account, reading);
    case 'atLeast':
      return rule.rules.filter((each) => holds(each, account, reading)).length >= rule.n;
    default:
      return leafHolds(rule, account, reading);
  }
}

function fieldValue(key: string, account: OracleAccount, reading: OracleReading): Value {
  if (key === 'plan.nextStepDue') return isStepDue(account.facts, reading.day);
  if (key === 'goals.onboarding_open') return hasOnboardingGoal('open', true, account, reading);
  if (key === 'goals.onboarding_achieved') return hasOnboardingGoal('status', 'achieved', account, reading);
  const field = account.fields[key];
  if (field === undefined)
    return account.days.get(reading.closed(key) ? reading.day - 1 : reading.day)?.values[key] ?? null;
  let value = field.now;
  if (reading.versions && !field.nowOnly) {
    const known = field.tellsOf === undefined || hadHappened(field.tellsOf, account, reading);
    const [first = { value: field.now }] = field.versions;
    value = known ? first.value : null;
    for (const version of field.versions) if (version.from <= reading.day) value = version.value;
  }
  if (field.dated && typeof value === 'string' && dayNumber(value) > reading.day) return null;
  return value;
}

/** A field told on the day that something had happened by then, or never told of it at all. */
function hadHappened(key: string, account: OracleAccount, reading: OracleReading): boolean {
  const { versions, now } = account.fields[key]!;
  return (
    fieldValue(key, account, reading) !== null || [now, ...versions.map(({ value }) => value)].every((v) => v === null)
  );
}

function hasOnboardingGoal(
  field: string,
  value: boolean | string,
  account: OracleAccount,
  reading: OracleReading,
): boolean {
  const isSo: Rule = { kind: 'compare', field, op: 'eq', value };
  const isOnboarding: Rule = { kind: 'compare', field: 'kind', op: 'eq', value: 'onboarding' };
  const rule: Rule = { kind: 'all', rules: [isOnboarding, isSo] };
  return relatedHolds({ kind: 'related', of: 'goal', quantifier: 'any', rule }, account, reading);
}

/** No next step, or one whose day is over. */
function isStepDue({ account_plan: [plan] }: OracleFacts, day: number): boolean {
  if (plan === undefined || plan.next_step === null) return true;
  return plan.next_step_day !== null && dayNumber(plan.next_step_day) < day;
}

function leafHolds(leaf: RuleLeaf, account: OracleAccount, reading: OracleReading): boolean {
  if (leaf.kind === 'eventCount') return eventsCounted(leaf, account, reading.day);
  if (leaf.kind === 'member') return isMember(leaf.segment, account.facts, reading.day) === leaf.is;
  if (leaf.kind === 'related') return relatedHolds(leaf, account, reading);
  const value = fieldValue(leaf.field, account, reading);
  switch (leaf.kind) {
    case 'compare':
      return compares(leaf.op, value, leaf.value, leaf.field, reading);
    case 'date':
      return typeof value === 'string' && dateHolds(leaf, dayNumber(value), reading.day);
    case 'compareFields': {
      const other = fieldValue(leaf.other, account, reading);
      const known = typeof value === 'number' && typeof other === 'number';
      if (leaf.op === 'neq') return !(known && value === leaf.times * other);
      return known && ordered(leaf.op, value, leaf.times * other);
    }
    case 'change':
      return changes(leaf, account, reading);
    case 'held':
      return held(leaf, account, reading);
    case 'transition':
      return moved(leaf, account, reading);
  }
}

function ordered(op: 'gt' | 'gte' | 'lt' | 'lte' | 'eq', a: number, b: number): boolean {
  return { gt: a > b, gte: a >= b, lt: a < b, lte: a <= b, eq: a === b }[op];
}

function compares(op: string, value: Value, operand: unknown, key: string, reading: OracleReading): boolean {
  const rounded = (n: unknown) => (reading.isSignal(key) ? Math.fround(n as number) : (n as number));
  const same = (each: unknown): boolean => {
    if (typeof value === 'number') return value === rounded(each);
    if (each === 'me' && key.match(/csm$|am$|author|[oO]wner/)) return value === reading.me;
    if (each === 'my_team' && key.match(/csm$|am$|author|[oO]wner/))
      return value !== null && [reading.me, ...reading.team].includes(value as string);
    return value === each;
  };
  const set = value !== null && !(Array.isArray(value) && value.length === 0);
  switch (op) {
    case 'isSet':
      return set;
    case 'isNotSet':
      return !set;
    case 'neq':
      return !compares('eq', value, operand, key, reading);
    case 'notIn':
      return !compares('in', value, operand, key, reading);
    case 'notContains':
      return !compares('contains', value, operand, key, reading);
  }
  if (value === null) return false;
  switch (op) {
    case 'eq':
      return same(operand);
    case 'in':
      return (operand as unknown[]).some(same);
    case 'between': {
      const [from, to] = operand as [number, number];
      return (value as number) >= rounded(from) && (value as number) <= rounded(to);
    }
    case 'contains':
      if (Array.isArray(value)) return value.includes(operand as string);
      return (value as string).toLowerCase().includes((operand as string).toLowerCase());
    case 'startsWith':
      return (value as string).toLowerCase().startsWith((operand as string).toLowerCase());
    default:
      return ordered(op as 'gt', value as number, rounded(operand));
  }
}

export function dayNumber(iso: string): number {
  return Date.parse(`${iso}T00:00:00Z`) / 86_400_000;
}

export function isoDay(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

function dateHolds(leaf: Extract<RuleLeaf, { kind: 'date' }>, day: number, asOf: number): boolean {
  const n = leaf.days ?? 0;
  const other = leaf.day === undefined ? Number.NaN : dayNumber(leaf.day);
  switch (leaf.op) {
    case 'inNextDays':
      return day >= asOf && day <= asOf + n;
    case 'inLastDays':
      return day >= asOf - n + 1 && day <= asOf;
    case 'moreThanDaysAgo':
      return day < asOf - n;
    case 'moreThanDaysAhead':
      return day > asOf + n;
    case 'on':
      return day === other;
    case 'before':
      return day < other;
    case 'after':
      return day > other;
    case 'onOrBefore':
      return day <= other;
    case 'onOrAfter':
      return day >= other;
    case 'inThis':
      return periodOf(day, leaf.period!) === periodOf(asOf, leaf.period!);
  }
}

function periodOf(day: number, period: 'week' | 'month' | 'quarter' | 'year'): string {
  const iso = isoDay(day);
  // Day 0 was a Thursday; weeks begin on Monday.
  if (period === 'week') return String(Math.floor((day + 3) / 7));
  if (period === 'month') return iso.slice(0, 7);
  if (period === 'quarter') return `${iso.slice(0, 4)} ${Math.floor((Number(iso.slice(5, 7)) - 1) / 3)}`;
  return iso.slice(0, 4);
}

function changes(leaf: Extract<RuleLeaf, { kind: 'change' }>, account: OracleAccount, reading: OracleReading): boolean {
  const today = reading.closed(leaf.field) ? reading.day - 1 : reading.day;
  const now = account.days.get(today)?.values[leaf.field] as number | null | undefined;
  const then = account.days.get(today - leaf.overDays)?.values[leaf.field] as number | null | undefined;
  const sign = leaf.direction === 'up' ? 1 : -1;
  if (leaf.field === 'health.score') {
    if (leaf.overDays === 30 && today === reading.day) {
      const change = account.days.get(today)?.healthChange ?? null;
      return change !== null && sign * change >= leaf.by;
    }
    if (now == null || then == null) return false;
    let hundredths = Math.round(now * 100) - Math.round(then * 100);
    for (const [day, { modelChange }] of account.days) {
      if (day > today - leaf.overDays && day <= today) hundredths -= Math.round(modelChange * 100);
    }
    return sign * hundredths >= Math.round(leaf.by * 100);
  }
  if (now == null || then == null) return false;
  if (leaf.unit === 'percent') return then !== 0 && sign * (now - then) * 100 >= leaf.by * Math.abs(then);
  if (reading.isSignal(leaf.field)) return Math.fround(sign * (now - then)) >= Math.fround(leaf.by);
  return Math.round(sign * (now - then) * 100) >= Math.round(leaf.by * 100);
}

function held(leaf: Extract<RuleLeaf, { kind: 'held' }>, account: OracleAccount, reading: OracleReading): boolean {
  const today = reading.closed(leaf.field) ? reading.day - 1 : reading.day;
  const wanted = Array.isArray(leaf.value) ? leaf.value : [leaf.value];
  for (let day = today; day > today - leaf.days; day -= 1) {
    const value = account.days.get(day)?.values[leaf.field];
    if (value == null || !wanted.includes(value as string)) return false;
  }
  return true;
}

function moved(
  leaf: Extract<RuleLeaf, { kind: 'transition' }>,
  account: OracleAccount,
  reading: OracleReading,
): boolean {
  const today = reading.closed(leaf.field) ? reading.day - 1 : reading.day;
  for (let day = today; day > today - leaf.inLastDays; day -= 1) {
    const before = account.days.get(day - 1)?.values[leaf.field];
    const after = account.days.get(day)?.values[leaf.field];
    if (before == null || after == null || before === after) continue;
    if (leaf.to.includes(after as string) && (leaf.from?.includes(before as string) ?? true)) return true;
  }
  return false;
}

function eventsCounted(
  leaf: Extract<RuleLeaf, { kind: 'eventCount' }>,
  account: OracleAccount,
  today: number,
): boolean {
  const { event: events, contact: contacts } = account.facts;
  let count = 0;
  for (const event of events) {
    const day = dayNumber(workspaceDay(event.occurred_at));
    if (day > today || day <= today - leaf.inLastDays) continue;
    if (leaf.event === null ? event.name === BACKGROUND : event.name !== leaf.event) continue;
    if (leaf.feature !== undefined && FEATURES.find(({ key }) => key === leaf.feature)?.id !== event.feature_id)
      continue;
    if (contacts.some(({ id, internal }) => internal && id === event.contact_id)) continue;
    if (!(leaf.where ?? []).every((filter) => propertyMeets(filter, event.properties ?? {}))) continue;
    count += event.count;
  }
  return ordered(leaf.op, count, leaf.count);
}

function propertyMeets(
  { property, op, value }: { property: string; op: string; value: unknown },
  properties: Record<string, unknown>,
): boolean {
  const found = properties[property];
  if (op === 'neq') return found !== value;
  if (op === 'in') return (value as unknown[]).includes(found);
  if (op === 'eq') return found === value;
  return typeof found === 'number' && ordered(op as 'gte', found, value as number);
}

const CHILD_FIELDS = {
  status: 'account.status',
  arr: 'account.arr',
  renewalDate: 'account.renewalDate',
  tier: 'tier',
  score: 'health.score',
  band: 'health.band',
  stage: 'stage',
  csm: 'account.csm',
  am: 'account.am',
} as const;

/** Accounts below it that the one who asks may see, as they were computed: of the day, or of the day before for a run. */
function childrenKnown(account: OracleAccount, reading: OracleReading): Record<string, Value>[] {
  return account.children.filter(reading.sees).flatMap((child) => {
    const computed = child.days.get(reading.inRun ? reading.day - 1 : reading.day);
    if (computed === undefined) return [];
    const values = Object.entries(CHILD_FIELDS).map(([field, key]) => [field, computed.values[key] ?? null]);
    return [{ name: fieldValue('account.name', child, reading), ...Object.fromEntries(values) }];
  });
}

/** Each row is asked as if it were an account of one day. */
function relatedHolds(
  { of, quantifier, n, rule }: Extract<RuleLeaf, { kind: 'related' }>,
  account: OracleAccount,
  reading: OracleReading,
): boolean {
  const rows = of === 'childAccount' ? childrenKnown(account, reading) : rowsKnown(of, account.facts, reading);
  const meeting = rows.filter((values) => {
    const day = { values, modelChange: 0, healthChange: null };
    const row = { ...account, fields: {}, days: new Map([[reading.day, day]]) };
    return holds(rule, row, { ...reading, closed: () => false, isSignal: () => false });
  });
  switch (quantifier) {
    case 'any':
      return meeting.length > 0;
    case 'none':
      return meeting.length === 0;
    case 'all':
      return rows.length > 0 && meeting.length === rows.length;
    case 'atLeast':
      return meeting.length >= n!;
  }
}

/** Of the third segment, which is somebody else's, the one who asks learns nothing. */
function isMember(segment: string, facts: OracleFacts, day: number): boolean {
  if (segment === SEGMENTS[2]) return false;
  const stays = facts.segment_member.some((each) => each.segment_id === segment && dayNumber(each.since_day) <= day);
  const stayed = facts.segment_event.some(
    (each) => each.segment_id === segment && dayNumber(each.since_day) <= day && day < dayNumber(each.day),
  );
  return stays || stayed;
}
