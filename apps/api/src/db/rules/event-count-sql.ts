import type { CountOperator } from '@steward/shared/rule-operators';
import type { EventCountLeaf } from '@steward/shared/rules';
import { wholeDays } from './date-sql.js';
import { eventConditions } from './event-filter-sql.js';
import { RuleNotCompilable } from './leaf-sql.js';
import type { RuleScope } from './rule-scope.js';

const SYMBOLS: Record<CountOperator, string> = { gte: '>=', gt: '>', lte: '<=', lt: '<', eq: '=' };

/**
 * The number of events on the last n days of the workspace, each row counted as often as it says. Events of internal
 * contacts are left out; those without a contact are not.
 */
export function eventCountSql(leaf: EventCountLeaf, scope: RuleScope): string {
  const { bind } = scope.binder;
  const { catalogue, day } = scope;
  const zone = bind(catalogue.timeZone);
  const conditions = [
    'e.account_id = s.account_id',
    `e.occurred_at >= (${day} - ${wholeDays(leaf.inLastDays - 1)})::timestamp AT TIME ZONE ${zone}`,
    `e.occurred_at < (${day} + 1)::timestamp AT TIME ZONE ${zone}`,
    eventConditions({ event: leaf.event, where: leaf.where ?? [] }, bind),
    `NOT EXISTS (SELECT 1 FROM steward.contact c
       WHERE c.account_id = s.account_id AND c.id = e.contact_id AND c.internal)`,
  ];
  if (scope.of === 'contact') conditions.push('e.contact_id = x.id');
  if (leaf.feature !== undefined) conditions.push(`e.feature_id = ${featureId(leaf.feature, scope)}`);
  const events = `FROM steward.event e WHERE ${conditions.join(' AND ')}`;
  // Whether there is any is known at the first one.
  if (leaf.count === 0 && leaf.op === 'eq') return `(NOT EXISTS (SELECT 1 ${events}))`;
  if (leaf.count === 1 && leaf.op === 'gte') return `EXISTS (SELECT 1 ${events})`;
  const count = `(SELECT COALESCE(sum(e.count), 0) ${events})`;
  return `(${count} ${SYMBOLS[leaf.op]} ${bind(String(leaf.count))}::numeric)`;
}

function featureId(key: string, { catalogue }: RuleScope): string {
  const id = catalogue.features.get(key);
  if (id === undefined || !Number.isSafeInteger(id)) throw new RuleNotCompilable(`there is no feature ${key}`);
  return String(id);
}
