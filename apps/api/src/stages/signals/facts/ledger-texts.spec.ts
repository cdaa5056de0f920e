import { type Month, toDay } from '../../../domain/calendar/day.js';
import { AccountDraft } from './account-draft.js';
import { daysWithEvents, intArray, isActiveBetween, readLedger } from './ledger-texts.js';

const row = {
  id: 'a',
  status: 'customer',
  seats: null,
  currency: null,
  arr_minor: null,
  customer_since: null,
  trial_since: null,
  renewal_date: null,
  churned_on: null,
  csm_user_id: null,
  am_user_id: null,
};
const ANNA = '11111111-1111-4111-8111-111111111111';
const BEN = '22222222-2222-4222-8222-222222222222';

const hex = (number: number) => number.toString(16).padStart(8, '0');
/** Rows of the ledger as the database joins them: who, month, days. */
const rowsOf = (...rows: [who: string | number, month: number, days: number][]) =>
  rows
    .map(
      ([who, month, days]) => (typeof who === 'string' ? who.replaceAll('-', '') : hex(who)) + hex(month) + hex(days),
    )
    .join('');

describe('facts put together from the rows of the ledger', () => {
  it('know a contact by one place, whatever names it', () => {
    const draft = new AccountDraft(row);
    draft.addContact(ANNA, { role: 'champion', internal: false, leftOn: null, lastSeen: null });
    draft.ledger.contacts = rowsOf([BEN, 675, 5], [ANNA, 675, 2_147_483_647], [BEN, 676, 1]);
    readLedger(draft);
    expect(draft.facts.usage.contactMonths).toEqual([
      { contact: 1, month: 675, days: 5 },
      { contact: 0, month: 675, days: 2_147_483_647 },
      { contact: 1, month: 676, days: 1 },
    ]);
    expect(draft.facts.contacts).toHaveLength(2);
    expect(draft.contactIndex(null)).toBe(-1);
  });

  it('read features and counts as numbers', () => {
    const draft = new AccountDraft(row);
    draft.ledger.features = rowsOf([12, 675, 1_073_741_824], [7, 675, 3], [7, 676, 1]);
    readLedger(draft);
    expect(draft.facts.usage.featureMonths).toEqual([
      { feature: 12, month: 675 as Month, days: 1_073_741_824 },
      { feature: 7, month: 675 as Month, days: 3 },
      { feature: 7, month: 676 as Month, days: 1 },
    ]);
    expect(intArray('{}')).toEqual([]);
    expect(intArray('{0,12,3}')).toEqual([0, 12, 3]);
    expect(daysWithEvents([0, 12, 3])).toBe(0b110);
  });

  it('take days with events as activity of nobody by name', () => {
    const draft = new AccountDraft(row);
    draft.ledger.events = '675:{0,12,3};676:{0,0,0}';
    readLedger(draft);
    expect(draft.facts.usage.eventMonths).toEqual([
      { month: 675, counts: [0, 12, 3] },
      { month: 676, counts: [0, 0, 0] },
    ]);
    expect(draft.facts.usage.contactMonths).toEqual([{ contact: -1, month: 675, days: 0b110 }]);
    expect(draft.facts.firstFactDay).toEqual({ events: toDay('2026-04-02') });
  });

  it('tell who was active lately before they are read, up to the day', () => {
    const draft = new AccountDraft(row);
    // Ben on 1 and 3 April and on 2 May, Anna on 1 April and 20 May.
    draft.ledger.contacts = rowsOf([BEN, 675, 5], [ANNA, 675, 1], [BEN, 676, 2], [ANNA, 676, 524_288]);
    const [april, may, june] = [675, 676, 677] as Month[];
    const active = (since: Month | undefined, through: string, contact?: string) =>
      isActiveBetween(draft, since as Month, toDay(through), contact?.replaceAll('-', ''));
    expect(active(may, '2026-05-02')).toBe(true);
    expect(active(may, '2026-05-01')).toBe(false);
    expect(active(june, '2026-06-30')).toBe(false);
    expect(active(may, '2026-05-19', ANNA)).toBe(false);
    expect(active(may, '2026-05-20', ANNA)).toBe(true);
    expect(active(april, '2026-05-19', ANNA)).toBe(true);
    draft.ledger.events = '677:{0,0};678:{0,20}';
    expect(active(june, '2026-06-30')).toBe(false);
    expect(active(june, '2026-07-01')).toBe(false);
    expect(active(june, '2026-07-02')).toBe(true);
    expect(active(june, '2026-08-31')).toBe(true);
  });
});
