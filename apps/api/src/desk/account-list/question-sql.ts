import type { IsoDay } from '@steward/shared/common';
import type { ReportPart } from '@steward/shared/report-parts';
import type { Rule } from '@steward/shared/rules';
import type { SegmentOf } from '@steward/shared/segments';
import { Binder, escapeLike } from '../../db/rules/binder.js';
import type { Catalogue } from '../../db/rules/bindings.js';
import { compileRule, openRuleScope } from '../../db/rules/compile-rule.js';
import { contactsKnown } from '../../db/rules/contact-fields.js';
import { type PartReading, reportPartSql } from '../../db/rules/report-part-sql.js';
import type { RuleContext, RuleScope } from '../../db/rules/rule-scope.js';
import type { SortKey } from '../../db/rules/sort-sql.js';
import { scopePredicate } from '../../db/scope-sql.js';
import type { Scope } from '../../platform/auth/scope.js';

/** Which accounts, as of when, for whom. `past`: a day before today, answered from its snapshots. */
export interface AccountQuestion {
  catalogue: Catalogue;
  scope: Scope;
  asker: RuleScope['asker'];
  day: IsoDay;
  past: boolean;
  rule: Rule | null;
  text: string;
  /** What figures of reports ask besides, and what it is read with. */
  parts?: { asked: readonly ReportPart[]; reading: PartsOfWorkspace };
  /** What the rule is put to: accounts, where it is not said. */
  of?: SegmentOf;
}

export type PartsOfWorkspace = Omit<PartReading, 'binder' | 'day' | 'past'>;

export interface Matching {
  binder: Binder;
  fields: RuleScope;
  /** FROM and WHERE over `s`, which is the state where nothing else is said, and, where something reads it, `a`. */
  sql: (table?: string) => string;
  nowOnlyFields: () => string[];
}

export function contextOf({ day, past }: AccountQuestion): RuleContext {
  return { kind: past ? 'past' : 'live', day };
}

export function stateOf({ past }: AccountQuestion): string {
  return past ? 'steward.account_snapshot s' : 'steward.account_state s';
}

/** Every account of today, for somebody who sees them all. */
export function asksForAll({ past, scope, rule, text, parts, of = 'account' }: AccountQuestion): boolean {
  return !past && scope.kind === 'all' && rule === null && text === '' && parts === undefined && of === 'account';
}

const KEPT_WITH_TERMS = new Set(['account.arr', 'account.renewalDate']);

/** Where all accounts are found in this order without a look at their states. */
export function isOrderOfTerms(question: AccountQuestion, [key, next]: readonly SortKey[]): boolean {
  return key !== undefined && next === undefined && KEPT_WITH_TERMS.has(key.field) && asksForAll(question);
}

export function snapshotDay({ past }: AccountQuestion, fields: RuleScope, word: 'WHERE' | 'AND'): string {
  return past ? `${word} s.day = ${fields.day}` : '';
}

/** What an index holds in order, asked for the other way round. */
export interface WalkedBackwards {
  column: string;
  direction: 'ASC' | 'DESC';
  /** False: of the account itself, and always set. */
  mayBeUnset: boolean;
}

/** An index holds what is not set at one end: walked the other way, it would come first. */
export function walkedBackwards(question: AccountQuestion, sort: readonly SortKey[]): WalkedBackwards | null {
  const [key] = sort;
  if (key === undefined || sort.length > 1 || question.past) return null;
  switch (`${key.field} ${key.direction}`) {
    case 'account.arr asc':
      return { column: 's.arr_minor', direction: 'ASC', mayBeUnset: true };
    case 'account.renewalDate desc':
      return isOrderOfTerms(question, sort) ? { column: 's.renewal_date', direction: 'DESC', mayBeUnset: true } : null;
    case 'health.score desc':
      return { column: 's.score', direction: 'DESC', mayBeUnset: true };
    case 'account.name desc':
      return { column: 'lower(a.name)', direction: 'DESC', mayBeUnset: false };
    default:
      return null;
  }
}

/** `manyAccounts`: all that match are read, and most accounts may. */
export function matchingAccounts(question: AccountQuestion, ownFirst = false, manyAccounts = false): Matching {
  const { catalogue, asker, scope, rule, text, of = 'account' } = question;
  const binder = new Binder();
  const context = contextOf(question);
  const fields = openRuleScope({ catalogue, asker, context, binder, of, manyAccounts });
  const conditions: string[] = [];
  const nowOnly = new Set<string>();
  const contacts = of === 'contact' ? `JOIN steward.contact x ON ${contactsKnown(fields.day)}` : '';
  if (question.past) conditions.push(`s.day = ${fields.day}`);
  if (scope.kind !== 'all') {
    const own = scopePredicate(scope, binder.bind, ownFirst ? 'o' : 'a');
    if (ownFirst) {
      // OFFSET 0 keeps the sub-query whole, so that the planner begins with it.
      conditions.push(`s.account_id = ANY(ARRAY(SELECT o.id FROM steward.account o WHERE ${own} OFFSET 0))`);
    } else {
      conditions.push(own);
      fields.readsAccount = true;
    }
  }
  if (rule !== null) {
    const compiled = compileRule(rule, { catalogue, asker, reader: scope, context, binder, of, manyAccounts });
    conditions.push(compiled.sql);
    fields.readsAccount ||= compiled.readsAccount;
    for (const key of compiled.nowOnlyFields) nowOnly.add(key);
  }
  if (question.parts) {
    const { day, past, parts } = question;
    const reading = { binder, day, past, ...parts.reading };
    conditions.push(...parts.asked.map((part) => reportPartSql(part, reading)));
    fields.readsAccount = true;
  }
  if (text !== '') {
    const pattern = binder.bind(`%${escapeLike(text)}%`);
    conditions.push(`(a.name ILIKE ${pattern} OR a.external_id ILIKE ${pattern} OR a.domain ILIKE ${pattern})`);
    fields.readsAccount = true;
  }
  const where = conditions.length === 0 ? 'TRUE' : conditions.join(' AND ');
  return {
    binder,
    fields,
    sql: (table = stateOf(question)) =>
      `FROM ${table} ${contacts}
       ${fields.readsAccount ? 'JOIN steward.account a ON a.id = s.account_id' : ''} WHERE ${where}`,
    nowOnlyFields: () => [...new Set([...nowOnly, ...fields.nowOnlyFields])],
  };
}
