import type { OwnerRole } from '@steward/shared/portfolio';
import { accountsBehind } from '@steward/shared/report-filters';
import { EVERY_ACCOUNT } from '@steward/shared/rules';
import type { Binder } from '../../db/rules/binder.js';
import { compileRule } from '../../db/rules/compile-rule.js';
import type { RuleContext } from '../../db/rules/rule-scope.js';
import { scopePredicate } from '../../db/scope-sql.js';
import type { ReportPage } from './report-pages.service.js';

export interface PageAccounts {
  /** The state `s` of the page's day and, where something reads it, the account `a`. */
  from: string;
  where: string;
  /** The day as an SQL date; bound when it is first read. */
  readonly day: string;
}

/**
 * The accounts of a page: those that its filters leave as they stood on its day, within the reader's scope; exactly those
 * that the account list shows behind its figures. `every`: of any status. `readsAccount`: the statement names `a`.
 */
export function pageAccounts(
  page: ReportPage,
  binder: Binder,
  which: 'live' | 'every',
  { readsAccount = false } = {},
): PageAccounts {
  const { filters, day, past, scope, catalogue } = page;
  const behind = accountsBehind({ filters, day, live: !past }, { kind: which });
  const rule = behind.kind === 'accounts' ? behind.rule : EVERY_ACCOUNT;
  const compiled = compileRule(rule, { catalogue, context: contextOf(page), binder, reader: scope });
  let bound: string | null = null;
  const found: PageAccounts = {
    from: '',
    where: '',
    get day() {
      bound ??= `${binder.bind(day)}::date`;
      return bound;
    },
  };
  const where = [
    ...(past ? [`s.day = ${found.day}`] : []),
    ...(scope.kind === 'all' ? [] : [scopePredicate(scope, binder.bind)]),
    compiled.sql,
  ];
  const joined = readsAccount || compiled.readsAccount || scope.kind !== 'all';
  const state = past ? 'steward.account_snapshot s' : 'steward.account_state s';
  found.from = `FROM ${state} ${joined ? 'JOIN steward.account a ON a.id = s.account_id' : ''}`;
  found.where = where.join(' AND ');
  return found;
}

export function contextOf({ past, day }: ReportPage): RuleContext {
  return { kind: past ? 'past' : 'live', day };
}

export interface OwnerSql {
  user: string;
  /**
   * The name as delivered, where it matches nobody. What it was on an earlier day is not known. Read for those few alone,
   * instead of from the joined account of everybody.
   */
  text: string;
  /** `user` names the account `a`. */
  readsAccount: boolean;
}

/** The owner in a role, of the day or of now as the page asks. */
export function ownerSql({ filters, past }: ReportPage, role: OwnerRole): OwnerSql {
  const byNow = filters.ownerMode === 'now';
  const readsAccount = byNow && past;
  const user = readsAccount ? `a.${role}_user_id` : `s.${role}_user_id`;
  const delivered = `(SELECT o.${role}_text FROM steward.account o WHERE o.id = s.account_id)`;
  const text = byNow || !past ? `CASE WHEN ${user} IS NULL THEN ${delivered} END` : 'NULL::text';
  return { user, text, readsAccount };
}

/** The tier of the day, or of now. */
export function tierSql({ filters, past }: ReportPage): string {
  if (filters.tierMode === 'then' || !past) return 's.tier';
  return '(SELECT n.tier FROM steward.account_state n WHERE n.account_id = s.account_id)';
}
