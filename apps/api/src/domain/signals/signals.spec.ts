import { signalDefinitionSchema } from '@steward/shared/signals';
import { toDay } from '../calendar/day.js';
import { BUILT_IN_SIGNALS, HEALTH_CHANGE_SIGNAL } from './built-in.js';
import { aContact, active, anAccount } from './facts.factory.js';
import { NO_CONTACT } from './facts.js';
import { read, without } from './read-signal.factory.js';

describe('built-in signals', () => {
  it('are valid, with numbers and keys of their own under 61', () => {
    for (const definition of BUILT_IN_SIGNALS) expect(signalDefinitionSchema.parse(definition)).toEqual(definition);
    expect(new Set(BUILT_IN_SIGNALS.map((d) => d.number)).size).toBe(BUILT_IN_SIGNALS.length);
    expect(new Set(BUILT_IN_SIGNALS.map((d) => d.key)).size).toBe(BUILT_IN_SIGNALS.length);
    expect(Math.max(...BUILT_IN_SIGNALS.map((d) => d.number))).toBeLessThanOrEqual(60);
  });

  it('keep the place that stored arrays give them', () => {
    expect(BUILT_IN_SIGNALS.map((d) => `${d.number} ${d.key}`)).toEqual([
      '1 usage.active_contacts',
      '2 usage.active_contacts_change',
      '3 usage.active_contacts_yoy',
      '4 usage.seat_utilization',
      '5 usage.active_days',
      '6 usage.stickiness',
      '7 usage.events',
      '8 usage.events_change',
      '9 usage.days_since_activity',
      '10 adoption.features',
      '11 adoption.breadth',
      '12 adoption.breadth_change',
      '13 support.open_tickets',
      '14 support.urgent_open',
      '15 support.tickets',
      '16 support.tickets_change',
      '17 support.resolution_hours',
      '18 support.csat',
      '19 sentiment.nps',
      '20 sentiment.nps_mean',
      '21 sentiment.promoter',
      '22 sentiment.detractor',
      '23 sentiment.pulse',
      '24 relationship.days_since_touch',
      '25 relationship.touch_lag',
      '26 relationship.contacts_touched',
      '27 relationship.champion_days_since_seen',
      '28 billing.overdue_amount',
      '29 billing.days_overdue',
      '30 billing.failed_payments',
      '31 commercial.arr',
      '32 commercial.mrr_change',
      '33 commercial.days_to_renewal',
      '34 commercial.tenure_days',
      '35 health.change',
      '36 sentiment.promoter_180d',
      '37 relationship.champions',
      '38 relationship.champions_left',
      '39 commercial.days_since_return',
    ]);
  });
});

describe('support', () => {
  const ticket = { priority: null, resolutionHours: null, satisfaction: null };
  const account = anAccount({
    tickets: [
      { ...ticket, opened: toDay('2026-04-01'), closed: null, priority: 'urgent' },
      { ...ticket, opened: toDay('2026-01-01'), closed: toDay('2026-04-15'), resolutionHours: 40, satisfaction: 2 },
      { ...ticket, opened: toDay('2026-04-10'), closed: toDay('2026-04-11'), resolutionHours: 10 },
      { ...ticket, opened: toDay('2026-04-02'), closed: toDay('2026-04-12'), resolutionHours: 4, satisfaction: 5 },
      { ...ticket, opened: toDay('2026-04-02'), closed: toDay('2026-04-16'), priority: 'urgent', resolutionHours: 1 },
      { ...ticket, opened: toDay('2026-04-16'), closed: null },
    ],
    answers: [{ kind: 'csat', day: toDay('2026-04-01'), score: 5, contact: NO_CONTACT }],
  });

  it('a ticket is open when opened by the day and not closed by it', () => {
    expect(read('support.open_tickets', account)).toBe(2);
    expect(read('support.urgent_open', account)).toBe(2);
    expect(read('support.tickets', account)).toBe(4);
  });

  it('resolution is the median of those closed in the window: 4, 10, 40 → 10 hours', () => {
    expect(read('support.resolution_hours', account)).toBe(10);
    expect(read('support.resolution_hours', anAccount())).toBe('no_data');
  });

  it('csat is the mean of answers and rated tickets: (2 + 5 + 5) ÷ 3 = 4', () => {
    expect(read('support.csat', account)).toBe(4);
    expect(read('support.csat', anAccount())).toBe('no_answer');
    expect(read('support.csat', account, without('csat'))).toBe('no_feed');
  });

  it('is 0 for an account without tickets once support is connected', () => {
    expect(read('support.open_tickets', anAccount())).toBe(0);
    expect(read('support.open_tickets', anAccount(), without('tickets'))).toBe('no_feed');
  });
});

describe('sentiment', () => {
  const nps = (contact: number, iso: string, score: number) => ({
    kind: 'nps' as const,
    day: toDay(iso),
    score,
    contact,
  });
  const account = anAccount({
    contacts: [aContact(), aContact(), aContact(), aContact({ internal: true })],
    answers: [
      nps(0, '2025-06-01', 3),
      nps(0, '2025-12-01', 9),
      nps(1, '2026-02-01', 6),
      nps(2, '2026-03-01', 10),
      nps(3, '2026-03-01', 0),
      nps(NO_CONTACT, '2026-03-01', 8),
      nps(1, '2025-04-15', 10),
      nps(2, '2026-05-01', 0),
    ],
  });

  it('NPS from the latest answer of each contact: 9, 6, 10, 8 → (2 − 1) ÷ 4 = 25', () => {
    expect(read('sentiment.nps', account)).toBe(25);
    expect(read('sentiment.nps_mean', account)).toBe(8.25);
  });

  it('promoter and detractor within 90 days; null when nobody answered then', () => {
    expect(read('sentiment.promoter', account)).toBe(1);
    expect(read('sentiment.detractor', account)).toBe(1);
    const old = anAccount({ contacts: [aContact()], answers: [nps(0, '2025-11-01', 9)] });
    expect(read('sentiment.promoter', old)).toBe('no_answer');
    expect(read('sentiment.promoter_180d', old)).toBe(1);
    expect(read('sentiment.nps', anAccount())).toBe('no_answer');
  });

  it('the newest pulse counts for 90 days', () => {
    const given = (iso: string) =>
      anAccount({
        pulses: [
          { day: toDay('2025-01-01'), value: 6 },
          { day: toDay(iso), value: 2 },
        ],
      });
    expect(read('sentiment.pulse', given('2026-01-15'))).toBe(2);
    expect(read('sentiment.pulse', given('2026-01-14'))).toBe('expired');
    expect(read('sentiment.pulse', anAccount())).toBe('no_data');
  });
});

describe('relationship', () => {
  const touch = (iso: string, counts: boolean, ...contacts: number[]) => ({ day: toDay(iso), counts, contacts });

  it('days since touch counts from the last counting touchpoint', () => {
    const account = anAccount({
      touchpoints: [touch('2026-04-01', true), touch('2026-04-10', false), touch('2026-04-20', true)],
      tierBefore: 'T1',
    });
    expect(read('relationship.days_since_touch', account)).toBe(14);
    expect(read('relationship.touch_lag', account)).toBe(1);
  });

  it('never touched: from the later of customer since and the workspace’s first touchpoint', () => {
    const since = (iso: string | null) => anAccount({ account: { customerSince: iso === null ? null : toDay(iso) } });
    expect(read('relationship.days_since_touch', since('2026-04-05'))).toBe(10);
    expect(read('relationship.days_since_touch', since('2020-01-01'))).toBe(469);
    expect(read('relationship.days_since_touch', since(null))).toBe(469);
    expect(read('relationship.days_since_touch', since(null), without('touchpoints'))).toBe('no_feed');
  });

  it('lag is null where the tier of the day before has no cadence', () => {
    expect(read('relationship.touch_lag', anAccount({ tierBefore: 'T4' }))).toBe('no_cadence');
    expect(read('relationship.touch_lag', anAccount())).toBe('no_cadence');
    expect(read('relationship.touch_lag', anAccount({ tierBefore: 'T2', lastTouchBefore: toDay('2026-03-01') }))).toBe(
      1.5,
    );
  });

  it('counts the contacts touched in the window once each', () => {
    const account = anAccount({
      contacts: [aContact(), aContact(), aContact({ internal: true })],
      touchpoints: [touch('2026-04-01', true, 0, 1, 2), touch('2026-04-02', true, 0), touch('2026-04-02', false, 1)],
    });
    expect(read('relationship.contacts_touched', account)).toBe(2);
  });

  it('champion: the least of all champions seen, active or in a touchpoint', () => {
    const champion = aContact({ role: 'champion' });
    const account = anAccount({
      contacts: [champion, champion, champion, aContact({ role: 'champion', leftOn: toDay('2026-04-14') })],
      usage: { contactMonths: [...active(0, '2026-03-16'), ...active(3, '2026-04-13')] },
      touchpoints: [touch('2026-04-05', false, 1)],
    });
    expect(read('relationship.champion_days_since_seen', account)).toBe(10);
    expect(read('relationship.champions', account)).toBe(3);
    expect(read('relationship.champions_left', account)).toBe(1);
    expect(read('relationship.champion_days_since_seen', anAccount({ contacts: [champion] }))).toBe('never_seen');
  });
});

describe('billing and commercial', () => {
  const invoice = {
    issued: toDay('2026-01-01'),
    amountMinor: 10_050,
    paidOn: null,
    failedOn: null,
    status: 'open' as const,
  };
  const account = anAccount({
    invoices: [
      { ...invoice, due: toDay('2026-04-05') },
      { ...invoice, due: toDay('2026-02-14'), status: 'paid', paidOn: toDay('2026-04-16') },
      { ...invoice, due: toDay('2026-01-14'), status: 'paid', paidOn: toDay('2026-04-15') },
      { ...invoice, due: toDay('2026-01-14'), status: 'void' },
      { ...invoice, due: toDay('2026-04-15') },
      { ...invoice, due: null, status: 'failed', failedOn: toDay('2026-04-02') },
    ],
  });

  it('is overdue from the day after the due day until it is paid', () => {
    expect(read('billing.overdue_amount', account)).toBe(201);
    expect(read('billing.days_overdue', account)).toBe(60);
    expect(read('billing.failed_payments', account)).toBe(1);
    expect(read('billing.days_overdue', anAccount())).toBe(0);
    expect(read('billing.days_overdue', anAccount(), without('invoices'))).toBe('no_feed');
  });

  it('is of unknown amount where a bill is in a currency without a rate, and overdue all the same', () => {
    const foreign = { ...invoice, amountMinor: null, due: toDay('2026-04-05') };
    const mixed = anAccount({ invoices: [{ ...invoice, due: toDay('2026-04-05') }, foreign] });
    expect(read('billing.overdue_amount', mixed)).toBe('no_rate');
    expect(read('billing.days_overdue', mixed)).toBe(10);
    const paid = anAccount({ invoices: [{ ...foreign, status: 'paid', paidOn: toDay('2026-04-06') }] });
    expect(read('billing.overdue_amount', paid)).toBe(0);
  });

  it('days to renewal go negative, tenure is unknown without a first day', () => {
    const account = anAccount({
      account: { renewalDate: toDay('2026-04-10'), customerSince: toDay('2025-04-15'), arrMinor: 1_234_500 },
    });
    expect(read('commercial.days_to_renewal', account)).toBe(-5);
    expect(read('commercial.tenure_days', account)).toBe(365);
    expect(read('commercial.arr', account)).toBe(12_345);
    expect(read('commercial.tenure_days', anAccount())).toBe('not_set');
    expect(read('commercial.days_since_return', anAccount())).toBe('not_set');
  });

  it('health change is filled in after the score', () => {
    expect(read('health.change', anAccount())).toBe('no_score');
    // The place that the health stage writes it to.
    expect(BUILT_IN_SIGNALS.find(({ key }) => key === 'health.change')?.number).toBe(HEALTH_CHANGE_SIGNAL);
  });

  it('values are rounded to 32-bit floats where they are made', () => {
    const third = anAccount({ account: { arrMinor: 10 } });
    expect(read('commercial.arr', third)).toBe(Math.fround(0.1));
  });
});
