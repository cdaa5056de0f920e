import fc from 'fast-check';
import { activeOf, byKey, countsOf, thatCount } from './event-groups.js';
import type { EventToStore } from './event-to-store.js';
import { ActiveOnDay } from './fact-memory.js';

const anEvent = (more: Partial<EventToStore> = {}): EventToStore => ({
  accountId: 'a',
  instant: 0,
  messageId: 'm',
  contactId: 'ann',
  name: 'opened',
  featureId: 1,
  count: 1,
  properties: {},
  receivedAt: new Date(0),
  ...more,
});

const events = fc.array(
  fc
    .record({
      accountId: fc.constantFrom('a', 'b', 'c'),
      instant: fc.nat(3),
      messageId: fc.constantFrom('m', 'n'),
      contactId: fc.constantFrom('ann', 'bob', null),
      featureId: fc.constantFrom(1, 2, null),
      count: fc.integer({ min: 1, max: 5 }),
    })
    .map(anEvent),
);
const inOrder = events.map((list) => [...list].sort(byKey));

describe('events of a batch', () => {
  it('stand in the order of their key, in whatever order they came', () => {
    const rows = ['c 1 m', 'a 2 m', 'a 1 n', 'a 1 m', 'b 1 m'].map((key) => {
      const [accountId = '', instant, messageId = ''] = key.split(' ');
      return anEvent({ accountId, instant: Number(instant), messageId });
    });
    const sorted = rows.sort(byKey).map((row) => `${row.accountId} ${row.instant} ${row.messageId}`);
    expect(sorted).toEqual(['a 1 m', 'a 1 n', 'a 2 m', 'b 1 m', 'c 1 m']);
  });

  it('count unless they are background events or of one’s own people; nobody’s count', () => {
    const rows = [anEvent(), anEvent({ name: 'sync' }), anEvent({ contactId: 'own' }), anEvent({ contactId: null })];
    expect(thatCount(rows, new Set(['sync']), new Set(['own']))).toEqual([rows[0], rows[3]]);
  });

  it('add up to what they count, each account once', () => {
    fc.assert(
      fc.property(inOrder, (rows) => {
        const { ids, counts } = countsOf(rows);
        expect(ids).toEqual([...new Set(rows.map(({ accountId }) => accountId))]);
        const sum = (list: readonly number[]) => list.reduce((total, count) => total + count, 0);
        expect(counts).toEqual(
          ids.map((id) => sum(rows.filter(({ accountId }) => accountId === id).map(({ count }) => count))),
        );
      }),
    );
  });

  it('tell each person and feature of an account once', () => {
    fc.assert(
      fc.property(inOrder, (rows) => {
        const { contacts, features } = activeOf(rows, null);
        const once = (keys: readonly string[]) => [...new Set(keys)];
        expect(contacts.map(({ accountId, contactId }) => `${accountId} ${contactId}`)).toEqual(
          once(rows.filter(({ contactId }) => contactId).map((row) => `${row.accountId} ${row.contactId}`)),
        );
        expect(features.map(({ accountId, featureId }) => `${accountId} ${featureId}`)).toEqual(
          once(rows.filter(({ featureId }) => featureId).map((row) => `${row.accountId} ${row.featureId}`)),
        );
      }),
    );
  });

  it('leave out what is known to be active on the day', () => {
    const known = new ActiveOnDay();
    known.contacts.add('ann');
    known.add('a', 1);
    const rows = [
      anEvent(),
      anEvent({ contactId: 'bob', featureId: 2 }),
      anEvent({ accountId: 'b', contactId: 'cid' }),
    ];
    expect(activeOf(rows, known)).toEqual({
      contacts: [
        { accountId: 'a', contactId: 'bob' },
        { accountId: 'b', contactId: 'cid' },
      ],
      features: [
        { accountId: 'a', featureId: 2 },
        { accountId: 'b', featureId: 1 },
      ],
    });
  });
});
