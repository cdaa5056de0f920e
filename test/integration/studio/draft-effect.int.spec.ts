import { ApiServer, type Caller } from '../../support/api-server.js';
import { effectOf, published, withSample } from './studio-world.js';

const STUDIO = '/api/v1/health-studio';

let server: ApiServer;
let admin: Caller;
let profiles: any[];
beforeAll(async () => {
  server = await ApiServer.start();
  admin = await server.as('admin');
  await withSample(server, { accounts: 40, months: 4, seed: 3, computed: 'today' });
  profiles = await published(admin);
}, 240_000);
afterAll(() => server.close());

const asIs = (profile: any) => ({ profileId: profile.id, body: profile.body });
const byDefault = () => profiles.find(({ isDefault }) => isDefault);
const stored = () =>
  server.dataSource.query(
    `SELECT s.account_id AS id, s.score, s.band, s.arr_minor AS "arrMinor", s.health_version_id AS version
     FROM steward.account_state s WHERE s.status IN ('trial', 'customer') ORDER BY s.account_id`,
  ) as Promise<{ id: string; score: number | null; band: string; arrMinor: number | null; version: number }[]>;

/** The draft with a roof over every score, so that nobody is healthy or in the watch band. */
const allAtRisk = (profile: any) => ({
  profileId: profile.id,
  body: { ...profile.body, bands: { watchFrom: 100, healthyFrom: 100 } },
});

describe('a draft that says what is published', () => {
  it('gives exactly the stored scores, band by band, and changes nobody', async () => {
    const states = await stored();
    for (const profile of profiles) {
      const { status, body } = await effectOf(admin, asIs(profile));
      expect(status).toBe(200);
      const scores = states.flatMap(({ score }) => (score === null ? [] : [score]));
      expect(body.accounts).toBe(states.length);
      expect(body.before).toEqual(body.after);
      expect(body.before.scored).toBe(scores.length);
      expect(body.before.mean).toBeCloseTo(scores.reduce((sum, score) => sum + score, 0) / scores.length, 8);
      for (const { band, before, after } of body.bands) {
        const inBand = states.filter((state) => state.band === band);
        expect(before.accounts).toBe(inBand.length);
        expect(after).toEqual(before);
      }
      for (const { from, to, before } of body.histogram) {
        const last = to === 100;
        expect(before).toBe(scores.filter((score) => score >= from && (score < to || last)).length);
      }
      expect(body.changed.total).toBe(0);
      expect(body.scoredByDraft).toBe(states.filter(({ version }) => version === profile.versionId).length);
    }
  });

  it('explains each account with the score that it has', async () => {
    for (const { id, score, band } of (await stored()).slice(0, 12)) {
      const { body } = await effectOf(admin, asIs(byDefault()), { accountId: id });
      expect(body.account.before).toMatchObject({ score, band });
      expect(body.account.after).toEqual(body.account.before);
      const given = body.account.measures.reduce((sum: number, { after }: any) => sum + (after ?? 0), 0);
      if (score !== null) expect(given).toBeCloseTo(body.account.after.beforeLimits, 6);
    }
  });
});

describe('a draft that says something else', () => {
  it('tells who changes band: pairs, ARR, and the list by ARR, in pages and as a file', async () => {
    const draft = allAtRisk(byDefault());
    const { body } = await effectOf(admin, draft);
    const states = await stored();
    const taken = states.filter(({ version }) => version === byDefault().versionId);
    const changes = taken.filter(({ band, score }) => score !== null && score < 100 && band !== 'at_risk');
    expect(changes.length).toBeGreaterThan(3);
    expect(body.changed.total).toBe(changes.length);
    expect(body.changed.arrMinor).toBe(changes.reduce((sum, { arrMinor }) => sum + (arrMinor ?? 0), 0));
    const arr = body.changed.rows.map(({ arrMinor }: any) => arrMinor);
    expect(arr).toEqual([...arr].sort((a, b) => b - a));
    const moved = body.moves.filter(({ from, to }: any) => from !== to);
    expect(moved.reduce((sum: number, { accounts }: any) => sum + accounts, 0)).toBe(changes.length);

    const page = (offset: number, more = {}) =>
      admin.post(`${STUDIO}/effect/accounts`, { profile: draft, offset, limit: 2, ...more });
    const [first, second] = [(await page(0)).body, (await page(2)).body];
    expect([...first.rows, ...second.rows]).toEqual(body.changed.rows.slice(0, 4));
    const healthy = (await page(0, { from: 'healthy' })).body;
    expect(healthy.total).toBe(changes.filter(({ band }) => band === 'healthy').length);

    const file = await admin.post(`${STUDIO}/effect/export`, { profile: draft });
    expect(file.headers.get('content-type')).toContain('text/csv');
    expect(String(file.body).trim().split('\r\n')).toHaveLength(changes.length + 1);
    const [entry] = await server.dataSource.query(
      `SELECT count(*)::int AS entries FROM steward.audit_log WHERE subject_id = 'studio'`,
    );
    expect(entry.entries).toBe(1);
  });

  it('is a new profile where it names none, first unless another place is asked for', async () => {
    const body = {
      ...byDefault().body,
      scope: { kind: 'compare', field: 'account.status', op: 'eq', value: 'customer' },
    };
    const customers = (await stored()).length;
    const first = (await effectOf(admin, { body })).body;
    expect(first.scoredByDraft).toBeGreaterThan(0);
    expect(first.scoredByDraft).toBeLessThanOrEqual(customers);
    // Behind the onboarding profile it takes what that one leaves.
    const second = (await effectOf(admin, { body, position: 1 })).body;
    expect(second.scoredByDraft).toBeLessThan(first.scoredByDraft);
    expect(second.changed.total).toBe(0);
  });

  it('says in words what a measure cannot tell', async () => {
    const [group] = byDefault().body.groups;
    const constant = { signal: 'support.csat', weight: 1, normalizer: { kind: 'linear', from: 100, to: 200 } };
    const { body } = await effectOf(admin, {
      profileId: byDefault().id,
      body: { ...byDefault().body, groups: [{ ...group, measures: [...group.measures, constant] }] },
    });
    const told = body.measures.find(({ signal }: any) => signal === 'support.csat');
    expect(told).toMatchObject({ state: expect.stringMatching(/clamped|constant/), remark: expect.any(String) });
    expect(body.remarks.join(' ')).toContain(told.label);
  });

  it('is refused with the place of what cannot be asked', async () => {
    const limits = [
      {
        key: 'odd',
        kind: 'cap',
        at: 30,
        reason: 'odd',
        skipInQuietPeriods: false,
        rule: { kind: 'compare', field: 'no.such_field', op: 'eq', value: 1 },
      },
    ];
    const { status, body } = await effectOf(admin, {
      profileId: byDefault().id,
      body: { ...byDefault().body, limits },
    });
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'RULE_NOT_VALID', details: [{ path: 'profile.body.limits.0.rule.field' }] });
    const gone = await effectOf(admin, { profileId: '00000000-0000-7000-8000-000000000000', body: byDefault().body });
    expect(gone.status).toBe(404);
  });
});

describe('within the accounts that one sees', () => {
  it('a manager is told of their team alone, and of no other account', async () => {
    const manager = await server.person('manager');
    const caller = await server.signedIn(manager);
    const csm = await server.person('csm', { managerId: manager.id });
    const [mine, other] = await stored();
    await server.dataSource.query('UPDATE steward.account SET csm_user_id = $2 WHERE id = $1', [mine!.id, csm.id]);
    const stranger = await server.person('csm');
    await server.dataSource.query('UPDATE steward.account SET csm_user_id = $1 WHERE id <> $2', [
      stranger.id,
      mine!.id,
    ]);
    const { body } = await effectOf(caller, allAtRisk(byDefault()), { accountId: mine!.id });
    expect(body.accounts).toBe(1);
    expect(body.changed.rows.every(({ accountId }: any) => accountId === mine!.id)).toBe(true);
    expect((await effectOf(caller, asIs(byDefault()), { accountId: other!.id })).status).toBe(404);
  });

  it('nobody at all: words, no figures divided by nothing', async () => {
    await server.dataSource.query(`UPDATE steward.account SET csm_user_id = (SELECT id FROM steward.app_user LIMIT 1)`);
    const nobody = await server.as('manager');
    const { status, body } = await effectOf(nobody, asIs(byDefault()));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      accounts: 0,
      before: { scored: 0, mean: null, coverage: null },
      changed: { total: 0 },
    });
    expect(body.remarks).toEqual(['There is no live account that you see, so there is nothing to compare.']);
  });
});
