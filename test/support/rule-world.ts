import type { Catalogue } from '../../apps/api/src/db/rules/bindings.js';
import { buildCatalogue } from '../../apps/api/src/db/rules/build-catalogue.js';
import { FEATURES, PLAYBOOKS, randomFacts, TIME_ZONE, type Value } from './rule-facts.js';
import { isoDay, type OracleAccount, type OracleDay } from './rule-oracle.js';

/** Random accounts with a history of days, once as the oracle sees them and once as rows. */

export const TODAY = 20_558; // 2026-04-15
const HISTORY_DAYS = 34;
export const USERS = ['00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000b'] as const;

export const catalogue: Catalogue = buildCatalogue({
  signals: [
    { key: 'usage.active_contacts', number: 1, label: 'Active contacts', unit: 'contacts', description: '' },
    { key: 'usage.seat_utilization', number: 2, label: 'Seat utilisation', unit: 'percent', description: '' },
    { key: 'sentiment.promoter', number: 3, label: 'Promoter', unit: 'yesNo', description: '' },
    { key: 'billing.overdue_amount', number: 4, label: 'Overdue', unit: 'money', description: '' },
    { key: 'own.calls', number: 61, label: 'Calls', unit: 'number', description: '' },
  ],
  attributes: [
    { key: 'note', label: 'Note', type: 'text' },
    { key: 'size', label: 'Size', type: 'number' },
    { key: 'go_live', label: 'Go-live', type: 'date' },
    { key: 'pilot', label: 'Pilot', type: 'boolean' },
    { key: 'labels', label: 'Labels', type: 'list' },
  ],
  tiers: ['T1', 'T2', 'T3'].map((key) => ({ key, label: key })),
  stages: ['trial', 'onboarding', 'adoption'].map((key) => ({ key, label: key })),
  users: USERS.map((id) => ({ id, name: id, acts: true })),
  features: FEATURES,
  playbooks: PLAYBOOKS,
  currency: 'EUR',
  timeZone: TIME_ZONE,
});

export const TEXTS = ['SaaS', 'retail', 'Été', '100%', 'a_b', 'back\\slash', "O'Brien", '', '%'] as const;
export const NUMBERS = [0, 1, 2, 3, 10, 10.05, 50, 0.1, 0.3, -5, 99.99] as const;
export const TAGS = ['vip', 'a,b', '"quoted"', 'x_y'] as const;

/** A small generator of repeatable numbers (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function randomAccounts(count: number, seed: number): OracleAccount[] {
  const random = seeded(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const maybe = <T>(value: T): T | null => (random() < 0.25 ? null : value);
  const aDay = () => isoDay(TODAY + Math.floor(random() * 80) - 40);
  const tags = () => TAGS.filter(() => random() < 0.4);
  const steps = <T>(items: readonly T[]) => {
    // Values that stay for some days, so that held states do hold.
    let value = maybe(pick(items));
    return () => {
      if (random() < 0.15) value = maybe(pick(items));
      return value;
    };
  };
  const history = (make: () => Value, options: { dated?: boolean; nowOnly?: boolean; tellsOf?: string } = {}) => {
    const versions = options.nowOnly
      ? []
      : [...new Set([0, 1, 2].filter(() => random() < 0.6).map(() => TODAY - Math.floor(random() * 20)))]
          .sort((a, b) => a - b)
          .map((from) => ({ from, value: make() }));
    return { versions, now: versions.length > 0 ? versions.at(-1)!.value : make(), ...options };
  };
  return Array.from({ length: count }, (_, index) => {
    const days = new Map<number, OracleDay>();
    const [tier, band, stage] = [
      steps(['T1', 'T2', 'T3']),
      steps(['at_risk', 'watch', 'healthy', 'unknown']),
      steps(['trial', 'onboarding', 'adoption']),
    ];
    for (let day = TODAY - HISTORY_DAYS; day <= TODAY; day += 1) {
      const [t, b, s] = [tier(), band(), stage()];
      if (random() < 0.04 && day < TODAY - 4) continue;
      const signal = () => maybe(Math.fround(pick(NUMBERS)));
      const values: Record<string, Value> = {
        'account.status': pick(['trial', 'customer', 'churned']),
        'account.csm': maybe(pick(USERS)),
        'account.am': maybe(pick(USERS)),
        'account.arr': maybe(pick([0, 100, 10.05, 5000, 99.99, 54_089_000])),
        'account.mrr': maybe(pick([0, 10, 10.05, 0.29])),
        'account.seats': maybe(pick([0, 1, 2, 10, 50])),
        'account.customerSince': maybe(aDay()),
        'account.renewalDate': maybe(aDay()),
        'source.usage.covered': random() < 0.5,
        'usage.active_contacts': signal(),
        'usage.seat_utilization': signal(),
        'sentiment.promoter': maybe(random() < 0.5),
        'billing.overdue_amount': signal(),
        'own.calls': random() < 0.5 ? signal() : null,
        tier: t,
        'tier.raw': maybe(pick(['T1', 'T2', 'T3'])),
        'health.score': maybe(pick([0, 30.99, 31, 50, 70.5, 71, 99.99, 100])),
        'health.band': b,
        'health.trend': maybe(pick(['up', 'flat', 'down'])),
        'health.coverage': maybe(pick([0, 50, 75, 100])),
        stage: s,
      };
      const healthChange = maybe(pick([-30, -20, -9.99, 0, 10, 20.5]));
      values['health.change'] = healthChange;
      days.set(day, { values, modelChange: random() < 0.8 ? 0 : pick([-5.5, 3]), healthChange });
    }
    const id = `10000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
    const facts = randomFacts(id, TODAY, random);
    const [plan] = facts.account_plan;
    const planned = (now: Value | undefined) => ({ versions: [], now: now ?? null, nowOnly: true });
    const fields = {
      'plan.nextStep': planned(plan?.next_step),
      'plan.nextStepDay': planned(plan?.next_step_day),
      'plan.nextStepOwner': planned(plan?.next_step_user_id),
      'plan.nextStepDue': planned(null),
      'account.name': history(() => pick(TEXTS.filter((text) => text !== ''))),
      'account.externalId': { versions: [], now: `x-${index}`, nowOnly: true },
      'account.industry': history(() => maybe(pick(TEXTS))),
      'account.employees': history(() => maybe(pick([0, 1, 10, 50]))),
      'account.noticeGivenOn': history(() => maybe(aDay()), { dated: true }),
      'account.firstSeenOn': { versions: [], now: aDay(), dated: true },
      'account.leavesOn': history(() => maybe(aDay()), { tellsOf: 'account.noticeGivenOn' }),
      'account.tags': history(tags),
      'attribute.note': history(() => maybe(pick(TEXTS))),
      'attribute.size': history(() => maybe(pick(NUMBERS))),
      'attribute.go_live': history(() => maybe(aDay())),
      'attribute.pilot': history(() => maybe(random() < 0.5)),
      'attribute.labels': history(() => maybe(tags())),
    };
    return { id, days, fields, facts, owners: [null, null], parentId: null, children: [] };
  });
}

/** The same with owners, and many of them below another. */
export function inFamilies(accounts: OracleAccount[], seed: number): OracleAccount[] {
  const random = seeded(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  for (const [place, account] of accounts.entries()) {
    account.owners = [pick([...USERS, null]), pick([...USERS, null])];
    if (place === 0 || random() < 0.3) continue;
    const parent = pick(accounts.slice(0, Math.min(place, 15)));
    account.parentId = parent.id;
    parent.children.push(account);
  }
  return accounts;
}

type Row = Record<string, unknown>;

const COLUMN_FIELDS = {
  name: 'account.name',
  external_id: 'account.externalId',
  industry: 'account.industry',
  employees: 'account.employees',
  notice_given_on: 'account.noticeGivenOn',
  first_seen_on: 'account.firstSeenOn',
  leaves_on: 'account.leavesOn',
  tags: 'account.tags',
} as const;

export function accountRow(account: OracleAccount): Row {
  const at = '2026-01-01T00:00:00Z';
  const columns = Object.entries(COLUMN_FIELDS).map(([column, key]) => [column, account.fields[key]!.now]);
  const attributes = Object.entries(account.fields).filter(([key]) => key.startsWith('attribute.'));
  return {
    id: account.id,
    status: 'customer',
    parent_id: account.parentId,
    csm_user_id: account.owners[0],
    am_user_id: account.owners[1],
    ...Object.fromEntries(columns),
    attributes: Object.fromEntries(attributes.map(([key, { now }]) => [key.slice('attribute.'.length), now])),
    revision: 1,
    created_at: at,
    updated_at: at,
  };
}

export function fieldRows(account: OracleAccount): Row[] {
  return Object.entries(account.fields).flatMap(([key, { versions }]) =>
    versions.map(({ from, value }) => ({
      account_id: account.id,
      field: key.replace(/^account\./, ''),
      from_day: isoDay(from),
      value,
      source: 'test',
      observed_at: '2026-01-01T00:00:00Z',
    })),
  );
}

/** The first day of the unbroken run of days with the day's value. */
function since(account: OracleAccount, key: string, day: number): string | null {
  const value = account.days.get(day)?.values[key];
  if (value == null) return null;
  let first = day;
  while (account.days.get(first - 1)?.values[key] === value) first -= 1;
  return isoDay(first);
}

function computed(account: OracleAccount, day: number): Row {
  const { values, modelChange, healthChange } = account.days.get(day)!;
  const minor = (value: Value | undefined) => (value == null ? null : Math.round((value as number) * 100));
  const signals: (number | null)[] = [
    values['usage.active_contacts'] as number | null,
    values['usage.seat_utilization'] as number | null,
    values['sentiment.promoter'] == null ? null : Number(values['sentiment.promoter']),
    values['billing.overdue_amount'] as number | null,
  ];
  const own = values['own.calls'] as number | null;
  // An own signal lies beyond the built-in ones; older rows have shorter arrays.
  if (own !== null) signals.push(...Array.from({ length: 56 }, () => null), own);
  return {
    status: values['account.status'],
    csm_user_id: values['account.csm'],
    am_user_id: values['account.am'],
    arr_minor: minor(values['account.arr']),
    mrr_minor: minor(values['account.mrr']),
    seats: values['account.seats'],
    customer_since: values['account.customerSince'],
    renewal_date: values['account.renewalDate'],
    usage_covered: values['source.usage.covered'],
    signals,
    null_reasons: [],
    tier: values.tier,
    raw_tier: values['tier.raw'],
    tier_since: since(account, 'tier', day),
    score: values['health.score'],
    band: values['health.band'],
    band_since: since(account, 'health.band', day),
    coverage: values['health.coverage'],
    caps: [],
    model_change: modelChange,
    health_change: healthChange,
    trend: values['health.trend'],
    stage: values.stage,
    stage_since: since(account, 'stage', day),
  };
}

export function snapshotRows(account: OracleAccount): Row[] {
  return [...account.days.keys()].map((day) => ({
    account_id: account.id,
    day: isoDay(day),
    ...computed(account, day),
    stale: false,
  }));
}

function letterOf(band: Value | undefined): string {
  return { at_risk: 'a', watch: 'w', healthy: 'h', unknown: 'u' }[String(band ?? '')] ?? '-';
}

/** The state of a running day: what is computed for it, and the close of the day before beside it. */
export function stateRow(account: OracleAccount, day: number): Row {
  const closed = account.days.has(day - 1) ? computed(account, day - 1) : null;
  const ring = Array.from({ length: 30 }, (_, index) => day - 30 + index);
  const keep = ['score', 'band', 'band_since', 'tier', 'tier_since', 'stage', 'stage_since', 'signals'];
  return {
    account_id: account.id,
    as_of: isoDay(day),
    ...computed(account, day),
    ...Object.fromEntries(keep.map((column) => [`closed_${column}`, closed?.[column] ?? null])),
    score_ring: ring.map((each) => account.days.get(each)?.values['health.score'] ?? null),
    model_change_ring: ring.map((each) => account.days.get(each)?.modelChange ?? 0),
    raw_tier_ring: [],
    band_ring: ring.map((each) => letterOf(account.days.get(each)?.values['health.band'])).join(''),
    updated_at: '2026-01-01T00:00:00Z',
  };
}
