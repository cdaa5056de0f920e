import fc from 'fast-check';
import { type Day, type Month, toDay } from '../../../domain/calendar/day.js';
import { AccountDraft } from './account-draft.js';
import type { AccountFactRow } from './account-fields.repository.js';
import { Packer, Unpacker } from './packed.js';
import { packDraft, unpackDraft } from './packed-draft.js';

const row: AccountFactRow = {
  id: 'a',
  status: 'customer',
  seats: 5,
  currency: 'EUR',
  arr_minor: null,
  customer_since: null,
  trial_since: null,
  renewal_date: null,
  churned_on: null,
  csm_user_id: null,
  am_user_id: null,
};
const ANNA = '11111111-1111-4111-8111-111111111111';
const day = toDay('2026-04-15');

const again = (draft: AccountDraft) => unpackDraft(packDraft(new Packer(), draft).toString('hex'), row);

const days = fc.integer({ min: -1_000, max: 40_000 }).map((number) => number as Day);
const dayOrNull = fc.option(days, { nil: null });
const months = fc.integer({ min: 0, max: 900 }).map((number) => number as Month);
const bits = fc.integer();
const number = fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.double({ noNaN: true }), fc.constant(-0));
const numberOrNull = fc.option(number, { nil: null });
const contact = fc.integer({ min: -1, max: 300 });
const facts = fc.record({
  contacts: fc.array(
    fc.record({
      role: fc.option(fc.string({ unit: 'grapheme' }), { nil: null }),
      internal: fc.boolean(),
      leftOn: dayOrNull,
      lastSeen: dayOrNull,
    }),
  ),
  usage: fc.record({
    contactMonths: fc.array(fc.record({ contact, month: months, days: bits })),
    featureMonths: fc.array(fc.record({ feature: fc.nat(), month: months, days: bits })),
    eventMonths: fc.array(fc.record({ month: months, counts: fc.array(fc.nat(), { maxLength: 31 }) })),
    lastActiveBefore: dayOrNull,
  }),
  eventSelections: fc.dictionary(fc.string(), fc.array(fc.record({ contact, day: days, count: number }))),
  metrics: fc.dictionary(fc.string(), fc.array(fc.record({ day: days, value: number }))),
  subscriptions: fc.array(
    fc.record({
      start: days,
      end: dayOrNull,
      mrrMinor: numberOrNull,
      quantity: numberOrNull,
      seatBased: fc.boolean(),
      autoRenew: fc.boolean(),
      termMonths: numberOrNull,
    }),
  ),
  invoices: fc.array(
    fc.record({
      issued: days,
      due: dayOrNull,
      amountMinor: numberOrNull,
      status: fc.constantFrom('open' as const, 'paid' as const, 'failed' as const, 'void' as const),
      paidOn: dayOrNull,
      failedOn: dayOrNull,
    }),
  ),
  tickets: fc.array(
    fc.record({
      opened: days,
      closed: dayOrNull,
      priority: fc.constantFrom('urgent' as const, 'high' as const, 'normal' as const, 'low' as const, null),
      resolutionHours: numberOrNull,
      satisfaction: numberOrNull,
    }),
  ),
  answers: fc.array(
    fc.record({ kind: fc.constantFrom('nps' as const, 'csat' as const), day: days, score: number, contact }),
  ),
  touchpoints: fc.array(fc.record({ day: days, counts: fc.boolean(), contacts: fc.array(contact) })),
  lastTouchBefore: dayOrNull,
  pulses: fc.array(fc.record({ day: days, value: number })),
  firstFactDay: fc.record({ events: days, features: days, tickets: days, 'metric:logins': days }, { requiredKeys: [] }),
});

describe('kept facts', () => {
  it('are those that were loaded, whatever they say', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const draft = new AccountDraft(row);
        Object.assign(draft.facts, structuredClone(given));
        draft.isLedgerRead = true;
        const { account, attributes, tierBefore, ...read } = again(draft).facts;
        // Dictionaries inherit nothing, which equality does not ask.
        expect(read).toEqual({ ...given });
      }),
      { numRuns: 300 },
    );
  });

  it('hold what the ledger tells, and the versions of fields with their values as they are', () => {
    const draft = new AccountDraft(row);
    draft.ledger.contacts = `${ANNA.replaceAll('-', '')}000002a4${'80000001'}`;
    draft.ledger.events = '676:{0,3}';
    const values = ['customer', 12.5, true, null, { userId: ANNA }, ['x']];
    for (const value of values) draft.versions.push({ account_id: 'a', field: 'attribute.x', from_day: day, value });
    const kept = again(draft);
    expect(kept.facts.usage).toEqual({
      contactMonths: [
        { contact: 0, month: 676, days: -2_147_483_647 },
        { contact: -1, month: 676, days: 2 },
      ],
      featureMonths: [],
      eventMonths: [{ month: 676, counts: [0, 3] }],
      lastActiveBefore: null,
    });
    expect(kept.facts.firstFactDay).toEqual(draft.facts.firstFactDay);
    expect(kept.versions.map(({ value }) => value)).toEqual(values);
    expect(kept.row).toBe(row);
  });

  it('know who was a champion on an earlier day', () => {
    const draft = new AccountDraft(row);
    draft.addContact(ANNA, { role: null, internal: false, leftOn: null, lastSeen: null });
    const versions = [
      { from: (day - 30) as Day, role: 'champion' },
      { from: day, role: null },
    ];
    draft.addRoles(ANNA, { leftOn: null, lastSeen: day, versions });
    const kept = again(draft);
    kept.setRoles((day - 1) as Day);
    expect(kept.facts.contacts).toEqual([{ role: 'champion', internal: false, leftOn: null, lastSeen: day }]);
    kept.setRoles(day);
    expect(kept.facts.contacts[0]?.role).toBeNull();
  });

  it('take a byte for small numbers, and come back one after the other', () => {
    const packer = new Packer();
    for (const value of [0, 31, null, -1]) packer.number(value);
    expect(packer.packed()).toHaveLength(4);
    packer.text('é'.repeat(6_000));
    packer.count(2 ** 40);
    const from = new Unpacker(packer.packed().toString('hex'));
    expect([from.number(), from.number(), from.number(), from.number()]).toEqual([0, 31, null, -1]);
    expect(from.text()).toHaveLength(6_000);
    expect(from.count()).toBe(2 ** 40);
  });
});
