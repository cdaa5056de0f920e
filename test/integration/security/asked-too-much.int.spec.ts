import { randomUUID } from 'node:crypto';
import type { Rule } from '@steward/shared/rules';
import { open, UnitOfWork } from '../../../apps/api/src/db/unit-of-work.js';
import { Questions } from '../../../apps/api/src/desk/account-list/questions.service.js';
import { all, field } from '../../../apps/api/src/domain/rule-builders.js';
import { LiveRefresh } from '../../../apps/api/src/pipeline/run/live-refresh.service.js';
import { Turns } from '../../../apps/api/src/platform/auth/in-turn.interceptor.js';
import type { Principal } from '../../../apps/api/src/platform/auth/principal.js';
import { waitUntil as waitAtMost } from '../../../scripts/lib/processes.mjs';
import { anAlertRule } from '../../support/alerts.js';
import { ApiServer, type Caller } from '../../support/api-server.js';
import { insertRows } from '../../support/insert-rows.js';
import { aPerson } from '../../support/people.js';
import { EXPECTED } from '../access/route-access.js';

const waitUntil = async (condition: () => boolean) => expect(await waitAtMost(condition, 10_000)).toBe(true);
const isIn = (segment: string): Rule => ({ kind: 'member', segment, is: true });
/** Of 200 conditions with two values each. */
const largeRule = (n: number): Rule => ({
  kind: 'any',
  rules: Array.from({ length: 200 }, (_, each) => field('account.arr', 'between', [n * 200 + each, n * 200 + each])),
});

describe('segments that ask for too much', () => {
  let server: ApiServer;
  let csm: Caller;
  const account = randomUUID();

  beforeAll(async () => {
    server = await ApiServer.start();
    const owner = await server.person('csm');
    csm = await server.signedIn(owner);
    const whole = {
      csm_user_id: owner.id,
      arr_minor: 50_000,
      customer_since: '2024-01-01',
      first_seen_on: '2026-01-01',
    };
    const row = { id: account, external_id: 'a', name: 'Acme', status: 'customer', revision: 1, ...whole };
    await insertRows(server.dataSource, 'account', [row]);
  }, 120_000);
  afterAll(() => server?.close());

  const create = (caller: Caller, rule: Rule, given: object = {}) =>
    caller.post('/api/v1/segments', { name: 'One', rule, ...given });

  it('are computed however many there are: more values than a statement takes', async () => {
    const large = Array.from({ length: 180 }, (_, n) => ({ id: randomUUID(), rule: largeRule(n) }));
    await insertRows(
      server.dataSource,
      'segment',
      large.map(({ id, rule }) => ({
        ...{ id, rule, name: 'Large', description: '', of: 'account', visibility: 'shared' },
        ...{ rule_version: 1, revision: 1, created_at: '2026-04-01', updated_at: '2026-04-01' },
      })),
    );
    const due = { account_id: account, since_day: '2026-04-15', token: randomUUID(), marked_at: '2026-04-15' };
    await insertRows(server.dataSource, 'dirty_account', [due]);
    await server.app.get(LiveRefresh, { strict: false }).drain();
    const members = async (id: string) => (await csm.get(`/api/v1/segments/${id}/members`)).body.total;
    // 500.00 lies in the third rule: 400 to 599.
    expect([await members(large[2]!.id), await members(large[3]!.id)]).toEqual([1, 0]);
    await server.dataSource.query(`DELETE FROM steward.segment WHERE id = ANY($1::uuid[])`, [
      large.map(({ id }) => id),
    ]);
  }, 60_000);

  it('are refused to a person who has as much as is computed for one, copies too', async () => {
    const hoarder = await server.as('csm');
    for (let n = 0; n < 10; n += 1) expect((await create(hoarder, largeRule(n))).status).toBe(201);
    expect((await create(hoarder, all())).body.code).toBe('TOO_MANY_SEGMENTS');
    const [own] = (await hoarder.get('/api/v1/segments')).body.segments.filter((each: any) => each.owner !== null);
    expect((await hoarder.post(`/api/v1/segments/${own.id}/copy`, { name: 'Two' })).body.code).toBe(
      'TOO_MANY_SEGMENTS',
    );
    expect((await hoarder.patch(`/api/v1/segments/${own.id}`, { rule: largeRule(11), revision: 1 })).status).toBe(200);
    expect((await create(csm, all())).status).toBe(201);
  });

  it('may be made smaller where they are more than is computed for one already', async () => {
    const owner = await server.person('csm');
    const hoarder = await server.signedIn(owner);
    const plan = (value: string) => ({
      ...{ kind: 'eventCount', event: null, op: 'gte', count: 1, inLastDays: 28 },
      where: [{ property: 'plan', op: 'eq', value }],
    });
    const counts = Array.from({ length: 11 }, () => ({
      ...{ id: randomUUID(), rule: { kind: 'any', rules: [plan('pro'), plan('team')] }, owner_user_id: owner.id },
      ...{ name: 'Of plans', description: '', of: 'account', visibility: 'private' },
      ...{ rule_version: 1, revision: 1, created_at: '2026-04-01', updated_at: '2026-04-01' },
    }));
    await insertRows(server.dataSource, 'segment', counts);
    const change = (rules: unknown[], revision: number) =>
      hoarder.patch(`/api/v1/segments/${counts[0]!.id}`, { rule: { kind: 'any', rules }, revision });
    expect((await change([plan('pro'), plan('free')], 1)).status).toBe(200);
    expect((await change([plan('pro'), plan('free'), plan('team')], 2)).body.code).toBe('TOO_MANY_SEGMENTS');
    expect((await change([plan('pro')], 2)).status).toBe(200);
    expect((await create(hoarder, all())).body.code).toBe('TOO_MANY_SEGMENTS');
  });

  it('stop no alerts, nor do rules of alerts, however many there are', async () => {
    const manager = await server.as('admin');
    const given = { name: 'Rule 0', kind: 'churn', severity: 'low', reason: 'because', rule: largeRule(0) };
    expect((await manager.post('/api/v1/alert-rules', given)).status).toBe(201);
    for (let n = 1; n < 180; n += 1) {
      await anAlertRule(server.dataSource, { name: `Rule ${n}`, rule: largeRule(n) });
    }
    const again = { account_id: account, since_day: '2026-04-15', token: randomUUID(), marked_at: '2026-04-15' };
    await insertRows(server.dataSource, 'dirty_account', [again]);
    await server.app.get(LiveRefresh, { strict: false }).drain();
    const { alerts } = (await manager.get(`/api/v1/accounts/${account}/alerts`)).body;
    const names = alerts.map((alert: any) => alert.rule.name);
    expect(names).toContain('Rule 2');
    expect(names.filter((name: string) => name.startsWith('Rule '))).toEqual(['Rule 2']);
  }, 60_000);

  it('rest on each other only so deep', async () => {
    let { id } = (await create(csm, all())).body;
    for (let depth = 2; depth <= 12; depth += 1) ({ id } = (await create(csm, isIn(id))).body);
    expect((await create(csm, isIn(id))).body.code).toBe('SEGMENTS_TOO_DEEP');
  });
});

describe('a private segment', () => {
  let server: ApiServer;
  let csm: Caller;
  let stranger: Caller;

  beforeAll(async () => {
    server = await ApiServer.start();
    csm = await server.as('csm');
    stranger = await server.as('csm');
  }, 120_000);
  afterAll(() => server?.close());

  const create = async (caller: Caller, rule: Rule, visibility = 'private', name = 'One') =>
    (await caller.post('/api/v1/segments', { name, rule, visibility })).body;

  it('is not told through a shared one that rests on it', async () => {
    const hidden = await create(csm, all(), 'private', 'Hidden');
    expect(await create(csm, isIn(hidden.id), 'shared')).toMatchObject({ code: 'RESTS_ON_PRIVATE' });
    const own = await create(csm, isIn(hidden.id));
    const sharing = { visibility: 'shared', revision: 1 };
    expect((await csm.patch(`/api/v1/segments/${own.id}`, sharing)).body.code).toBe('RESTS_ON_PRIVATE');
    expect((await csm.patch(`/api/v1/segments/${hidden.id}`, sharing)).status).toBe(200);
    expect((await csm.patch(`/api/v1/segments/${own.id}`, sharing)).status).toBe(200);
  });

  it('cannot be made of a shared one that others have built on', async () => {
    const shared = await create(csm, all(), 'shared', 'Shared');
    const own = await create(csm, isIn(shared.id));
    expect(own.id).toBeDefined();
    const built = await create(stranger, isIn(shared.id), 'private', 'Theirs');
    const hiding = { visibility: 'private', revision: 1 };
    const refused = await csm.patch(`/api/v1/segments/${shared.id}`, hiding);
    expect(refused).toMatchObject({ status: 409, body: { code: 'SEGMENT_IN_USE' } });
    expect(refused.body.message).toBe('This segment is used by a private segment.');
    await stranger.delete(`/api/v1/segments/${built.id}`);
    expect((await csm.patch(`/api/v1/segments/${shared.id}`, hiding)).status).toBe(200);
  });
});

describe('a question that somebody asks', () => {
  it('is given up when it takes too long', async () => {
    const server = await ApiServer.start();
    const asked = { rule: null, text: '', asOf: null };
    const [row] = await server.app.get(UnitOfWork, { strict: false }).run(async (tx) => {
      await server.app.get(Questions, { strict: false }).of(tx, aPerson('viewer'), asked);
      return open(tx).query<{ statement_timeout: string }>('SHOW statement_timeout');
    });
    await server.close();
    expect(row?.statement_timeout).toBe('20s');
  }, 120_000);

  it('waits while three others of the same person are being answered, and nobody else waits for them', async () => {
    const server = await ApiServer.start();
    const questions = server.app.get(Questions, { strict: false });
    const asked = { rule: null, text: '', asOf: null };
    const begun: string[] = [];
    const ends: (() => void)[] = [];
    const ask = (who: Principal, name: string) =>
      questions.ask(who, asked, async () => {
        begun.push(name);
        await new Promise<void>((end) => ends.push(end));
      });
    const busy = aPerson('viewer');
    const answers = ['1', '2', '3', '4'].map((name) => ask(busy, name));
    await waitUntil(() => begun.length === 3);
    const other = ask(aPerson('viewer'), 'of somebody else');
    await waitUntil(() => begun.includes('of somebody else'));
    expect(begun).not.toContain('4');
    ends[0]?.();
    await waitUntil(() => begun.includes('4'));
    for (const end of ends) end();
    await Promise.all([...answers, other]);
    const rush = Array.from({ length: 44 }, () => questions.ask(busy, asked, async () => 'answered'));
    const refused = (await Promise.allSettled(rush)).filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(1);
    await server.close();
  }, 120_000);
});

describe('figures over many accounts', () => {
  /** Playbooks are tried as the questions that they are; files by a job. */
  const heavy = Object.keys(EXPECTED)
    .filter((route) => /\/reports\/|\/dry-run$|\/health-studio\/(effect|overview|signals)/.test(route))
    .filter((route) => !/playbooks|imports/.test(route))
    .map((route) => route.split(' ') as [string, string]);

  it('are worked out in turn for one person, and nobody else waits for them', async () => {
    const server = await ApiServer.start();
    const busy = await server.person('admin');
    const [caller, another] = [await server.signedIn(busy), await server.as('admin')];
    const turns = server.app.get(Turns, { strict: false });
    const ends: (() => void)[] = [];
    const works = Array.from({ length: 43 }, () =>
      turns.pass(busy.id, () => new Promise<void>((end) => ends.push(end))),
    );
    expect(ends).toHaveLength(3);
    expect(heavy.length).toBeGreaterThan(25);
    for (const [method, path] of heavy) {
      expect([path, (await caller.ask(method, path)).body.code]).toEqual([path, 'TOO_MANY_QUESTIONS']);
    }
    expect((await caller.get('/api/v1/me')).status).toBe(200);
    expect((await another.get('/api/v1/reports/portfolio')).status).toBe(200);
    ends[0]?.();
    const waits = caller.get('/api/v1/reports/portfolio');
    while (ends.length < 43) {
      for (const end of ends) end();
      await new Promise(setImmediate);
    }
    for (const end of ends) end();
    await Promise.all(works);
    expect((await waits).status).toBe(200);
    await server.close();
  }, 120_000);
});
