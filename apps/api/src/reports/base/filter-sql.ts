import { NO_TIER } from '@steward/shared/report-filters';
import type { Binder } from '../../db/rules/binder.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { OF_ACCOUNT } from '../../db/segment-stays-sql.js';
import type { Period } from '../../domain/reports/period.js';
import { monthSql } from './account-months.repository.js';
import type { ReportPage } from './report-pages.service.js';

/** True for tiers that the filters leave; `TRUE` without such a filter. */
export function tierFilterSql({ filters }: ReportPage, column: string, binder: Binder): string {
  const wanted = filters.tier ?? [];
  if (wanted.length === 0) return 'TRUE';
  const keys = wanted.filter((key) => key !== NO_TIER);
  const unset = keys.length < wanted.length ? ` OR ${column} IS NULL` : '';
  return `(${column} = ANY(${binder.bind(keys)}::text[])${unset})`;
}

/** True for the regions and plans that the filters leave, of rows that carry both. */
export function marketFilterSql({ filters }: ReportPage, alias: string, binder: Binder): string {
  const { region, product } = filters;
  const conditions = [
    ...(region === undefined ? [] : [`${alias}.region = ${binder.bind(region)}`]),
    ...(product === undefined ? [] : [`${alias}.plan = ${binder.bind(product)}`]),
  ];
  return conditions.length === 0 ? 'TRUE' : conditions.join(' AND ');
}

/**
 * The accounts that the reader may see and that belong to the owner and segment of the filters, as far as that is known of
 * today, as a condition on a column of account ids. Null: all accounts.
 */
export function accountsOfToday(page: ReportPage, column: string, binder: Binder): string | null {
  const { scope, filters } = page;
  const { owner, segment, ownerMode } = filters;
  const { bind } = binder;
  const conditions: string[] = [];
  if (scope.kind !== 'all') conditions.push(scopePredicate(scope, bind, 'o'));
  if (owner !== undefined && ownerMode === 'now') conditions.push(ownedBy('o', bind(owner)));
  if (segment !== undefined) {
    conditions.push(`EXISTS (SELECT 1 FROM steward.segment_member g
      WHERE g.account_id = o.id AND g.segment_id = ${bind(segment)}::uuid AND g.${OF_ACCOUNT})`);
  }
  if (conditions.length === 0) return null;
  // OFFSET 0 keeps the sub-query whole, so that the planner begins with it.
  return `${column} = ANY(ARRAY(SELECT o.id FROM steward.account o WHERE ${conditions.join(' AND ')} OFFSET 0))`;
}

/** True for rows that carry both owners, of which the bound id is one. */
export const ownedBy = (alias: string, id: string) =>
  `(${alias}.csm_user_id = ${id}::uuid OR ${alias}.am_user_id = ${id}::uuid)`;

/** True for rows of the owner of the filters as they were then. */
export function ownerThenSql({ filters }: ReportPage, alias: string, binder: Binder): string {
  const { owner, ownerMode } = filters;
  return owner === undefined || ownerMode === 'now' ? 'TRUE' : ownedBy(alias, binder.bind(owner));
}

/** True for months of the period. */
export function monthsBetween(column: string, { from, to }: Period, { bind }: Binder): string {
  return `${column} >= ${bind(monthSql(from))}::date AND ${column} <= ${bind(monthSql(to))}::date`;
}
