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

/** What a rule says in one of the bar's own filters; null: nothing that they could say. */
function ownFilter(rule: Rule): Partial<AccountFilters> | null {
  if (rule.kind === 'any') {
    const owners = ownersOf(rule.rules);
    return sameRule(ownerRules(owners, ME)[0] ?? null, rule) ? { owners } : null;
  }
  if (rule.kind === 'date') {
    const isRenewal = rule.field === 'account.renewalDate' && rule.op === 'inNextDays';
    return isRenewal && rule.days !== undefined ? { renewal: rule.days } : null;
  }
  if (rule.kind !== 'compare') return null;
  const { field, op, value } = rule;
  const list = LISTED[field as keyof typeof LISTED];
  if (op === 'in' && list !== undefined && Array.isArray(value)) {
    return { [list]: value.map(String) } as Partial<AccountFilters>;
  }
  if (field !== 'account.arr') return null;
  if (op === 'gte' && typeof value === 'number') return { arrFrom: value };
  if (op === 'lte' && typeof value === 'number') return { arrTo: value };
  const [from, to] = op === 'between' && Array.isArray(value) ? value : [];
  return typeof from === 'number' && typeof to === 'number' ? { arrFrom: from, arrTo: to } : null;
}

function ownersOf(rules: readonly Rule[]): string[] {
  const listed = rules.flatMap((each) => (each.kind === 'compare' && Array.isArray(each.value) ? [each.value] : []));
  const nobody = rules.some(({ kind }) => kind === 'all') ? ['none'] : [];
  return [...(listed[0] ?? []).map(String), ...nobody];
}

/** Rules that come from the server have their parts in another order. */
function sameRule(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other;
  const [mine, theirs] = [Object.entries(one), Object.entries(other)];
  return (
    mine.length === theirs.length &&
    mine.every(([key, value]) => sameRule(value, (other as Record<string, unknown>)[key]))
  );
}

/** Stands for the signed-in person in rules that are kept. */
export const ME = 'me';

/** A rule as the bar shows it: its own filters where they say the same, all else as it is. */
export function filtersOfRule(rule: Rule): AccountFilters {
  const given = rule.kind === 'all' ? rule.rules : [rule];
  const [past, customers] = renewalRules('overdue');
  const overdue = [past, customers].map((half) => given.findIndex((each) => sameRule(each, half)));
  const isOverdue = overdue.every((at) => at >= 0);
  let filters: AccountFilters = { ...NO_FILTERS, renewal: isOverdue ? 'overdue' : null };
  for (const [at, each] of given.entries()) {
    if (isOverdue && overdue.includes(at)) continue;
    const own = ownFilter(each);
    const keys = Object.keys(own ?? {}) as (keyof AccountFilters)[];
    const isFree = keys.every((key) => sameRule(filters[key], NO_FILTERS[key]));
    filters = own !== null && isFree ? { ...filters, ...own } : { ...filters, more: [...filters.more, each] };
  }
  return filters;
}
