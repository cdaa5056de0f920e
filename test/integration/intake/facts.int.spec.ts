import {
  aContact,
  aContactRow,
  aMetric,
  anAccount,
  anAnswer,
  anEvent,
  anInvoice,
  aPulse,
  aSubscription,
  aTicket,
  aTouchpoint,
} from './a-fact.js';
import { FactWorld, RECEIVED } from './fact-world.js';

const later = (minutes: number) => new Date(RECEIVED.getTime() + minutes * 60_000);

describe('facts', () => {
  let world: FactWorld;
  beforeEach(async () => {
    world = await FactWorld.open();
  });
  afterEach(() => world.close());

  const account = (columns: string) => world.one(`SELECT ${columns} FROM steward.account WHERE external_id = 'A-1'`);

  it('of every kind are stored, and the same batch again changes nothing', async () => {
    const batch = [
      anAccount({ name: 'Acme', arr: { amountMinor: 1_000_00, currency: 'EUR' }, csm: 'Ann Nobody' }),
      aContactRow({ email: 'jo@acme.example' }, { name: 'Jo', role: 'champion' }),
      anEvent({ feature: 'export' }),
      aMetric(),
      aSubscription(),
      anInvoice(),
      aTicket({ contact: aContact({ email: 'jo@acme.example' }) }),
      anAnswer(),
      aTouchpoint({ contacts: [aContact({ email: 'jo@acme.example' })] }),
    ];
    expect(await world.outcomes(batch)).toEqual(batch.map(() => 'created'));
    const before = await world.everything();
    expect(await world.outcomes(batch, { receivedAt: later(5) })).toEqual(batch.map(() => 'unchanged'));
    expect(await world.everything()).toEqual(before);
    expect(before['contact']).toHaveLength(2);
    expect(await world.one(`SELECT since_day FROM steward.dirty_account`)).toEqual({ since_day: '2025-01-01' });
  });

  it('of an unknown account wait, and are applied when it arrives', async () => {
    expect(await world.outcomes([aTicket(), anEvent(), anEvent()])).toEqual([
      'quarantined',
      'quarantined',
      'quarantined',
    ]);
    expect((await world.everything())['quarantined_fact']).toHaveLength(2);
    expect(await world.outcomes([anAccount()])).toEqual(['created']);
    const after = await world.everything();
    expect(after['quarantined_fact']).toEqual([]);
    expect(after['ticket']).toHaveLength(1);
    expect(after['usage_contact_month']).toMatchObject([{ month: '2026-03-01', days: 1 << 9 }]);
  });

  it('that name a subscription wait for it', async () => {
    const use = { ...anEvent(), account: { via: 'subscription', id: 'S-1' } as const };
    expect(await world.outcomes([anAccount(), use])).toEqual(['created', 'quarantined']);
    await world.take([aSubscription()]);
    expect((await world.everything())['event']).toHaveLength(1);
  });

  it('that just missed the creation of their account are found by the sweep', async () => {
    await world.take([aTicket()]);
    await world.db.query(`CREATE TABLE steward.aside AS SELECT * FROM steward.quarantined_fact`);
    await world.db.query(`DELETE FROM steward.quarantined_fact`);
    await world.take([anAccount()]);
    await world.db.query(`INSERT INTO steward.quarantined_fact SELECT * FROM steward.aside`);
    expect(await world.store.sweepQuarantine(RECEIVED)).toBe(1);
    expect((await world.everything())['ticket']).toHaveLength(1);
  });

  describe('that waited and that their account refuses', () => {
    const misfit = (of: string) => anAccount({}, { of, attributes: { level: { type: 'text', value: 'many' } } });
    const problems = () =>
      world.db.query(`SELECT account_external_id AS of, problem_code AS code FROM steward.quarantined_fact ORDER BY 1`);

    /** Facts of known accounts that missed the creation: one each that the attribute's type refuses, and one ticket. */
    async function threeWaiting(): Promise<void> {
      await world.take([anAccount({}, { of: 'Z', attributes: { level: { type: 'number', value: 1 } } })]);
      await world.take([misfit('A-1'), misfit('B'), aTicket()], { accountsMustExist: true });
      await world.db.query(`CREATE TABLE steward.missed AS SELECT * FROM steward.quarantined_fact`);
      await world.db.query(`DELETE FROM steward.quarantined_fact`);
      await world.take([anAccount(), anAccount({}, { of: 'B' })]);
      await world.db.query(`INSERT INTO steward.quarantined_fact SELECT * FROM steward.missed`);
    }

    it('say why, are not tried again, and let the others pass', async () => {
      await threeWaiting();
      expect(await world.store.sweepQuarantine(later(1))).toBe(3);
      expect((await world.everything())['ticket']).toHaveLength(1);
      expect(await problems()).toEqual([
        { of: 'A-1', code: 'ATTRIBUTE_TYPE' },
        { of: 'B', code: 'ATTRIBUTE_TYPE' },
      ]);
      expect(await world.store.sweepQuarantine(later(2))).toBe(0);
      expect(await world.store.sweepQuarantine(later(3), true)).toBe(2);
    });

    it('are tried again when their account has changed', async () => {
      await threeWaiting();
      await world.store.sweepQuarantine(later(1));
      await world.take([anAccount({ seats: 11 }, { of: 'B' })], { receivedAt: later(5) });
      expect(await world.store.sweepQuarantine(later(6))).toBe(1);
      expect(await world.store.sweepQuarantine(later(7))).toBe(0);
    });

    it('stop nobody where one breaks the statement', async () => {
      await threeWaiting();
      await world.db.query(
        `UPDATE steward.quarantined_fact SET fact = fact || '{"priority": "whenever"}' WHERE fact_kind = 'ticket'`,
      );
      await world.db.query(`DELETE FROM steward.quarantined_fact WHERE account_external_id = 'B'`);
      await world.db.query(`UPDATE steward.quarantined_fact SET fact = fact || '{"attributes": {}, "fields": {"seats": 7}}'
        WHERE fact_kind = 'account'`);
      expect(await world.store.sweepQuarantine(later(1))).toBe(2);
      expect(await problems()).toEqual([{ of: 'A-1', code: 'CANNOT_BE_STORED' }]);
      expect(await account('seats')).toEqual({ seats: 7 });
    });
  });

  it('newest observation wins, whichever arrives first', async () => {
    await world.take([anAccount({ seats: 20 })], { observedAt: new Date('2026-04-10T00:00:00Z') });
    await world.take([anAccount({ seats: 10 })], {
      observedAt: new Date('2026-04-01T00:00:00Z'),
      receivedAt: later(1),
    });
    expect(await account('seats')).toEqual({ seats: 20 });
    await world.take([aTicket({ status: 'closed', closed: '2026-03-09' })], { observedAt: later(0) });
    expect(await world.outcomes([aTicket()], { observedAt: later(-60), receivedAt: later(9) })).toEqual(['unchanged']);
    expect(await world.one(`SELECT status FROM steward.ticket`)).toEqual({ status: 'closed' });
  });

  it("a person's edit is kept against feeds, and counted", async () => {
    await world.take([anAccount({ seats: 10 })]);
    const ann = { kind: 'user', id: '0190a0a0-0000-7000-8000-000000000001', name: 'Ann' } as const;
    await world.take([anAccount({ seats: 15 })], {
      byPerson: true,
      actor: ann,
      observedAt: later(1),
      receivedAt: later(1),
    });
    const { outcomes } = await world.take([anAccount({ seats: 10, plan: 'Pro' })], { receivedAt: later(60 * 48) });
    expect(outcomes).toMatchObject([{ status: 'updated', keptByHand: ['seats'] }]);
    expect(await account('seats, plan')).toEqual({ seats: 15, plan: 'Pro' });
  });

  it('do not make an account new by importing it; a later status does', async () => {
    await world.take([anAccount({ status: 'customer' })]);
    expect(await account('customer_since')).toEqual({ customer_since: null });
    await world.take([anAccount({ status: 'trial' }, { of: 'B', effectiveOn: '2026-02-01' })]);
    await world.take([anAccount({ status: 'customer' }, { of: 'B', effectiveOn: '2026-03-01' })]);
    const b = await world.one(`SELECT customer_since, trial_since FROM steward.account WHERE external_id = 'B'`);
    expect(b).toEqual({ customer_since: '2026-03-01', trial_since: null });
    await world.take([aSubscription({ start: '2024-05-01' })]);
    expect(await account('customer_since')).toEqual({ customer_since: '2024-05-01' });
  });

  it('of churn hold from the day of churn, and end with the return', async () => {
    await world.take([anAccount({ status: 'customer' }, { effectiveOn: '2026-01-01' })]);
    await world.take([anAccount({ churnedOn: '2026-03-03' }, { effectiveOn: '2026-03-10' })]);
    expect(await account('status, churned_on')).toEqual({ status: 'churned', churned_on: '2026-03-03' });
    await world.take([anAccount({ status: 'customer', churnedOn: null }, { effectiveOn: '2026-04-01' })]);
    expect(await account('status, churned_on')).toEqual({ status: 'customer', churned_on: null });
  });

  it('match owners by e-mail or full name, and keep what matches nobody', async () => {
    await world.db.query(`INSERT INTO steward.app_user (id, email, full_name, role, active, revision, created_at, updated_at)
      VALUES ('0190a0a0-0000-7000-8000-000000000001', 'ann@us.example', 'Ann Lee', 'csm', true, 1, now(), now())`);
    const { outcomes } = await world.take([anAccount({ csm: 'ann lee', am: 'Bob Gone' })]);
    expect(outcomes).toMatchObject([{ ownerTexts: ['Bob Gone'] }]);
    expect(await account('csm_user_id, csm_text, am_user_id, am_text')).toEqual({
      csm_user_id: '0190a0a0-0000-7000-8000-000000000001',
      csm_text: 'ann lee',
      am_user_id: null,
      am_text: 'Bob Gone',
    });
  });

  it('out of bounds are refused one by one', async () => {
    const rows = [
      anAccount(),
      anEvent({ messageId: 'old', occurredAt: '2023-04-14T12:00:00.000Z' }),
      anEvent({ messageId: 'far', occurredAt: '2026-04-17T12:00:00.000Z' }),
      anEvent({ messageId: 'fine', occurredAt: '2023-04-15T12:00:00.000Z' }),
      anAnswer({ id: null }),
      anAccount({ parentExternalId: 'A-1' }),
      anAccount({}, { effectiveOn: '2027-01-01' }),
      aPulse({ day: '2026-04-16' }),
      aPulse({ day: '2026-04-17' }),
      anAnswer({ id: 'far', day: '2026-04-17' }),
    ];
    expect(await world.outcomes(rows)).toEqual([
      'created',
      'EVENT_TOO_OLD',
      'EVENT_IN_FUTURE',
      'created',
      'MISSING_IDENTITY',
      'PARENT_IS_SELF',
      'DAY_IN_FUTURE',
      'created',
      'DAY_IN_FUTURE',
      'DAY_IN_FUTURE',
    ]);
  });

  it('never put an account below itself, however long the way', async () => {
    const under = (of: string, parentExternalId: string | null) => anAccount({ parentExternalId }, { of });
    const take = (row: ReturnType<typeof under>, minutes: number) =>
      world.outcomes([row], { receivedAt: later(minutes) });
    // A parent may be named before it is known.
    expect(await take(under('P-1', 'P-2'), 0)).toEqual(['created']);
    expect(await take(under('P-2', 'P-1'), 1)).toEqual(['PARENT_IS_BELOW']);
    expect(await take(under('P-2', 'P-3'), 2)).toEqual(['created']);
    expect(await take(under('P-3', 'P-1'), 3)).toEqual(['PARENT_IS_BELOW']);
    expect(await world.outcomes([under('P-4', 'P-5'), under('P-5', 'P-4')])).toEqual(['created', 'PARENT_IS_BELOW']);
    // What stood above may go below once it is free.
    const turned = [under('P-1', null), under('P-2', 'P-1')];
    expect(await world.outcomes(turned, { receivedAt: later(10) })).toEqual(['updated', 'updated']);
  });

  it('turn parent and child around in whatever order their rows stand', async () => {
    const family = (minutes: number, ...parents: [string, string | null][]) =>
      world.outcomes(
        parents.map(([of, parentExternalId]) => anAccount({ parentExternalId }, { of })),
        { receivedAt: later(minutes) },
      );
    expect(await family(0, ['P-1', null], ['P-2', 'P-1'])).toEqual(['created', 'created']);
    expect(await family(1, ['P-1', 'P-2'], ['P-2', null])).toEqual(['updated', 'updated']);
    expect(await family(2, ['P-1', null], ['P-2', 'P-1'])).toEqual(['updated', 'updated']);
    // A new account in the place between them; who only repeats what is known is not at fault.
    expect(await family(3, ['P-3', 'P-2'], ['P-1', 'P-3'], ['P-2', 'P-1'])).toEqual([
      'created',
      'PARENT_IS_BELOW',
      'unchanged',
    ]);
    expect(await family(4, ['P-1', 'P-3'], ['P-2', null])).toEqual(['updated', 'updated']);
  });

  it('say of days past what they like about parents: only the newest parent counts', async () => {
    const parentOf = (of: string) =>
      world.one(`SELECT p.external_id AS parent FROM steward.account a LEFT JOIN steward.account p ON p.id = a.parent_id
        WHERE a.external_id = '${of}'`);
    await world.take([
      anAccount({ parentExternalId: null }, { of: 'P-1' }),
      anAccount({ parentExternalId: 'P-1' }, { of: 'P-2' }),
    ]);
    const before = anAccount({ name: 'One', parentExternalId: 'P-2' }, { of: 'P-1', effectiveOn: '2025-06-01' });
    expect(await world.outcomes([before], { receivedAt: later(1) })).toEqual(['updated']);
    expect(await parentOf('P-1')).toEqual({ parent: null });
    // A delivery overtaken by a newer one neither counts nor stands in the way of the rows beside it.
    const late = [
      anAccount({ parentExternalId: 'P-3' }, { of: 'P-1' }),
      anAccount({ parentExternalId: 'P-1' }, { of: 'P-3' }),
    ];
    const context = { receivedAt: later(2), observedAtOf: (index: number) => (index === 0 ? later(-60) : later(2)) };
    expect(await world.outcomes(late, context)).toEqual(['unchanged', 'created']);
    expect(await parentOf('P-3')).toEqual({ parent: 'P-1' });
    // What a person says of the parent stays, whatever a feed says later.
    const byHand = { receivedAt: later(3), byPerson: true };
    expect(await world.outcomes([anAccount({ parentExternalId: null }, { of: 'P-1' })], byHand)).toEqual(['unchanged']);
    const fed = [anAccount({ parentExternalId: 'P-2' }, { of: 'P-1' })];
    expect(await world.take(fed, { receivedAt: later(4) })).toMatchObject({
      outcomes: [{ status: 'unchanged', keptByHand: ['parent'] }],
    });
  });

  it('of an attribute keep the type it came with first', async () => {
    await world.take([anAccount({}, { attributes: { score: { type: 'number', value: 5 } } })]);
    const text = { score: { type: 'text', value: '7' } } as const;
    expect(await world.outcomes([anAccount({}, { attributes: text })], { receivedAt: later(1) })).toEqual(['updated']);
    expect(await account('attributes')).toEqual({ attributes: { score: 7 } });
    const words = { score: { type: 'text', value: 'many' } } as const;
    expect(await world.outcomes([anAccount({}, { attributes: words })])).toEqual(['ATTRIBUTE_TYPE']);
  });

  it('within one import tell repeated rows apart', async () => {
    const context = { importId: '0190a0a0-0000-7000-8000-00000000000a' };
    expect(
      await world.outcomes([anAccount({ name: 'Acme' }), anAccount({ name: 'Acme' }), anAnswer(), anAnswer()], context),
    ).toEqual(['created', 'duplicate', 'created', 'duplicate']);
    const moved = anInvoice({ due: '2026-12-31' });
    expect(await world.outcomes([anInvoice(), anInvoice(), moved, moved], context)).toEqual([
      'created',
      'duplicate',
      'updated',
      'duplicate',
    ]);
    expect(await world.outcomes([anAccount({ name: 'Acme' }), anAnswer(), anEvent(), anEvent()], context)).toEqual([
      'duplicate',
      'duplicate',
      'created',
      'duplicate',
    ]);
  });
});

describe('the usage ledger', () => {
  let world: FactWorld;
  beforeEach(async () => {
    world = await FactWorld.open({ time_zone: 'America/New_York' });
    await world.take([anAccount()]);
  });
  afterEach(() => world.close());

  it('counts days of the workspace, each message once', async () => {
    const late = anEvent({ occurredAt: '2026-04-01T03:00:00.000Z', feature: 'export', count: 3 });
    expect(await world.outcomes([late])).toEqual(['created']);
    expect(await world.outcomes([late])).toEqual(['unchanged']);
    const { usage_contact_month: contacts, usage_event_month: counts } = await world.everything();
    expect(contacts).toMatchObject([{ month: '2026-03-01', days: 1 << 30 }]);
    expect(counts).toMatchObject([{ month: '2026-03-01', counts: [...Array(30).fill(0), 3] }]);
  });

  it('gives a message without a time that of its first arrival, however often it is sent', async () => {
    await world.take([anEvent({ occurredAt: null })], { receivedAt: new Date('2026-04-14T15:00:00Z') });
    expect(await world.outcomes([anEvent({ occurredAt: null })])).toEqual(['unchanged']);
    expect((await world.everything())['event']).toMatchObject([{ occurred_at: new Date('2026-04-14T15:00:00Z') }]);
  });

  it('counts neither background events nor the own people, also when that is known only later', async () => {
    await world.db.query(`INSERT INTO steward.event_name VALUES ('sync', true, now())`);
    await world.take([
      anEvent({ messageId: 'a', name: 'sync', feature: 'f' }),
      anEvent({ messageId: 'b', contact: aContact({ email: 'me@us.example' }), feature: 'f' }),
      anEvent({ messageId: 'c', contact: aContact({ externalId: 'U-9' }), feature: 'g' }),
    ]);
    expect((await world.everything())['usage_feature_month']).toMatchObject([{ feature: 'g' }]);
    await world.take([aContactRow({ externalId: 'U-9' }, { internal: true })]);
    const after = await world.everything();
    expect(after['event']).toHaveLength(3);
    expect([after['usage_contact_month'], after['usage_feature_month'], after['usage_event_month']]).toEqual([
      [],
      [],
      [],
    ]);
  });

  it('makes one person of a contact known by e-mail first and by id later', async () => {
    await world.take([anEvent({ messageId: 'a', contact: aContact({ email: 'jo@acme.example' }) })]);
    await world.take([
      anEvent({ messageId: 'b', occurredAt: '2026-03-11T12:00:00.000Z', contact: aContact({ externalId: 'U-1' }) }),
    ]);
    await world.take([aContactRow({ externalId: 'U-1', email: 'jo@acme.example' })]);
    await world.take([
      anEvent({
        messageId: 'c',
        occurredAt: '2026-03-12T12:00:00.000Z',
        contact: aContact({ email: 'JO@acme.example' }),
      }),
    ]);
    const after = await world.everything();
    expect(after['contact']).toHaveLength(1);
    expect(after['usage_contact_month']).toMatchObject([{ days: (1 << 9) | (1 << 10) | (1 << 11) }]);
  });
});
