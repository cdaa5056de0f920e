import type { AccountStatus, Band } from '@steward/shared/common';
import type { Rule } from '@steward/shared/rules';
import { type AccountFilters, NO_FILTERS } from './filters.js';

const anyOf = (field: string, values: readonly string[]): Rule[] =>
  values.length === 0 ? [] : [{ kind: 'compare', field, op: 'in', value: [...values] }];

/** `me` stands for the signed-in person; an owner is the account's csm or its am. */
function ownerRules(owners: readonly string[], myId: string): Rule[] {
  if (owners.length === 0) return [];
  const ids = [...new Set(owners.filter((owner) => owner !== 'none').map((owner) => (owner === 'me' ? myId : owner)))];
  const rules: Rule[] = ids.length === 0 ? [] : [...anyOf('account.csm', ids), ...anyOf('account.am', ids)];
  if (owners.includes('none')) {
    rules.push({
      kind: 'all',
      rules: [
        { kind: 'compare', field: 'account.csm', op: 'isNotSet' },
        { kind: 'compare', field: 'account.am', op: 'isNotSet' },
      ],
    });
  }
  return [{ kind: 'any', rules }];
}

function arrRules({ arrFrom, arrTo }: AccountFilters): Rule[] {
  const field = 'account.arr';
  if (arrFrom !== null && arrTo !== null) return [{ kind: 'compare', field, op: 'between', value: [arrFrom, arrTo] }];
  if (arrFrom !== null) return [{ kind: 'compare', field, op: 'gte', value: arrFrom }];
  return arrTo === null ? [] : [{ kind: 'compare', field, op: 'lte', value: arrTo }];
}

function renewalRules(renewal: AccountFilters['renewal']): Rule[] {
  const field = 'account.renewalDate';
  if (renewal === null) return [];
  if (renewal !== 'overdue') return [{ kind: 'date', field, op: 'inNextDays', days: renewal }];
  return [
    { kind: 'date', field, op: 'moreThanDaysAgo', days: 0 },
    { kind: 'compare', field: 'account.status', op: 'eq', value: 'customer' },
  ];
}

/** The filter bar in the rule language; null when nothing but the search text is set, which the server matches itself. */
export function ruleOfFilters(filters: AccountFilters, myId: string): Rule | null {
  const rules: Rule[] = [
    ...anyOf('health.band', filters.bands),
    ...anyOf('tier', filters.tiers),
    ...anyOf('stage', filters.stages),
    ...anyOf('account.status', filters.statuses),
    ...ownerRules(filters.owners, myId),
    ...arrRules(filters),
    ...renewalRules(filters.renewal),
    ...filters.more,
  ];
  return rules.length === 0 ? null : { kind: 'all', rules };
}

const LISTED = { 'health.band': 'bands', tier: 'tiers', stage: 'stages', 'account.status': 'statuses' } as const;

/** A rule as the bar shows it: lists of bands, tiers, stages and states as its own filters, all else as it is. */
export function filtersOfRule(rule: Rule): AccountFilters {
  const filters: AccountFilters = { ...NO_FILTERS };
  for (const each of rule.kind === 'all' ? rule.rules : [rule]) {
    const list = each.kind === 'compare' && each.op === 'in' ? LISTED[each.field as keyof typeof LISTED] : undefined;
    const value = each.kind === 'compare' && Array.isArray(each.value) ? each.value.map(String) : [];
    if (list === undefined || filters[list].length > 0) filters.more = [...filters.more, each];
    else if (list === 'bands') filters.bands = value as Band[];
    else if (list === 'statuses') filters.statuses = value as AccountStatus[];
    else filters[list] = value;
  }
  return filters;
}
