import { addDays, type Day, type Month, toDay } from '../calendar/day.js';
import { dayOfMonth, monthOf } from '../calendar/month.js';
import { DEFAULT_FLOORS, DEFAULT_WINDOW_DAYS, type SignalContext, type SourceState } from './context.js';
import type { AccountFacts, ContactFacts, ContactMonth, FeatureMonth, SourceKey } from './facts.js';

/** Facts and contexts for specs: everything has a plain default, each example states what it is about. */

type FactsOverrides = Partial<Omit<AccountFacts, 'account' | 'usage'>> & {
  account?: Partial<AccountFacts['account']>;
  usage?: Partial<AccountFacts['usage']>;
};

export function anAccount(overrides: FactsOverrides = {}): AccountFacts {
  const { account, usage, ...rest } = overrides;
  return {
    account: {
      status: 'customer',
      live: { since: null },
      customerSince: null,
      returnedOn: null,
      churnedOn: null,
      renewalDate: null,
      arrMinor: null,
      seats: null,
      ...account,
    },
    contacts: [],
    usage: { contactMonths: [], featureMonths: [], eventMonths: [], lastActiveBefore: null, ...usage },
    eventSelections: {},
    metrics: {},
    attributes: {},
    subscriptions: [],
    invoices: [],
    tickets: [],
    answers: [],
    touchpoints: [],
    lastTouchBefore: null,
    pulses: [],
    firstFactDay: {},
    tierBefore: null,
    ...rest,
  };
}

export function aContact(overrides: Partial<ContactFacts> = {}): ContactFacts {
  return { role: null, internal: false, leftOn: null, lastSeen: null, ...overrides };
}

/** Rows of the ledger: the contact was active on these days. */
export function active(index: number, ...days: string[]): ContactMonth[] {
  return bitmaps(days).map(([month, bits]) => ({ contact: index, month, days: bits }));
}

export function used(feature: number, ...days: string[]): FeatureMonth[] {
  return bitmaps(days).map(([month, bits]) => ({ feature, month, days: bits }));
}

export function eventsOn(counts: Record<string, number>): { month: Month; counts: number[] }[] {
  const months = new Map<Month, number[]>();
  for (const [iso, count] of Object.entries(counts)) {
    const month = monthOf(toDay(iso));
    const row = months.get(month) ?? new Array<number>(31).fill(0);
    row[dayOfMonth(toDay(iso)) - 1] = count;
    months.set(month, row);
  }
  return [...months].map(([month, row]) => ({ month, counts: row }));
}

function bitmaps(days: readonly string[]): [Month, number][] {
  const months = new Map<Month, number>();
  for (const iso of days) {
    const day = toDay(iso);
    months.set(monthOf(day), (months.get(monthOf(day)) ?? 0) | (1 << (dayOfMonth(day) - 1)));
  }
  return [...months];
}

const ALL_SOURCES: SourceKey[] = [
  'events',
  'features',
  'tickets',
  'nps',
  'csat',
  'pulses',
  'touchpoints',
  'contacts',
  'invoices',
  'subscriptions',
  'seats',
  'arr',
  'renewal',
  'customerSince',
];

/** A workspace whose sources have covered all accounts for two years, as of 2026-04-15 with the day before closed. */
export function aContext(overrides: Partial<SignalContext> = {}): SignalContext {
  const asOf = overrides.asOf ?? toDay('2026-04-15');
  return {
    asOf,
    lastClosedDay: addDays(asOf, -1),
    windowDays: DEFAULT_WINDOW_DAYS,
    floors: DEFAULT_FLOORS,
    sources: Object.fromEntries(ALL_SOURCES.map((source) => [source, aSource({})])),
    metricPeriods: {},
    activeContactsMetric: null,
    trackedFeatures: 10,
    cadenceDays: { T1: 14, T2: 30, T3: 90, T4: null },
    firstTouchDay: toDay('2025-01-01'),
    minorPerMajor: 100,
    ...overrides,
  };
}

export function aSource(overrides: Partial<SourceState>): SourceState {
  return { covers: 'all', connectedOn: toDay('2024-01-01') as Day, silentDays: [], ...overrides };
}
