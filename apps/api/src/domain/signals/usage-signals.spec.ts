import { addDays, toDay } from '../calendar/day.js';
import { aContact, aContext, active, anAccount, aSource, eventsOn, used } from './facts.factory.js';
import { type AccountFacts, NO_CONTACT } from './facts.js';
import { read, without } from './read-signal.factory.js';

describe('usage', () => {
  // Window: 19 March … 15 April. Three contacts in it, one of them internal, one only before it.
  const account = anAccount({
    account: { seats: 8 },
    contacts: [aContact(), aContact(), aContact({ internal: true }), aContact()],
    usage: {
      contactMonths: [
        ...active(0, '2026-03-19', '2026-04-01', '2026-04-15'),
        ...active(1, '2026-04-01'),
        ...active(2, '2026-04-02', '2026-04-03'),
        ...active(3, '2026-03-18'),
        ...active(NO_CONTACT, '2026-04-10'),
      ],
      featureMonths: [...used(1, '2026-04-01'), ...used(1, '2026-03-20'), ...used(2, '2026-03-18')],
      eventMonths: eventsOn({ '2026-03-18': 100, '2026-03-19': 7, '2026-04-15': 5, '2026-04-16': 50 }),
    },
  });

  it('counts distinct contacts of the window; internal ones count nowhere', () => {
    expect(read('usage.active_contacts', account)).toBe(2);
  });

  it('seat utilisation = 2 of 8 seats = 25 %', () => {
    expect(read('usage.seat_utilization', account)).toBe(25);
    expect(read('usage.seat_utilization', anAccount({ account: { seats: 0 } }))).toBe('no_seats');
  });

  it('active days: 19 March, 1, 10 and 15 April', () => {
    expect(read('usage.active_days', account)).toBe(4);
  });

  it('stickiness = (3 + 1) contact days ÷ 28 ÷ 2 contacts', () => {
    expect(read('usage.stickiness', account)).toBeCloseTo((4 / 28 / 2) * 100, 5);
    expect(read('usage.stickiness', anAccount())).toBe('no_usage');
  });

  it('events of the window only, and never a day later than asOf', () => {
    expect(read('usage.events', account)).toBe(12);
  });

  it('breadth = 1 of 10 tracked features = 10 %; null where none is tracked', () => {
    expect(read('adoption.features', account)).toBe(1);
    expect(read('adoption.breadth', account)).toBe(10);
    expect(read('adoption.breadth', account, aContext({ trackedFeatures: 0 }))).toBe('not_tracked');
  });

  it('days since activity reads back past the months loaded', () => {
    expect(read('usage.days_since_activity', account)).toBe(0);
    const older = anAccount({ usage: { lastActiveBefore: toDay('2025-12-31') } });
    expect(read('usage.days_since_activity', older)).toBe(105);
    expect(read('usage.days_since_activity', anAccount())).toBe('no_data');
  });

  it('is 0 where events cover the account, and null where they do not', () => {
    expect(read('usage.active_contacts', anAccount())).toBe(0);
    expect(read('usage.active_contacts', anAccount(), without('events'))).toBe('no_feed');
    const seen = aContext();
    seen.sources.events = aSource({ covers: 'seen' });
    expect(read('usage.active_contacts', anAccount(), seen)).toBe('no_feed');
    expect(read('usage.active_contacts', anAccount({ firstFactDay: { events: toDay('2025-01-01') } }), seen)).toBe(0);
    expect(read('usage.active_contacts', anAccount({ firstFactDay: { events: toDay('2026-04-16') } }), seen)).toBe(
      'no_feed',
    );
  });

  it('takes the mapped metric for an account that never had events', () => {
    const mapped = aContext({ activeContactsMetric: 'mau', metricPeriods: { mau: 'month' } });
    mapped.sources['metric:mau'] = aSource({ covers: 'seen' });
    const account = anAccount({
      account: { seats: 50 },
      firstFactDay: { 'metric:mau': toDay('2025-12-31') },
      metrics: {
        mau: [
          { day: toDay('2026-02-28'), value: 20 },
          { day: toDay('2026-03-31'), value: 15 },
        ],
      },
    });
    expect(read('usage.active_contacts', account, mapped)).toBe(15);
    expect(read('usage.active_contacts_change', account, mapped)).toBe(-25);
    expect(read('usage.seat_utilization', account, mapped)).toBe(30);
  });
});

describe('change', () => {
  // Complete days: current 18 March … 14 April, before 18 February … 17 March.
  const contacts = (now: number, before: number) =>
    anAccount({
      contacts: Array.from({ length: 10 }, () => aContact()),
      usage: {
        contactMonths: [
          ...Array.from({ length: now }, (_, i) => active(i, '2026-03-18')).flat(),
          ...Array.from({ length: before }, (_, i) => active(i, '2026-03-17')).flat(),
        ].reduce<AccountFacts['usage']['contactMonths']>((rows, row) => {
          const known = rows.find((each) => each.contact === row.contact && each.month === row.month);
          if (known) known.days |= row.days;
          else rows.push({ ...row });
          return rows;
        }, []),
      },
    });
  const change = (facts: AccountFacts, context = aContext()) => read('usage.active_contacts_change', facts, context);

  it('6 now against 8 before = −25 %', () => {
    expect(change(contacts(6, 8))).toBe(-25);
  });

  it('both 0: no usage; before 0: new; before under 3: too little to compare', () => {
    expect(change(contacts(0, 0))).toBe('no_usage');
    expect(change(contacts(4, 0))).toBe('new');
    expect(change(contacts(4, 2))).toBe('too_little');
    expect(change(contacts(0, 3))).toBe(-100);
  });

  it('leaves the running day out, so that a morning never looks like a decline', () => {
    const account = contacts(6, 8);
    account.usage.contactMonths.push(...active(9, '2026-04-15'));
    expect(change(account)).toBe(-25);
    expect(change(account, aContext({ lastClosedDay: toDay('2026-04-15') }))).not.toBe(-25);
  });

  it('needs an account that was live for both windows', () => {
    const account = contacts(6, 8);
    account.account.live = { since: toDay('2026-02-18') };
    expect(change(account)).toBe(-25);
    account.account.live = { since: toDay('2026-02-19') };
    expect(change(account)).toBe('not_live');
    account.account.live = null;
    expect(change(account)).toBe('not_live');
  });

  it('is null when more than 20 % of a window was silent (6 of 28 days; 5 are 17.9 %)', () => {
    const silentFor = (days: number) => {
      const context = aContext();
      const silentDays = Array.from({ length: days }, (_, i) => addDays(toDay('2026-03-01'), i));
      context.sources.events = aSource({ silentDays });
      return context;
    };
    expect(change(contacts(6, 8), silentFor(5))).toBe(-25);
    expect(change(contacts(6, 8), silentFor(6))).toBe('silent');
  });

  it('is null when the metric was silent that stands in where events were never delivered', () => {
    const monthly = [
      { day: toDay('2026-02-28'), value: 40 },
      { day: toDay('2026-03-31'), value: 30 },
    ];
    const account = anAccount({ metrics: { people: monthly }, firstFactDay: { 'metric:people': toDay('2026-02-28') } });
    const since = (silentDays: ReturnType<typeof toDay>[]) => {
      const context = aContext({ activeContactsMetric: 'people', metricPeriods: { people: 'month' } });
      delete context.sources.events;
      context.sources['metric:people'] = aSource({ silentDays });
      return change(account, context);
    };
    expect(since([])).toBe(-25);
    expect(since(Array.from({ length: 6 }, (_, i) => addDays(toDay('2026-03-20'), i)))).toBe('silent');
  });

  it('counts days before the source was connected as silent', () => {
    const context = aContext();
    context.sources.events = aSource({ connectedOn: toDay('2026-02-28') });
    expect(change(contacts(6, 8), context)).toBe('silent');
  });

  it('year over year holds the same 28 days against those 364 days earlier', () => {
    const account = anAccount({
      contacts: [aContact(), aContact(), aContact(), aContact()],
      usage: {
        contactMonths: [
          ...[0, 1, 2].flatMap((i) => active(i, '2026-04-14')),
          ...[0, 1, 2, 3].flatMap((i) => active(i, '2025-04-15')),
        ],
      },
    });
    expect(read('usage.active_contacts_yoy', account)).toBe(-25);
  });

  it('of a share is in points and has no floor', () => {
    const account = anAccount({
      usage: {
        featureMonths: [...used(1, '2026-03-18'), ...used(2, '2026-03-18'), ...used(3, '2026-03-17')],
      },
    });
    account.usage.featureMonths = account.usage.featureMonths.filter((row) => row.days !== 0);
    expect(read('adoption.breadth_change', account)).toBe(10);
    expect(read('adoption.breadth_change', anAccount())).toBe(0);
  });

  it('of MRR compares what was active: 1,500 against 1,000 = +50 %', () => {
    const sub = { end: null, quantity: null, seatBased: false, autoRenew: false, termMonths: null };
    const account = anAccount({
      subscriptions: [
        { ...sub, start: toDay('2025-01-01'), mrrMinor: 100_000 },
        { ...sub, start: toDay('2026-04-01'), mrrMinor: 50_000 },
      ],
    });
    expect(read('commercial.mrr_change', account)).toBe(50);
    expect(read('commercial.arr', account)).toBe(18_000);
  });
});
