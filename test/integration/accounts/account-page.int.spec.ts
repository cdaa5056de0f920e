import { randomUUID } from 'node:crypto';
import {
  accountDetailSchema,
  FACT_LISTS,
  factPageSchema,
  moveListSchema,
  seriesSchema,
} from '@steward/shared/accounts';
import { accountExplanationSchema, scoreChangeSchema } from '@steward/shared/health';
import { accountSegmentsSchema } from '@steward/shared/segments';
import { AccountHealthService } from '../../../apps/api/src/desk/account-page/account-health.service.js';
import { AccountPageService } from '../../../apps/api/src/desk/account-page/account-page.service.js';
import { AccountEditsService } from '../../../apps/api/src/records/accounts/account-edits.service.js';
import { OverridesService } from '../../../apps/api/src/records/accounts/overrides.service.js';
import { PublishedService } from '../../../apps/api/src/records/model/published.service.js';
import { SignalsService } from '../../../apps/api/src/records/model/signals.service.js';
import { insertRows } from '../../support/insert-rows.js';
import { aPerson } from '../../support/people.js';
import {
  ACCOUNT,
  type AccountPageWorld,
  accountPageWorld,
  actor,
  CHILD,
  CSM,
  OTHER,
  TODAY,
} from './account-page-world.js';

let database: AccountPageWorld['database'];
let db: AccountPageWorld['db'];
let app: AccountPageWorld['app'];
const csm = aPerson('csm', { id: CSM });
const stranger = aPerson('csm', { id: OTHER });
const manager = aPerson('manager', { teamIds: [CSM, OTHER] });

beforeAll(async () => {
  ({ database, db, app } = await accountPageWorld());
});

afterAll(async () => {
  await app?.close();
  await database?.close().catch(() => undefined);
});

const pages = () => app.get(AccountPageService);
const health = () => app.get(AccountHealthService, { strict: false });
const edits = () => app.get(AccountEditsService, { strict: false });
const overrides = () => app.get(OverridesService, { strict: false });

describe('the account page', () => {
  it('shows the account as it is now, with who said what and the family that the reader may see', async () => {
    const detail = accountDetailSchema.parse(await pages().detail(csm.scope, ACCOUNT, undefined));
    expect(detail).toMatchObject({
      name: 'Analytical Engines',
      industry: 'Computing',
      tier: 'T2',
      stage: 'adoption',
      stageStatus: 'behind',
      revision: 3,
      asOf: TODAY,
      attributes: { region_code: 'N' },
      csm: { userId: CSM, name: 'Ada Byron' },
      children: [],
    });
    expect(detail.fieldSources.industry).toEqual({ source: 'Ada Byron', fromDay: '2026-04-10' });
    expect((await pages().detail(manager.scope, ACCOUNT, undefined)).children).toEqual([
      { id: CHILD, name: 'Difference Engines', arrMinor: 500, band: 'healthy' },
    ]);
  });

  it('says nothing of a parent that the reader may not see, not even that somebody told of one', async () => {
    const told = { from_day: '2026-01-01', value: 'a-1', source: 'crm', observed_at: '2026-01-01T00:00:00Z' };
    await insertRows(db, 'account_field', [{ ...told, account_id: CHILD, field: 'parent' }]);
    const seen = await pages().detail(manager.scope, CHILD, undefined);
    expect(seen.parent).toEqual({ id: ACCOUNT, name: 'Analytical Engines' });
    expect(seen.fieldSources).toMatchObject({ parent: { source: 'CRM' } });
    for (const day of [undefined, '2026-04-05']) {
      const hidden = await pages().detail(stranger.scope, CHILD, day);
      expect(hidden.parent).toBeNull();
      expect(hidden.fieldSources).not.toHaveProperty('parent');
    }
    await db.query(`DELETE FROM steward.account_field WHERE account_id = $1`, [CHILD]);
  });

  it.each([
    ['runs to a day', { ends_on: '2026-12-31', quantity: 20 }, ['renewalDate', 'seats']],
    ['has ended but renews by itself', { ends_on: '2026-03-31', auto_renew: true, term_months: 12 }, ['renewalDate']],
    ['has ended', { ends_on: '2026-03-31', quantity: 20 }, []],
    ['has no end', { ends_on: null, quantity: 20 }, ['seats']],
    ['is not counted in seats', { ends_on: null, quantity: 20, seat_based: false }, []],
  ])('says which fields a subscription decides that %s', async (_, subscription, fields) => {
    const at = new Date('2026-04-01T00:00:00Z');
    const row = {
      account_id: CHILD,
      id: 'S-1',
      seat_based: true,
      starts_on: '2026-01-01',
      observed_at: at,
      received_at: at,
    };
    await insertRows(db, 'subscription', [{ ...row, ...subscription }]);
    expect((await pages().detail(manager.scope, CHILD, undefined)).fromSubscriptions).toEqual(fields);
    await db.query(`DELETE FROM steward.subscription WHERE account_id = $1`, [CHILD]);
  });

  it('says that no subscription decides the renewal date where another has succeeded the one that renewed itself', async () => {
    const at = new Date('2026-04-01T00:00:00Z');
    const row = { account_id: CHILD, observed_at: at, received_at: at, term_months: 1, auto_renew: true };
    await insertRows(db, 'subscription', [
      { ...row, id: 'S-1', starts_on: '2026-01-01', ends_on: '2026-01-31' },
      { ...row, id: 'S-2', starts_on: '2026-02-10', ends_on: null },
    ]);
    expect((await pages().detail(manager.scope, CHILD, undefined)).fromSubscriptions).toEqual([]);
    expect((await pages().detail(manager.scope, CHILD, '2026-02-09')).fromSubscriptions).toEqual(['renewalDate']);
    await db.query(`DELETE FROM steward.subscription WHERE account_id = $1`, [CHILD]);
  });

  it('shows an earlier day as it stood', async () => {
    const detail = await pages().detail(csm.scope, ACCOUNT, '2026-04-05');
    expect(detail).toMatchObject({
      asOf: '2026-04-05',
      industry: 'Looms',
      fieldSources: { industry: { source: 'CRM' } },
    });
  });

  describe('of a notice', () => {
    afterEach(async () => {
      await db.query(`DELETE FROM steward.account_field WHERE account_id = $1 AND field <> 'industry'`, [ACCOUNT]);
      await db.query(
        `UPDATE steward.account SET notice_given_on = NULL, leaves_on = NULL, churned_on = NULL, churn_reason = NULL
         WHERE id = $1`,
        [ACCOUNT],
      );
    });

    const heard = (day: string, told: object) => {
      const word = { account_id: ACCOUNT, from_day: day, source: 'crm', observed_at: `${day}T00:00:00Z` };
      return insertRows(
        db,
        'account_field',
        Object.entries(told).map(([field, value]) => ({ ...word, field, value })),
      );
    };
    const told = async (day: string) => {
      const { noticeGivenOn, leavesOn, churnReason } = await pages().detail(csm.scope, ACCOUNT, day);
      return { noticeGivenOn, leavesOn, churnReason };
    };

    it.each([
      ['on the day that they gave it', '2026-04-12', '2026-04-12', '2026-04-13', '2026-04-11'],
      ['days after they gave it', '2026-04-04', '2026-04-14', '2026-04-05', '2026-04-03'],
    ])(
      'that was heard of %s tells from that day on, and when and why they go',
      async (_, on, heardOn, after, before) => {
        await heard(heardOn, { noticeGivenOn: on, leavesOn: '2026-06-30', churnedOn: on, churnReason: 'Price' });
        await db.query(
          `UPDATE steward.account SET notice_given_on = $2, leaves_on = '2026-06-30', churned_on = $2, churn_reason = 'Price'
         WHERE id = $1`,
          [ACCOUNT, on],
        );
        expect(await told(after)).toEqual({ noticeGivenOn: on, leavesOn: '2026-06-30', churnReason: 'Price' });
        expect(await told(before)).toEqual({ noticeGivenOn: null, leavesOn: null, churnReason: null });
      },
    );

    it.each([
      ['they had given it', '2026-04-04', { leavesOn: '2026-06-30', churnReason: 'Price' }],
      ['they gave it later', '2026-04-06', { leavesOn: null, churnReason: null }],
    ])('that was withdrawn tells of a day before as ever: %s', async (_, on, expected) => {
      const known = { noticeGivenOn: on, leavesOn: '2026-06-30', churnedOn: on, churnReason: 'Price' };
      await heard('2026-04-10', known);
      await heard('2026-04-12', { noticeGivenOn: null, leavesOn: null, churnedOn: null, churnReason: null });
      expect(await told('2026-04-05')).toMatchObject(expected);
    });

    it('whose day nobody ever told holds backwards, as any first value does', async () => {
      await heard('2026-04-12', { leavesOn: '2026-06-30' });
      expect(await told('2026-04-05')).toMatchObject({ leavesOn: '2026-06-30' });
    });
  });

  it('hides what is not the reader’s behind the same answer as what is not there', async () => {
    const notThere = { status: 404, code: 'NOT_FOUND' };
    for (const id of [ACCOUNT, randomUUID()]) {
      await expect(pages().detail(stranger.scope, id, undefined)).rejects.toMatchObject(notThere);
      await expect(pages().moves(stranger.scope, id)).rejects.toMatchObject(notThere);
      await expect(health().explanation(stranger.scope, id, undefined)).rejects.toMatchObject(notThere);
      await expect(health().changes(stranger.scope, id, { from: '2026-04-05', to: TODAY })).rejects.toMatchObject(
        notThere,
      );
      await expect(
        health().series(stranger.scope, id, { fields: 'health.score', from: TODAY, to: TODAY }),
      ).rejects.toMatchObject(notThere);
      await expect(edits().update(stranger, id, { revision: 3, name: 'Mine' })).rejects.toMatchObject(notThere);
      await expect(edits().setPulse(stranger, id, { value: 6, reasons: [], note: null })).rejects.toMatchObject(
        notThere,
      );
      await expect(overrides().release(stranger, id, 'tier')).rejects.toMatchObject(notThere);
      for (const list of FACT_LISTS) {
        await expect(pages().factPage(stranger.scope, id, list, { offset: 0, limit: 5 })).rejects.toMatchObject(
          notThere,
        );
      }
    }
  });

  it('lists the facts known by a day, newest first', async () => {
    for (const list of FACT_LISTS)
      factPageSchema.parse(await pages().factPage(csm.scope, ACCOUNT, list, { offset: 0, limit: 5 }));
    const now = await pages().factPage(csm.scope, ACCOUNT, 'tickets', { offset: 0, limit: 1 });
    expect(now).toMatchObject({ total: 2, rows: [{ id: 't-2', status: 'open' }] });
    const then = await pages().factPage(csm.scope, ACCOUNT, 'tickets', { asOf: '2026-04-10', offset: 0, limit: 5 });
    expect(then).toMatchObject({ total: 1, rows: [{ id: 't-1', status: 'open', closed: null }] });
  });

  it('draws a value a day, with gaps where no day was kept', async () => {
    const series = seriesSchema.parse(
      await health().series(csm.scope, ACCOUNT, {
        fields: 'health.score,support.urgent_open',
        from: '2026-04-01',
        to: TODAY,
      }),
    );
    expect(series.days[0]).toBe('2026-04-05');
    expect(series.days).toHaveLength(11);
    expect(Object.keys(series.values)).toEqual(['health.score', 'support.urgent_open']);
    await expect(
      health().series(csm.scope, ACCOUNT, { fields: 'account.name', from: TODAY, to: TODAY }),
    ).rejects.toMatchObject({ details: [{ code: 'FIELD_NOT_TRACKED' }] });
  });

  it('explains the stored score with the facts behind it, and what changed adds up', async () => {
    const explanation = accountExplanationSchema.parse(await health().explanation(csm.scope, ACCOUNT, undefined));
    expect(explanation.profile).toMatchObject({ name: expect.any(String), version: 1 });
    const total = explanation.measures.reduce((sum, measure) => sum + Math.round(measure.pointsGiven * 100), 0);
    expect(total).toBe(Math.round((explanation.beforeLimits ?? 0) * 100));
    const urgent = explanation.measures.find(({ signal }) => signal === 'support.urgent_open');
    expect(urgent?.evidence?.rows.map(({ ref }) => ref)).toEqual(['t-2']);
    const change = scoreChangeSchema.parse(
      await health().changes(csm.scope, ACCOUNT, { from: '2026-04-05', to: TODAY }),
    );
    const parts = [
      change.model,
      change.data.points,
      change.limits.points,
      ...change.measures.map(({ points }) => points),
    ];
    expect(parts.reduce((sum, part) => sum + Math.round(part * 100), 0)).toBe(Math.round(change.total * 100));
    await expect(health().explanation(csm.scope, ACCOUNT, '2026-04-06')).rejects.toMatchObject({ code: 'NO_SCORE' });
  });

  it('tells the segments that it was in on a day', async () => {
    const at = '2026-04-01T00:00:00Z';
    const segment = (name: string) => ({
      id: randomUUID(),
      name,
      description: '',
      of: 'account',
      rule: { kind: 'all', rules: [] },
      visibility: 'shared',
      rule_version: 1,
      revision: 1,
      created_at: at,
      updated_at: at,
    });
    const [left, entered] = [segment('Left on the 10th'), segment('Since the 12th')];
    await insertRows(db, 'segment', [left, entered]);
    const stay = { account_id: ACCOUNT, contact_id: '00000000-0000-0000-0000-000000000000', how: 'rule' };
    await insertRows(db, 'segment_event', [
      {
        ...stay,
        segment_id: left.id,
        id: randomUUID(),
        kind: 'left',
        day: '2026-04-10',
        at,
        since_day: '2026-04-03',
        since_at: at,
      },
    ]);
    await insertRows(db, 'segment_member', [
      { ...stay, segment_id: entered.id, since_day: '2026-04-12', entered_at: at },
    ]);
    const on = async (day?: string) => {
      const { segments } = accountSegmentsSchema.parse(await pages().segments(csm, ACCOUNT, day));
      return segments.map(({ name, sinceDay }) => `${name}: ${sinceDay}`);
    };
    expect(await on('2026-04-02')).toEqual([]);
    expect(await on('2026-04-09')).toEqual(['Left on the 10th: 2026-04-03']);
    expect(await on('2026-04-10')).toEqual([]);
    expect(await on('2026-04-12')).toEqual(['Since the 12th: 2026-04-12']);
    expect(await on()).toEqual(['Since the 12th: 2026-04-12']);
    await db.query('DELETE FROM steward.segment WHERE id = ANY($1::uuid[])', [[left.id, entered.id]]);
  });

  it('tells moves of tier and stage', async () => {
    expect(moveListSchema.parse(await pages().moves(csm.scope, ACCOUNT))).toEqual([
      { what: 'stage', from: 'onboarding', to: 'adoption', on: '2026-01-01', reason: 'rule', by: null, note: null },
    ]);
  });
});

describe('changes by hand', () => {
  const dirty = async () =>
    (await db.query(`SELECT token FROM steward.dirty_account WHERE account_id = $1`, [ACCOUNT]))[0]?.token;
  const lastAction = async () =>
    (
      await db.query(`SELECT action FROM steward.audit_log WHERE account_id = $1 ORDER BY id DESC LIMIT 1`, [ACCOUNT])
    )[0]?.action;

  it('keep the history of a field as a person’s word, and make the account due', async () => {
    const { revision } = await edits().update(csm, ACCOUNT, { revision: 3, seats: 25, tags: ['vip'] });
    expect(revision).toBe(4);
    expect(await lastAction()).toBe('account.edited');
    expect(await dirty()).toBeDefined();
    const [version] = await db.query(
      `SELECT value, source, from_day FROM steward.account_field WHERE account_id = $1 AND field = 'seats'`,
      [ACCOUNT],
    );
    expect(version).toEqual({ value: 25, source: `person:${CSM}`, from_day: TODAY });
    await expect(edits().update(csm, ACCOUNT, { revision: 3, seats: 1 })).rejects.toMatchObject({ status: 409 });
    expect((await db.query(`SELECT seats, tags FROM steward.account WHERE id = $1`, [ACCOUNT]))[0]).toEqual({
      seats: 25,
      tags: ['vip'],
    });
  });

  it('take what describes the account as files do, and let it be taken away', async () => {
    const told = {
      industry: 'Travel',
      size: 'Mid-market',
      employees: 1200,
      country: 'CA',
      region: 'West',
      plan: 'Pro',
    };
    const written = { ...told, domain: 'https://www.Acme.test/about' };
    const { revision } = await edits().update(manager, CHILD, { revision: 1, ...written });
    const columns = 'domain, industry, size, employees, country, region, plan';
    const stored = async () => (await db.query(`SELECT ${columns} FROM steward.account WHERE id = $1`, [CHILD]))[0];
    expect(await stored()).toEqual({ ...told, domain: 'acme.test' });
    const versions = await db.query(
      `SELECT field, value FROM steward.account_field WHERE account_id = $1 AND source = $2 ORDER BY field`,
      [CHILD, `person:${manager.user.id}`],
    );
    expect(
      Object.fromEntries(versions.map(({ field, value }: { field: string; value: unknown }) => [field, value])),
    ).toEqual(await stored());
    await edits().update(manager, CHILD, { revision, employees: null, plan: null, domain: null });
    expect(await stored()).toEqual({ ...told, employees: null, plan: null, domain: null });
  });

  it('let a person claim what nobody owns, and only those who lead give it to others', async () => {
    await expect(edits().update(csm, ACCOUNT, { revision: 4, csmUserId: OTHER })).rejects.toMatchObject({
      status: 403,
    });
    expect(await edits().update(csm, ACCOUNT, { revision: 4, amUserId: CSM })).toMatchObject({ revision: 5 });
    await expect(edits().update(manager, ACCOUNT, { revision: 5, amUserId: randomUUID() })).rejects.toMatchObject({
      code: 'UNKNOWN_PERSON',
    });
    expect(await edits().update(manager, ACCOUNT, { revision: 5, amUserId: OTHER })).toMatchObject({ revision: 6 });
    const [{ am_text: text }] = await db.query(`SELECT am_text FROM steward.account WHERE id = $1`, [ACCOUNT]);
    expect(text).toBe('Bo Diddley');
    await edits().update(manager, ACCOUNT, { revision: 6, amUserId: null });
  });

  it('set the pulse of the day, the last word of the day winning', async () => {
    await edits().setPulse(csm, ACCOUNT, { value: 2, reasons: ['price'], note: null });
    await edits().setPulse(csm, ACCOUNT, { value: 5, reasons: [], note: 'calmer' });
    expect(await db.query(`SELECT day, value, note FROM steward.pulse WHERE account_id = $1`, [ACCOUNT])).toEqual([
      { day: TODAY, value: 5, note: 'calmer' },
    ]);
  });

  it('set tier and stage until they are released', async () => {
    const before = await dirty();
    await overrides().setTier(csm, ACCOUNT, { tier: 'T1', reason: 'strategic', untilDay: null });
    await overrides().setTier(csm, ACCOUNT, { tier: 'T3', reason: 'mistake', untilDay: '2026-06-30' });
    await overrides().setStage(csm, ACCOUNT, { stage: 'advocate', reason: 'reference call' });
    expect(await dirty()).not.toBe(before);
    const detail = await pages().detail(csm.scope, ACCOUNT, undefined);
    expect(detail.tierOverride).toEqual({ tier: 'T3', reason: 'mistake', untilDay: '2026-06-30' });
    expect(detail.stageLock).toEqual({ stage: 'advocate', reason: 'reference call', fromDay: TODAY });
    await overrides().release(csm, ACCOUNT, 'tier');
    await overrides().release(csm, ACCOUNT, 'stage');
    expect(await lastAction()).toBe('account.stage_released');
    expect(await pages().detail(csm.scope, ACCOUNT, undefined)).toMatchObject({ tierOverride: null, stageLock: null });
    await expect(overrides().setTier(csm, ACCOUNT, { tier: 'T9', reason: 'x', untilDay: null })).rejects.toMatchObject({
      status: 400,
    });
  });
});

describe('the model', () => {
  const signalsOf = () => app.get(SignalsService, { strict: false });
  const calls = {
    key: 'own.calls',
    label: 'API calls',
    unit: 'number' as const,
    description: '',
    better: 'up' as const,
    windowDays: 30,
    change: null,
    compute: { source: 'metric' as const, metric: 'api_calls', aggregation: 'last' as const },
  };

  it('gives an own signal the next number, never one that was given before', async () => {
    await expect(signalsOf().create(actor, calls)).rejects.toMatchObject({ details: [{ code: 'UNKNOWN_METRIC' }] });
    await db.query(
      `INSERT INTO steward.metric_definition (key, label, period, created_at) VALUES ('api_calls', 'API calls', 'month', now())`,
    );
    const first = await signalsOf().create(actor, calls);
    expect(first).toMatchObject({ number: 61, builtIn: false, retired: false, revision: 1 });
    await expect(signalsOf().create(actor, calls)).rejects.toMatchObject({ code: 'SIGNAL_KEY_TAKEN' });
    const retired = await signalsOf().update(actor, 'own.calls', { revision: 1, retired: true });
    expect(retired).toMatchObject({ retired: true, revision: 2 });
    await expect(signalsOf().update(actor, 'own.calls', { revision: 1, label: 'Calls' })).rejects.toMatchObject({
      status: 409,
    });
    expect(await signalsOf().create(actor, { ...calls, key: 'own.calls_again' })).toMatchObject({ number: 62 });
    await expect(signalsOf().update(actor, 'usage.events', { revision: 1, label: 'x' })).rejects.toMatchObject({
      code: 'SIGNAL_BUILT_IN',
    });
  });

  it('shows what is published', async () => {
    const published = app.get(PublishedService, { strict: false });
    expect(await published.set('tier')).toMatchObject({
      version: 1,
      tiers: [{ key: 'T1' }, { key: 'T2' }, { key: 'T3' }, { key: 'T4' }],
    });
    expect((await published.profiles()).profiles.at(-1)).toMatchObject({ isDefault: true, version: 1 });
  });
});
