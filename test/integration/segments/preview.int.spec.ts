import type { Rule } from '@steward/shared/rules';
import { segmentPreviewSchema } from '@steward/shared/segment-preview';
import { all, field, isNotSet, not } from '../../../apps/api/src/domain/rule-builders.js';
import { ApiServer, type Caller } from '../../support/api-server.js';
import { insertRows, insertStates } from '../../support/insert-rows.js';

const accountId = (index: number) => `10000000-0000-4000-8000-00000000000${index}`;
const contactId = (index: number) => `20000000-0000-4000-8000-00000000000${index}`;

describe('the preview of a segment', () => {
  let server: ApiServer;
  let csm: Caller;
  let admin: Caller;

  beforeAll(async () => {
    server = await ApiServer.start();
    const owner = await server.person('csm');
    const other = await server.person('csm');
    csm = await server.signedIn(owner);
    admin = await server.as('admin');
    const accounts = [
      { csm: owner.id, arr: 1_000, band: 'healthy', tier: 'T4', industry: 'SaaS' },
      { csm: owner.id, arr: 60_000, band: 'at_risk', tier: 'T2', industry: null },
      { csm: other.id, arr: 900_000, band: 'at_risk', tier: 'T1', industry: 'Retail' },
      { csm: other.id, arr: null, band: null, tier: null, industry: null },
    ];
    await insertRows(
      server.dataSource,
      'account',
      accounts.map(({ csm: csmId, industry }, index) => ({
        id: accountId(index),
        external_id: `a-${index}`,
        name: `Account ${index}`,
        status: 'customer',
        csm_user_id: csmId,
        industry,
        first_seen_on: '2026-01-01',
        revision: 1,
      })),
    );
    await insertStates(
      server.dataSource,
      accounts.map(({ csm: csmId, arr, band, tier }, index) => ({
        csm_user_id: csmId,
        account_id: accountId(index),
        status: 'customer',
        as_of: '2026-04-15',
        arr_minor: arr === null ? null : arr * 100,
        band,
        tier,
      })),
    );
    await insertRows(server.dataSource, 'contact', [
      aContact(0, 0, { name: 'Ada', title: 'Buyer', first_seen: '2026-04-12', last_seen: '2026-04-14' }),
      aContact(1, 1, { name: 'Bo', first_seen: '2025-01-01', last_seen: '2026-02-01' }),
      aContact(2, 1, { name: 'Cy', internal: true, last_seen: '2026-04-15' }),
      aContact(3, 2, { name: 'Di', consent: false, last_seen: '2026-04-15' }),
    ]);
  }, 120_000);
  afterAll(() => server?.close());

  const aContact = (index: number, account: number, more: object) => ({
    id: contactId(index),
    account_id: accountId(account),
    ...more,
  });
  const preview = async (caller: Caller, asked: { rule: Rule } & Record<string, unknown>) => {
    const { status, body } = await caller.post('/api/v1/segments/preview', asked);
    expect({ status, body }).toMatchObject({ status: 200 });
    return segmentPreviewSchema.parse(body);
  };
  const everyone: Rule = all();

  it('counts, adds up and shows what a rule finds, the largest ARR first', async () => {
    const found = await preview(admin, { rule: everyone });
    expect(found).toMatchObject({ of: 'account', asOf: '2026-04-15', total: 4, accounts: 4, arrMinor: 96_100_000 });
    expect(found.rows.map(({ name }) => name)).toEqual(['Account 2', 'Account 1', 'Account 0', 'Account 3']);
    expect(found.rows[0]).toMatchObject({
      arrMinor: 90_000_000,
      tier: 'T1',
      band: 'at_risk',
      sparkline: expect.any(Array),
    });
    expect(found.distribution).toEqual({
      byBand: [
        { band: 'at_risk', count: 2 },
        { band: 'healthy', count: 1 },
        { band: null, count: 1 },
      ],
      byTier: [
        { tier: 'T1', count: 1 },
        { tier: 'T2', count: 1 },
        { tier: 'T4', count: 1 },
        { tier: null, count: 1 },
      ],
      byArr: [
        { from: 0, count: 1 },
        { from: 25_000, count: 1 },
        { from: 500_000, count: 1 },
        { from: null, count: 1 },
      ],
    });
  });

  it('sorts as asked and shows as many as asked, but counts all', async () => {
    const sort = [{ field: 'account.name', direction: 'asc' }];
    const found = await preview(admin, { rule: everyone, sort, limit: 2 });
    expect([found.total, found.rows.map(({ name }) => name)]).toEqual([4, ['Account 0', 'Account 1']]);
    expect((await preview(admin, { rule: everyone, limit: 0 })).rows).toEqual([]);
  });

  it('tells of nobody outside the reader’s accounts', async () => {
    const found = await preview(csm, { rule: everyone });
    expect([found.total, found.arrMinor, found.rows.length]).toEqual([2, 6_100_000, 2]);
    expect(found.distribution.byTier.map(({ tier }) => tier)).toEqual(['T2', 'T4']);
    const contacts = await preview(csm, { of: 'contact', rule: everyone });
    expect(contacts.contacts.map(({ name }) => name).sort()).toEqual(['Ada', 'Bo']);
  });

  it('says how many are in because their field has no value', async () => {
    const isNot = field('account.industry', 'neq', 'SaaS');
    const denied = not(field('health.band', 'eq', 'healthy'));
    const found = await preview(admin, {
      rule: all(isNot, denied, not(field('account.industry', 'notIn', ['Retail', 'x']))),
    });
    expect([found.total, found.withoutValue]).toEqual([
      1,
      [
        { path: 'rule.rules.0', field: 'account.industry', count: 0 },
        { path: 'rule.rules.1.rule', field: 'health.band', count: 0 },
      ],
    ]);
    const loose = await preview(admin, { rule: isNot });
    expect(loose.withoutValue).toEqual([{ path: 'rule', field: 'account.industry', count: 2 }]);
    expect((await preview(admin, { rule: isNotSet('account.industry') })).withoutValue).toEqual([]);
  });

  it('finds nobody without a fault', async () => {
    const found = await preview(admin, { rule: field('account.industry', 'eq', '%') });
    expect(found).toMatchObject({ total: 0, accounts: 0, arrMinor: null, rows: [], contacts: [] });
    expect(found.distribution).toEqual({ byBand: [], byTier: [], byArr: [] });
  });

  it('says beside which condition a rule is wrong', async () => {
    const rule = all(field('account.arr', 'gte', 1), not(field('account.nothing', 'eq', 1)), {
      kind: 'related',
      of: 'deal',
      quantifier: 'any',
      rule: all(field('stage', 'eq', 'x')),
    });
    const refused = await admin.post('/api/v1/segments/preview', { rule });
    expect(refused).toMatchObject({ status: 400, body: { code: 'RULE_NOT_VALID' } });
    expect(refused.body.details).toEqual([
      { path: 'rule.rules.1.rule.field', code: 'UNKNOWN_FIELD', message: expect.any(String) },
      { path: 'rule.rules.2.rule.rules.0.field', code: 'FIELD_NOW_ONLY', message: expect.any(String) },
    ]);
    const inNone: Rule = all(not({ kind: 'member', segment: accountId(0), is: true }));
    expect((await admin.post('/api/v1/segments/preview', { rule: inNone })).body.details).toMatchObject([
      { path: 'rule.rules.0.rule.segment', code: 'UNKNOWN_SEGMENT' },
    ]);
    const mine = field('account.csm', 'eq', 'me');
    expect((await csm.post('/api/v1/segments/preview', { rule: mine })).status).toBe(400);
    expect((await preview(csm, { rule: mine, purpose: 'filter' })).total).toBe(2);
  });

  it('finds contacts by what they are and by what their account is', async () => {
    const active: Rule = { kind: 'date', field: 'contact.lastActive', op: 'inLastDays', days: 28 };
    const found = await preview(admin, { of: 'contact', rule: active });
    expect(found).toMatchObject({ of: 'contact', total: 2, accounts: 2, arrMinor: 90_100_000, rows: [] });
    expect(found.contacts[0]).toMatchObject({ name: 'Di', consent: false, account: { name: 'Account 2', tier: 'T1' } });
    const both = all(field('contact.optedOut', 'neq', true), field('account.arr', 'lt', 50_000));
    const few = await preview(admin, { of: 'contact', rule: both });
    expect(few.contacts.map(({ name }) => name)).toEqual(['Ada']);
    expect(few.withoutValue).toEqual([{ path: 'rule.rules.0', field: 'contact.optedOut', count: 1 }]);
    expect((await admin.post('/api/v1/segments/preview', { rule: active })).body.details[0].code).toBe('UNKNOWN_FIELD');
  });
});
