import { nullReasonOf, ownSignalSchema, type SignalDefinition } from '@steward/shared/signals';
import fc from 'fast-check';
import { addDays, type Day, toDay } from '../calendar/day.js';
import { BUILT_IN_SIGNALS } from './built-in.js';
import { compileSignals, computeSignals } from './compute.js';
import type { SignalContext } from './context.js';
import { explainSignal } from './evidence.js';
import { aContact, aContext, active, anAccount, aSource, used } from './facts.factory.js';
import { type AccountFacts, NO_CONTACT } from './facts.js';
import { isComputeConnected } from './inputs.js';
import { factNeeds } from './needs.js';
import { eventSelectionKey } from './read-metric.js';
import { isSilent, silentDays } from './silence.js';

const own = (overrides: Partial<SignalDefinition>): SignalDefinition => ({
  key: 'own.signal',
  number: 61,
  label: 'Own',
  unit: 'number',
  description: '',
  better: 'none',
  windowDays: null,
  change: null,
  compute: { source: 'metric', metric: 'api_calls', aggregation: 'last' },
  ...overrides,
});

function read(definition: SignalDefinition, facts: AccountFacts, context: SignalContext) {
  ownSignalSchema.parse(definition);
  const { values, nullReasons } = computeSignals(facts, compileSignals([definition], context));
  return values[60] ?? nullReasonOf(nullReasons[60] ?? 0);
}

function metricContext(period: 'day' | 'week' | 'month', overrides: Partial<SignalContext> = {}): SignalContext {
  const context = aContext({ metricPeriods: { api_calls: period }, ...overrides });
  context.sources['metric:api_calls'] = aSource({ covers: 'seen' });
  return context;
}

function withPoints(...points: [string, number][]): AccountFacts {
  return anAccount({
    firstFactDay: { 'metric:api_calls': toDay('2025-01-31') },
    metrics: { api_calls: points.map(([iso, value]) => ({ day: toDay(iso), value })) },
  });
}

describe('own signals over a metric', () => {
  const monthly = withPoints(['2025-10-31', 1000], ['2026-02-28', 800], ['2026-03-31', 650], ['2026-04-30', 1]);

  it('last takes the newest point up to the day', () => {
    expect(read(own({}), monthly, metricContext('month'))).toBe(650);
  });

  it('shows the points that a change over months holds against each other', () => {
    const change = own({ unit: 'percent', change: { daysEarlier: 152, as: 'percent', floor: 'none' } });
    // In May the newest month is still March: it is held against October, not against the month of 152 days ago.
    const on = toDay('2026-05-10');
    const points = withPoints(['2025-10-31', 1000], ['2025-11-30', 900], ['2026-03-31', 650]);
    const evidence = explainSignal(change, points, metricContext('month', { asOf: on, lastClosedDay: on }));
    expect(evidence.value).toBeCloseTo(-35, 4);
    expect(evidence.facts).toEqual([
      { label: 'api_calls of 2026-03-31', value: 650 },
      { label: 'api_calls of 2025-10-31, before', value: 1000 },
    ]);
  });

  it('last is stale when older than max(window, 1.5 periods)', () => {
    const on = (iso: string) => metricContext('month', { asOf: toDay(iso), lastClosedDay: toDay(iso) });
    const march = withPoints(['2026-03-31', 650]);
    expect(read(own({}), march, on('2026-05-16'))).toBe(650);
    expect(read(own({}), march, on('2026-05-17'))).toBe('stale');
    expect(read(own({ windowDays: 90 }), march, on('2026-06-29'))).toBe(650);
    expect(read(own({}), march, metricContext('day', { asOf: toDay('2026-04-29') }))).toBe('stale');
  });

  it('a monthly change compares months: March 650 against February 800 = −18.75 %', () => {
    const change = { daysEarlier: null, as: 'percent', floor: 'none' } as const;
    expect(read(own({ change }), monthly, metricContext('month'))).toBe(-18.75);
  });

  it('and goes back as many months as the days say: March against October = −35 %', () => {
    const change = { daysEarlier: 152, as: 'percent', floor: 'none' } as const;
    expect(read(own({ change }), monthly, metricContext('month'))).toBe(-35);
  });

  it('the first month counts whole: a source that starts in October is not silent in October', () => {
    const context = metricContext('month');
    context.sources['metric:api_calls'] = aSource({ covers: 'seen', connectedOn: toDay('2025-10-31') });
    const change = { daysEarlier: 152, as: 'percent', floor: 'none' } as const;
    expect(read(own({ change }), monthly, context)).toBe(-35);
  });

  it('sums the days of the window, 0 when there are none; averages nothing to null', () => {
    const daily = withPoints(['2026-03-18', 5], ['2026-03-19', 10], ['2026-04-15', 20]);
    const sum = own({ compute: { source: 'metric', metric: 'api_calls', aggregation: 'sum' } });
    const average = own({ compute: { source: 'metric', metric: 'api_calls', aggregation: 'average' } });
    expect(read(sum, daily, metricContext('day'))).toBe(30);
    expect(read(average, daily, metricContext('day'))).toBe(15);
    expect(read(sum, withPoints(), metricContext('day'))).toBe(0);
    expect(read(average, withPoints(), metricContext('day'))).toBe('no_data');
    expect(read(sum, anAccount(), metricContext('day'))).toBe('no_feed');
  });

  it('sums whole months of a monthly metric: 90 days = the newest three', () => {
    const account = withPoints(['2025-12-31', 1], ['2026-01-31', 10], ['2026-02-28', 20], ['2026-03-31', 30]);
    const sum = own({ windowDays: 90, compute: { source: 'metric', metric: 'api_calls', aggregation: 'sum' } });
    expect(read(sum, account, metricContext('month'))).toBe(60);
  });
});

describe('own signals over events and attributes', () => {
  const compute = {
    source: 'event',
    event: 'export',
    where: [{ property: 'format', op: 'eq', value: 'pdf' }],
    aggregation: 'count',
  } as const;
  const row = (iso: string, contact: number, count: number) => ({ day: toDay(iso), contact, count });
  const account = anAccount({
    contacts: [aContact(), aContact({ internal: true })],
    eventSelections: {
      [eventSelectionKey({ ...compute, where: [...compute.where] })]: [
        row('2026-03-18', 0, 9),
        row('2026-04-01', 0, 2),
        row('2026-04-01', NO_CONTACT, 1),
        row('2026-04-10', 1, 5),
      ],
    },
  });
  const over = (aggregation: 'count' | 'distinctContacts' | 'distinctDays' | 'daysSince') =>
    read(own({ compute: { ...compute, where: [...compute.where], aggregation } }), account, aContext());

  it('count events of one name and filter in the window', () => {
    expect(over('count')).toBe(3);
    expect(over('distinctContacts')).toBe(1);
    expect(over('distinctDays')).toBe(1);
    expect(over('daysSince')).toBe(14);
  });

  it('read an attribute as it stood on the day; a first value holds backwards', () => {
    const versions = anAccount({
      attributes: {
        licences: [
          { from: toDay('2026-04-01'), value: 12 },
          { from: toDay('2026-04-20'), value: 99 },
        ],
      },
    });
    const licences = (asOf: string) =>
      read(
        own({ compute: { source: 'attribute', attribute: 'licences', aggregation: 'last' } }),
        versions,
        aContext({ asOf: toDay(asOf) }),
      );
    expect(licences('2026-04-15')).toBe(12);
    expect(licences('2026-04-20')).toBe(99);
    expect(licences('2026-01-01')).toBe(12);
  });

  it('count the days to and since a date attribute', () => {
    const account = anAccount({ attributes: { go_live: [{ from: toDay('2026-01-01'), value: toDay('2026-04-10') }] } });
    const days = (aggregation: 'daysSince' | 'daysUntil') =>
      read(own({ compute: { source: 'attribute', attribute: 'go_live', aggregation } }), account, aContext());
    expect(days('daysSince')).toBe(5);
    expect(days('daysUntil')).toBe(-5);
  });

  it('a ratio over 0 is null, never infinite', () => {
    const ratio = own({
      compute: {
        source: 'ratio',
        of: { source: 'attribute', attribute: 'used', aggregation: 'last' },
        over: { source: 'attribute', attribute: 'bought', aggregation: 'last' },
        as: 'percent',
      },
    });
    const account = (bought: number) =>
      anAccount({
        attributes: { used: [{ from: 0 as Day, value: 3 }], bought: [{ from: 0 as Day, value: bought }] },
      });
    expect(read(ratio, account(12), aContext())).toBe(25);
    expect(read(ratio, account(0), aContext())).toBe('no_data');
  });
});

describe('a silent source', () => {
  const daily = (from: string, count: number) => Array.from({ length: count }, (_, i) => addDays(toDay(from), i));

  it('is one without a fact for three usual gaps and at least three days', () => {
    const days = daily('2026-03-01', 20);
    expect(isSilent(days, toDay('2026-03-22'))).toBe(false);
    expect(isSilent(days, toDay('2026-03-23'))).toBe(true);
    expect(silentDays([...days, toDay('2026-03-25')], toDay('2026-03-25'))).toHaveLength(4);
  });

  it('a weekly source may pause for three weeks', () => {
    const weekly = Array.from({ length: 8 }, (_, i) => addDays(toDay('2026-01-04'), 7 * i));
    expect(isSilent(weekly, addDays(toDay('2026-02-22'), 20))).toBe(false);
    expect(isSilent(weekly, addDays(toDay('2026-02-22'), 21))).toBe(true);
  });

  it('is never one with fewer than five deliveries', () => {
    expect(isSilent(daily('2026-01-01', 4), toDay('2026-04-01'))).toBe(false);
    expect(isSilent(daily('2026-01-01', 5), toDay('2026-04-01'))).toBe(true);
  });
});

describe('inputs', () => {
  const compute = (key: string) => BUILT_IN_SIGNALS.find((each) => each.key === key)!.compute;

  it('a signal is connected when all of its inputs were ever delivered by the day', () => {
    const context = aContext();
    expect(isComputeConnected(compute('usage.seat_utilization'), context)).toBe(true);
    expect(
      isComputeConnected(compute('usage.seat_utilization'), { ...context, sources: { events: aSource({}) } }),
    ).toBe(false);
    expect(isComputeConnected(compute('sentiment.nps'), { ...context, asOf: toDay('2023-12-31') })).toBe(false);
    expect(isComputeConnected(compute('adoption.breadth'), { ...context, trackedFeatures: 0 })).toBe(false);
  });

  it('name the rows to load: both windows of a change, a year back for yoy, and no month between', () => {
    const needs = factNeeds(BUILT_IN_SIGNALS, aContext());
    const months = needs.usageMonths.map((month) => `${1970 + Math.floor(month / 12)}-${(month % 12) + 1}`);
    expect(months).toEqual(['2025-3', '2025-4', '2026-2', '2026-3', '2026-4']);
    expect(needs.answersFrom).toBe(addDays(toDay('2026-04-15'), -364));
  });
});

describe('the order of facts', () => {
  const day = fc.integer({ min: toDay('2025-03-01'), max: toDay('2026-05-01') }).map((days) => days as Day);
  const iso = day.map((each) => new Date(each * 86_400_000).toISOString().slice(0, 10));
  const contact = fc.integer({ min: -1, max: 4 });
  const accounts = fc
    .record({
      usage: fc.uniqueArray(fc.record({ contact, iso }), {
        maxLength: 25,
        selector: (r) => `${r.contact} ${r.iso.slice(0, 7)}`,
      }),
      features: fc.uniqueArray(fc.record({ feature: fc.nat(5), iso }), {
        maxLength: 12,
        selector: (r) => `${r.feature} ${r.iso.slice(0, 7)}`,
      }),
      tickets: fc.array(
        fc.record({ opened: day, hours: fc.nat(100), satisfaction: fc.option(fc.integer({ min: 1, max: 5 })) }),
        { maxLength: 8 },
      ),
      answers: fc.array(fc.record({ kind: fc.constantFrom('nps', 'csat'), day, score: fc.nat(10), contact }), {
        maxLength: 12,
      }),
      touchpoints: fc.array(fc.record({ day, counts: fc.boolean(), contacts: fc.array(fc.nat(4), { maxLength: 3 }) }), {
        maxLength: 8,
      }),
      pulses: fc.uniqueArray(fc.record({ day, value: fc.integer({ min: 1, max: 6 }) }), {
        maxLength: 4,
        selector: (p) => p.day,
      }),
    })
    .map((rows) =>
      anAccount({
        account: { seats: 10, customerSince: toDay('2025-01-01') },
        contacts: [
          aContact({ role: 'champion' }),
          aContact(),
          aContact(),
          aContact({ internal: true }),
          aContact({ role: 'champion' }),
        ],
        usage: {
          contactMonths: rows.usage.flatMap((row) => active(row.contact, row.iso)),
          featureMonths: rows.features.flatMap((row) => used(row.feature, row.iso)),
        },
        tickets: rows.tickets.map((t) => ({
          opened: t.opened,
          closed: addDays(t.opened, t.hours),
          priority: 'urgent',
          resolutionHours: t.hours,
          satisfaction: t.satisfaction,
        })),
        answers: rows.answers,
        touchpoints: rows.touchpoints,
        pulses: rows.pulses,
        tierBefore: 'T1',
      }),
    );

  const turned = (facts: AccountFacts): AccountFacts => ({
    ...facts,
    usage: {
      ...facts.usage,
      contactMonths: facts.usage.contactMonths.toReversed(),
      featureMonths: facts.usage.featureMonths.toReversed(),
    },
    tickets: facts.tickets.toReversed(),
    answers: facts.answers.toReversed(),
    touchpoints: facts.touchpoints.toReversed(),
    pulses: facts.pulses.toReversed(),
  });

  it('does not matter, and computing twice gives the same', () => {
    const compiled = compileSignals(BUILT_IN_SIGNALS, aContext());
    fc.assert(
      fc.property(accounts, (account) => {
        const once = computeSignals(account, compiled);
        expect(computeSignals(turned(account), compiled)).toEqual(once);
        expect(computeSignals(account, compiled)).toEqual(once);
      }),
    );
  });

  it('nothing dated after the day is read', () => {
    const compiled = compileSignals(BUILT_IN_SIGNALS, aContext());
    const asOf = toDay('2026-04-15');
    fc.assert(
      fc.property(accounts, (account) => {
        const known: AccountFacts = {
          ...account,
          tickets: account.tickets.filter((ticket) => ticket.opened <= asOf),
          answers: account.answers.filter((answer) => answer.day <= asOf),
          touchpoints: account.touchpoints.filter((touch) => touch.day <= asOf),
          pulses: account.pulses.filter((pulse) => pulse.day <= asOf),
        };
        expect(computeSignals(account, compiled)).toEqual(computeSignals(known, compiled));
      }),
    );
  });

  it('a value is there or has its reason, never both', () => {
    const compiled = compileSignals(BUILT_IN_SIGNALS, aContext());
    fc.assert(
      fc.property(accounts, (account) => {
        const { values, nullReasons } = computeSignals(account, compiled);
        for (const definition of BUILT_IN_SIGNALS) {
          const slot = definition.number - 1;
          expect(values[slot] === null).toBe(nullReasons[slot] !== 0);
          if (values[slot] !== null) expect(Number.isFinite(values[slot])).toBe(true);
        }
      }),
    );
  });
});
