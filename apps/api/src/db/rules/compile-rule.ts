import { relatedStage } from '@steward/shared/related';
import { fieldsRead, leavesOf, type RelatedLeaf, type Rule } from '@steward/shared/rules';
import type { Scope } from '../../platform/auth/scope.js';
import type { Binder } from './binder.js';
import type { Catalogue } from './bindings.js';
import { arrayOfCases, type Case } from './cases-sql.js';
import { changeSql } from './change-sql.js';
import { compareFieldsSql, compareSql } from './compare-sql.js';
import { dateSql } from './date-sql.js';
import { eventCountSql } from './event-count-sql.js';
import { fieldSql, rowReading } from './field-sql.js';
import { heldSql } from './held-sql.js';
import { memberSql } from './member-sql.js';
import { relatedCatalogue } from './related-fields.js';
import { RELATED_ROWS } from './related-rows.js';
import type { RuleContext, RuleScope } from './rule-scope.js';
import { accountValuesSql, datesOfContacts, steadyThroughSql } from './steady-sql.js';
import { transitionSql } from './transition-sql.js';

export interface CompiledRule {
  /** A boolean expression over `s` and, where `readsAccount`, `a`. Never NULL. */
  sql: string;
  readsAccount: boolean;
  /** Fields read as they are now although the rule is about an earlier day. */
  nowOnlyFields: string[];
}

export interface CompiledRules extends CompiledRule {
  /** To be joined after all other rows, where `gathers` was asked for: what several conditions look up. May be empty. */
  gathered: string;
  /** How long they stay as they are; null where `tellsSteady` was not asked for. */
  steadiness: SteadyRules | null;
}

export interface SteadyRules {
  /** A date, or NULL: the last day through which every rule says of a contact what it says on the day. */
  through: string;
  /** What they read of the account beside the day. */
  accountValues: string[];
}

/** What fields are read with; rules as well. */
export interface ReadOptions {
  catalogue: Catalogue;
  context: RuleContext;
  binder: Binder;
  asker?: RuleScope['asker'];
  /** Accounts, where it is not said. */
  of?: RuleScope['of'];
  manyAccounts?: boolean;
}

export interface CompileOptions extends ReadOptions {
  /** Whose accounts a rule may ask for beside those that it is put to; null, for runs alone: everybody's. */
  reader: Scope | null;
  /** What several conditions look up is looked up once, for each row: the caller joins it. */
  gathers?: boolean;
  /** Says how long the rules stay as they are while nothing arrives: of rules over contacts that are all `isSteady`. */
  tellsSteady?: boolean;
}

/** One rule as an SQL condition. The rule must have passed `checkRule`; what it did not check is refused here too. */
export function compileRule(rule: Rule, options: CompileOptions): CompiledRule {
  const scope = scopeOfRules(options);
  return { sql: nodeSql(rule, scope), ...found(scope) };
}

/**
 * Many rules in one statement: an `int[]` of the places (from 0) of those that hold, in order. All of a stage's rules are
 * asked at once, because values passed back in between cost several times as much. `where`: a condition on the rows that
 * a rule is put to; on others it does not hold.
 */
export function compileRules(
  rules: readonly Rule[],
  options: CompileOptions,
  where: (index: number) => string | null = () => null,
): CompiledRules {
  const scope = scopeOfRules(options);
  const gathered = options.gathers
    ? gatherFields(rules, scope, options.tellsSteady ? rules.flatMap(datesOfContacts) : [])
    : '';
  const cases = rules.map((rule, index) => ({
    where: where(index),
    conditions: conjunctsOf(rule, scope),
    value: `${index}`,
  }));
  const sql = cases.length === 0 ? `'{}'::int[]` : `array_remove(${arrayOfCases(cases, 'int')}, NULL)`;
  const steadiness = options.tellsSteady
    ? { through: steadyThroughSql(rules, scope), accountValues: accountValuesSql(rules, scope) }
    : null;
  return { sql, gathered, steadiness, ...found(scope) };
}

/** A rule with its conditions: those of which it is to be told whether they hold. Null: one holds wherever the rule does. */
export interface RuleWithLeaves {
  rule: Rule;
  leaves: readonly (Rule | null)[];
}

/**
 * Many rules in one statement, each with its conditions: a text of those that hold, in order, as their places (from 0) and
 * a digit for each of their conditions: `3 1101,7 11`. Conditions are asked only where their rule holds.
 */
export function compileRulesWithLeaves(asked: readonly RuleWithLeaves[], options: CompileOptions): CompiledRule {
  const scope = scopeOfRules(options);
  const cases = asked.map(({ rule, leaves }, place) => ({
    conditions: conjunctsOf(rule, scope),
    value: digitsSql(place, leaves, scope),
  }));
  return { sql: joinedTexts(cases), ...found(scope) };
}

/** The same of the conditions of each rule alone, on rows that `where` puts it to. */
export function compileLeaves(
  asked: readonly (readonly Rule[])[],
  options: CompileOptions,
  where: (index: number) => string,
): CompiledRule {
  const scope = scopeOfRules(options);
  const cases = asked.map((leaves, place) => ({
    where: where(place),
    conditions: [],
    value: digitsSql(place, leaves, scope),
  }));
  return { sql: joinedTexts(cases), ...found(scope) };
}

/** Reads what these texts say: by the place of a rule, a digit for each of its conditions. */
export function readLeaves(text: string): [place: number, digits: string][] {
  if (text === '') return [];
  return text.split(',').map((each) => {
    const end = each.indexOf(' ');
    return [Number(each.slice(0, end)), each.slice(end + 1)];
  });
}

function digitsSql(place: number, leaves: readonly (Rule | null)[], scope: RuleScope): string {
  const digits = leaves.map((leaf) =>
    leaf === null ? `'1'` : `CASE WHEN ${nodeSql(leaf, scope)} THEN '1' ELSE '0' END`,
  );
  return [`'${place} '`, ...digits].join(' || ');
}

const joinedTexts = (cases: readonly Case[]) =>
  cases.length === 0 ? `''` : `array_to_string(${arrayOfCases(cases, 'text')}, ',')`;

/** OFFSET: PostgreSQL would put the look-up back into each condition. `again`: what is read beside the rules as well. */
function gatherFields(rules: readonly Rule[], scope: RuleScope, again: readonly string[]): string {
  const read = [...rules.flatMap((rule) => leavesOf(rule).flatMap(fieldsRead)), ...again];
  const often = [...new Set(read.filter((key, place) => read.indexOf(key) !== place))];
  const columns = often.flatMap((key) => {
    const bound = scope.catalogue.fields.get(key);
    if (bound?.binding.kind !== 'row') return [];
    return [{ key, sql: fieldSql(scope, bound).sql }];
  });
  columns.forEach(({ key }, place) => {
    scope.gathered.set(key, `r.v${place}`);
  });
  if (columns.length === 0) return '';
  return `CROSS JOIN LATERAL (SELECT ${columns.map(({ sql }, place) => `${sql} AS v${place}`).join(', ')} OFFSET 0) AS r`;
}

function scopeOfRules(options: CompileOptions): RuleScope {
  const scope = openRuleScope(options);
  scope.reader = options.reader;
  return scope;
}

/** What field expressions of one statement are made in: columns and sorts share it with rules. */
export function openRuleScope(options: ReadOptions): RuleScope {
  const { catalogue, context, binder, asker = null, of = 'account', manyAccounts = false } = options;
  let day: string | null = null;
  return {
    of,
    manyAccounts,
    catalogue,
    context,
    binder,
    asker,
    // Bound when it is first read: a parameter that no expression names is refused by the database.
    get day() {
      day ??= `${binder.bind(context.day)}::date`;
      return day;
    },
    gathered: new Map(),
    seldomLookedUp: new Set(),
    readsAccount: false,
    nowOnlyFields: new Set(),
  };
}

function found(scope: RuleScope): Pick<CompiledRule, 'readsAccount' | 'nowOnlyFields'> {
  return { readsAccount: scope.readsAccount, nowOnlyFields: [...scope.nowOnlyFields] };
}

function nodeSql(rule: Rule, scope: RuleScope): string {
  switch (rule.kind) {
    case 'all':
      return joined(rule.rules, ' AND ', 'TRUE', scope);
    case 'any':
      return joined(rule.rules, ' OR ', 'FALSE', scope);
    case 'not':
      return `(NOT ${nodeSql(rule.rule, scope)})`;
    case 'atLeast':
      return atLeastSql(
        rule.rules.map((each) => nodeSql(each, scope)),
        Math.trunc(rule.n),
      );
    case 'compare':
      return compareSql(rule, scope);
    case 'date':
      return dateSql(rule, scope);
    case 'compareFields':
      return compareFieldsSql(rule, scope);
    case 'change':
      return changeSql(rule, scope);
    case 'held':
      return heldSql(rule, scope);
    case 'eventCount':
      return eventCountSql(rule, scope);
    case 'transition':
      return transitionSql(rule, scope);
    case 'related':
      return relatedSql(rule, scope);
    case 'member':
      return memberSql(rule, scope);
  }
}

const NAMES_ACCOUNT = /\b[sa]\./;

/** The account's rows of a kind, of those known on the day: whether any, none, all or enough of them meet the rule. */
function relatedSql({ of, quantifier, n = 1, rule }: RelatedLeaf, scope: RuleScope): string {
  const { from, known: knownSql } = RELATED_ROWS[of];
  const reading = rowReading(scope, relatedStage(of));
  const table = from(reading);
  const known = knownSql(reading);
  const rows = `FROM ${table} x WHERE x.account_id = s.account_id AND ${known}`;
  const meets = nodeSql(rule, rowScope(scope, relatedCatalogue(of, scope.catalogue)));
  const any = `EXISTS (SELECT 1 ${rows} AND ${meets})`;
  switch (quantifier) {
    case 'any':
      return any;
    case 'none':
      return `(NOT ${any})`;
    case 'all':
      return `(EXISTS (SELECT 1 ${rows}) AND NOT EXISTS (SELECT 1 ${rows} AND NOT ${meets}))`;
    case 'atLeast':
      if (n === 1) return any;
      // Rows that name nothing of the account are counted once for all.
      if (scope.manyAccounts && !NAMES_ACCOUNT.test(`${known} ${meets}`)) {
        return `(s.account_id IN (SELECT x.account_id FROM ${table} x WHERE ${known} AND ${meets}
          GROUP BY x.account_id HAVING count(*) >= ${Math.trunc(n)}))`;
      }
      // Enough of them are known at the last that is needed.
      return `EXISTS (SELECT 1 ${rows} AND ${meets} OFFSET ${Math.trunc(n) - 1})`;
  }
}

/** The same question with other fields; the day's parameter is shared. */
function rowScope(scope: RuleScope, catalogue: Catalogue): RuleScope {
  const { of, context, binder, asker, reader, nowOnlyFields, manyAccounts, seldomLookedUp } = scope;
  return {
    of,
    manyAccounts,
    catalogue,
    context,
    binder,
    asker,
    reader,
    nowOnlyFields,
    seldomLookedUp,
    gathered: new Map(),
    readsAccount: false,
    get day() {
      return scope.day;
    },
  };
}

function joined(rules: readonly Rule[], by: string, none: string, scope: RuleScope): string {
  if (rules.length === 0) return none;
  return `(${inOrderOfCost(rules, scope).join(by)})`;
}

/** What looks nothing up comes first: it often decides, and the order of conditions says nothing. */
function inOrderOfCost(rules: readonly Rule[], scope: RuleScope): string[] {
  const conditions = rules.map((each) => {
    const sql = nodeSql(each, scope);
    return { sql, lookUps: lookUps(withoutSeldom(sql, scope)) };
  });
  return conditions.sort((a, b) => a.lookUps - b.lookUps).map(({ sql }) => sql);
}

/** The conditions that a rule holds with, all of them; none: it always holds. */
function conjunctsOf(rule: Rule, scope: RuleScope): string[] {
  const all = (node: Rule): Rule[] => (node.kind === 'all' ? node.rules.flatMap(all) : [node]);
  return inOrderOfCost(all(rule), scope);
}

/** Look-ups are made only where what is known without them leaves it open. */
function atLeastSql(conditions: readonly string[], n: number): string {
  const sum = (of: readonly string[]) => (of.length === 0 ? '0' : of.map((each) => `${each}::int`).join(' + '));
  const cheap = conditions.filter((each) => lookUps(each) === 0);
  const costly = conditions.filter((each) => lookUps(each) > 0);
  const enough = `(${sum([...cheap, ...costly])} >= ${n})`;
  if (cheap.length === 0 || costly.length === 0) return enough;
  const known = sum(cheap);
  return `(CASE WHEN ${known} >= ${n} THEN TRUE WHEN ${known} < ${n - costly.length} THEN FALSE ELSE ${enough} END)`;
}

/** The same without what is seldom looked up. */
function withoutSeldom(sql: string, { seldomLookedUp }: RuleScope): string {
  return [...seldomLookedUp].reduce((rest, value) => rest.replaceAll(value, ''), sql);
}

const lookUps = (sql: string) => sql.split('SELECT').length - 1;
