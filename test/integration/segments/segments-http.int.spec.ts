import { randomUUID } from 'node:crypto';
import type { Rule } from '@steward/shared/rules';
import type { SegmentOf } from '@steward/shared/segments';
import { CatalogueReader } from '../../../apps/api/src/db/rules/catalogue.reader.js';
import { checkRule } from '../../../apps/api/src/db/rules/check-rule.js';
import { contactCatalogue } from '../../../apps/api/src/db/rules/contact-fields.js';
import { UnitOfWork } from '../../../apps/api/src/db/unit-of-work.js';
import { all, field } from '../../../apps/api/src/domain/rule-builders.js';
import { LiveRefresh } from '../../../apps/api/src/pipeline/run/live-refresh.service.js';
import { ApiServer, type Caller, type TestPerson } from '../../support/api-server.js';
import { insertRows } from '../../support/insert-rows.js';

const isLarge = all(field('account.status', 'eq', 'customer'), field('account.arr', 'gte', 50_000));

describe('segments over HTTP', () => {
  let server: ApiServer;
  let owner: TestPerson;
  let csm: Caller;
  let stranger: Caller;
  let admin: Caller;
  const mine = randomUUID();
  const others = randomUUID();

  beforeAll(async () => {
    server = await ApiServer.start();
    owner = await server.person('csm');
    const other = await server.person('csm');
    csm = await server.signedIn(owner);
    stranger = await server.signedIn(other);
    admin = await server.as('admin');
    const account = (id: string, name: string, csmId: string, arr: number) => ({
      id,
      external_id: name,
      name,
      status: 'customer',
      csm_user_id: csmId,
      arr_minor: arr * 100,
      customer_since: '2024-01-01',
      first_seen_on: '2026-01-01',
      revision: 1,
    });
    await insertRows(server.dataSource, 'account', [
      account(mine, 'Mine', owner.id, 60_000),
      account(others, 'Others', other.id, 90_000),
    ]);
    await refresh([mine, others]);
  }, 120_000);
  afterAll(() => server?.close());

  const refresh = async (ids: string[]) => {
    await insertRows(
      server.dataSource,
      'dirty_account',
      ids.map((id) => ({ account_id: id, since_day: '2026-04-15', token: randomUUID(), marked_at: '2026-04-15' })),
    );
    await drain();
  };
  const drain = () => server.app.get(LiveRefresh, { strict: false }).drain();
  const create = async (caller: Caller, given: object = {}) => {
    const { status, body } = await caller.post('/api/v1/segments', { name: 'Large', rule: isLarge, ...given });
    expect({ status, body }).toMatchObject({ status: 201 });
    return body as { id: string; revision: number; ruleVersion: number };
  };
  const inList = async (caller: Caller, id: string) =>
    (await caller.get('/api/v1/segments')).body.segments.find((segment: { id: string }) => segment.id === id);

  it('brings the built-in ones along, each of which can be evaluated', async () => {
    const { body } = await csm.get('/api/v1/segments');
    const builtIn = body.segments.filter(({ key }: { key: string | null }) => key !== null);
    expect(builtIn.map(({ key }: { key: string }) => key)).toEqual(
      expect.arrayContaining(['new_accounts', 'renewal_90', 'expansion_potential', 'at_risk', 'am_review', 'no_owner']),
    );
    const { catalogue } = await server.app
      .get(UnitOfWork, { strict: false })
      .run((tx) => server.app.get(CatalogueReader, { strict: false }).model(tx));
    const problems = builtIn.flatMap(({ of, rule }: { of: SegmentOf; rule: Rule }) =>
      checkRule(rule, of === 'contact' ? contactCatalogue(catalogue) : catalogue, { purpose: 'segment' }),
    );
    expect(problems).toEqual([]);
    expect((await admin.delete(`/api/v1/segments/${builtIn[0].id}`)).body.code).toBe('SEGMENT_BUILT_IN');
    expect((await csm.patch(`/api/v1/segments/${builtIn[0].id}`, { name: 'Mine', revision: 1 })).status).toBe(403);
  });

  it('lists those that were made together by name, capital letters or not, and so do the filters of reports', async () => {
    const byName = (names: string[]) => names.toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
    const { segments } = (await admin.get('/api/v1/segments')).body;
    const builtIn = segments.flatMap(({ key, name }: { key: string | null; name: string }) => (key ? [name] : []));
    expect(builtIn).toContain('Active contacts');
    expect(builtIn).toEqual(byName(builtIn));
    const { body } = await admin.get('/api/v1/reports/options');
    const offered = body.segments.map(({ name }: { name: string }) => name);
    expect(offered).toContain('VIP');
    expect(offered).toEqual(byName(offered));
  });

  it('counts and lists members within the scope of the reader', async () => {
    const { id } = await create(csm, { visibility: 'shared' });
    await drain();
    expect(await inList(csm, id)).toMatchObject({ members: 1, arrMinor: 6_000_000, mayEdit: true });
    expect(await inList(stranger, id)).toMatchObject({ members: 1, arrMinor: 9_000_000, mayEdit: false });
    expect(await inList(admin, id)).toMatchObject({ members: 2, arrMinor: 15_000_000, mayEdit: true });
    const page = async (caller: Caller) => (await caller.get(`/api/v1/segments/${id}/members?limit=1`)).body;
    expect(await page(admin)).toMatchObject({ total: 2, members: [{ name: 'Others', how: 'baseline' }] });
    expect(await page(csm)).toMatchObject({ total: 1, members: [{ name: 'Mine', sinceDay: '2026-04-15' }] });
  });

  it('says why an account is a member, condition by condition', async () => {
    const { id } = await create(csm, { rule: all(isLarge, field('account.industry', 'eq', 'SaaS')) });
    await drain();
    const why = await csm.get(`/api/v1/segments/${id}/why/${mine}`);
    expect(why.body).toEqual({
      isMember: false,
      sinceDay: null,
      holds: false,
      exclusion: null,
      leaves: [
        { holds: true, field: 'account.status', value: 'customer' },
        { holds: true, field: 'account.arr', value: 60_000 },
        { holds: false, field: 'account.industry', value: null },
      ],
    });
    expect((await csm.get(`/api/v1/segments/${id}/why/${others}`)).status).toBe(404);
  });

  it('hides a private segment from everyone else', async () => {
    const { id } = await create(csm);
    for (const [method, path, body] of [
      ['GET', ''],
      ['PATCH', '', { name: 'Taken', revision: 1 }],
      ['DELETE', ''],
      ['POST', '/copy', { name: 'Taken' }],
      ['GET', '/members'],
      ['GET', `/why/${others}`],
      ['GET', '/exclusions'],
      ['PUT', `/exclusions/${others}`, { reason: 'so', untilDay: null }],
      ['DELETE', `/exclusions/${others}`],
    ] as const) {
      const answer = await stranger.ask(method, `/api/v1/segments/${id}${path}`, { body });
      expect({ method, path, status: answer.status }).toEqual({ method, path, status: 404 });
    }
    expect(await inList(stranger, id)).toBeUndefined();
  });

  it('tells admins of a private segment that it was made, and not what it is', async () => {
    const { id } = await create(csm, { name: 'Whom I shall leave' });
    await csm.patch(`/api/v1/segments/${id}`, { rule: field('account.arr', 'gte', 71_234), revision: 1 });
    await csm.delete(`/api/v1/segments/${id}`);
    const { body } = await admin.get(`/api/v1/audit?subjectKind=segment&subjectId=${id}`);
    expect(body.entries.map(({ action, changes }: { action: string; changes: unknown }) => [action, changes])).toEqual([
      ['segment.deleted', {}],
      ['segment.updated', {}],
      ['segment.created', { visibility: { from: null, to: 'private' } }],
    ]);
  });

  it('lets nobody but its owner make a shared segment private: a built-in one stays shared', async () => {
    const { body } = await admin.get('/api/v1/segments');
    const builtIn = body.segments.find(({ key }: { key: string | null }) => key === 'vip');
    const { id } = await create(csm, { visibility: 'shared' });
    const hide = async (caller: Caller, of: { id: string; revision: number }) =>
      (await caller.patch(`/api/v1/segments/${of.id}`, { visibility: 'private', revision: of.revision })).status;
    expect(await hide(admin, builtIn)).toBe(403);
    expect(await hide(admin, { id, revision: 1 })).toBe(403);
    expect(await hide(csm, { id, revision: 1 })).toBe(200);
  });

  it('is edited on the revision that was read, and begins anew with a new rule only', async () => {
    const { id, ruleVersion } = await create(csm);
    const renamed = await csm.patch(`/api/v1/segments/${id}`, { name: 'Key accounts', revision: 1 });
    expect(renamed.body).toMatchObject({ name: 'Key accounts', revision: 2, ruleVersion });
    const rule = field('account.arr', 'gte', 70_000);
    expect((await csm.patch(`/api/v1/segments/${id}`, { rule, revision: 1 })).body.code).toBe('REVISION_MOVED');
    const changed = await csm.patch(`/api/v1/segments/${id}`, { rule, revision: 2 });
    expect(changed.body.ruleVersion).toBeGreaterThan(ruleVersion);
    const copy = await csm.post(`/api/v1/segments/${id}/copy`, { name: 'Another' });
    expect(copy).toMatchObject({ status: 201, body: { name: 'Another', rule, visibility: 'private', revision: 1 } });
    expect((await csm.delete(`/api/v1/segments/${id}`)).status).toBe(200);
    expect((await csm.get(`/api/v1/segments/${id}`)).status).toBe(404);
    const log = await server.dataSource.query(
      `SELECT action FROM steward.audit_log WHERE subject_kind = 'segment' AND subject_id = $1 ORDER BY id`,
      [id],
    );
    expect(log.map(({ action }: { action: string }) => action)).toEqual([
      'segment.created',
      'segment.updated',
      'segment.updated',
      'segment.deleted',
    ]);
  });

  it('refuses rules, columns and sorts that name what is not there, and owners that depend on who asks', async () => {
    for (const given of [
      { rule: field('account.nothing', 'eq', 1) },
      { rule: field('account.csm', 'eq', 'me') },
      { columns: ['account.nothing'] },
      { sort: [{ field: 'account.tags', direction: 'asc' }] },
    ]) {
      const answer = await csm.post('/api/v1/segments', { name: 'No', rule: isLarge, ...given });
      expect(answer).toMatchObject({ status: 400, body: { code: 'RULE_NOT_VALID' } });
    }
    for (const [given, path] of [
      [{ name: 'No\u0000' }, 'name'],
      [{ name: 'No\ud800' }, 'name'],
      [{ description: 'No\ud800' }, 'description'],
      [{ rule: field('account.name', 'eq', 'No\ud800') }, 'rule.value'],
      [{ columns: ['account.arr', 'account.arr'] }, 'columns'],
    ] as const) {
      const answer = await csm.post('/api/v1/segments', { name: 'No', rule: isLarge, ...given });
      expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT', details: [{ path }] } });
    }
  });

  it('stays while a view names it, which is listed with what uses it; what people who left had built on it does not count', async () => {
    const { id } = await create(csm, { name: 'Viewed', visibility: 'shared' });
    const rule: Rule = { kind: 'member', segment: id, is: true };
    const gone = await server.person('csm');
    const asGone = await server.signedIn(gone);
    const view = { name: 'Mine', rule, columns: null, sort: [], visibility: 'private' };
    expect((await asGone.post('/api/v1/views', view)).status).toBe(201);
    expect((await asGone.post('/api/v1/segments', { name: 'Own', rule, visibility: 'private' })).status).toBe(201);
    const made = await csm.post('/api/v1/views', view);
    expect(made.status).toBe(201);
    const { usedBy } = (await csm.get(`/api/v1/segments/${id}`)).body;
    expect(usedBy).toEqual([{ kind: 'view', id: made.body.id, name: 'Mine' }]);
    const refused = await csm.delete(`/api/v1/segments/${id}`);
    expect(refused).toMatchObject({ status: 409, body: { code: 'SEGMENT_IN_USE' } });
    expect(refused.body.details.map(({ message }: { message: string }) => message).sort()).toEqual([
      'is used by a private segment',
      'is used by a private view',
      'is used by view Mine',
    ]);
    const [{ name }] = await server.dataSource.query('SELECT full_name AS name FROM steward.app_user WHERE id = $1', [
      gone.id,
    ]);
    const { message } = (await admin.delete(`/api/v1/segments/${id}`)).body;
    expect(message).toContain(`a private segment of ${name}`);
    expect(message).toContain(`a private view of ${name}`);
    expect(message).not.toMatch(/Own|Mine/);
    await server.dataSource.query('UPDATE steward.app_user SET active = false WHERE id = $1', [gone.id]);
    expect((await csm.delete(`/api/v1/segments/${id}`)).body.details).toHaveLength(1);
    await csm.delete(`/api/v1/views/${made.body.id}`);
    expect((await csm.delete(`/api/v1/segments/${id}`)).status).toBeLessThan(300);
  });

  it('may rest on other segments, but not in a circle, and what is used stays', async () => {
    const isIn = (segment: string) => ({ kind: 'member', segment, is: true });
    const base = await create(csm, { name: 'Base' });
    const over = await create(csm, { name: 'Over', rule: isIn(base.id) });
    const circle = await csm.patch(`/api/v1/segments/${base.id}`, { rule: isIn(over.id), revision: 1 });
    expect(circle).toMatchObject({ status: 409, body: { code: 'SEGMENT_CIRCLE' } });
    expect(circle.body.message).toContain('Base → Over → Base');
    expect(circle.body.details).toEqual([{ path: 'rule.segment', message: 'Over rests on this segment' }]);
    const deleted = await csm.delete(`/api/v1/segments/${base.id}`);
    expect(deleted).toMatchObject({
      status: 409,
      body: { code: 'SEGMENT_IN_USE', details: [{ path: 'segmentId', message: 'is used by segment Over' }] },
    });
    expect((await csm.get(`/api/v1/segments/${base.id}`)).body.usedBy).toEqual([
      { kind: 'segment', id: over.id, name: 'Over' },
    ]);
    expect((await inList(csm, base.id)).usedBy.map(({ name }: { name: string }) => name)).toEqual(['Over']);
    await csm.patch(`/api/v1/segments/${base.id}`, { rule: field('account.arr', 'gte', 1), revision: 1 });
    expect((await inList(csm, over.id)).ruleVersion).toBeGreaterThan(over.ruleVersion);
    // Nobody builds on what they cannot see.
    const hidden = await stranger.post('/api/v1/segments', { name: 'No', rule: isIn(base.id) });
    expect(hidden).toMatchObject({
      status: 400,
      body: { code: 'RULE_NOT_VALID', details: [{ path: 'rule.segment', code: 'UNKNOWN_SEGMENT' }] },
    });
  });

  it('stays while a rule of alerts asks for it', async () => {
    const { id } = await create(csm, { name: 'Watched' });
    const rule: Rule = all(isLarge, { kind: 'member', segment: id, is: true });
    const alertRule = {
      id: randomUUID(),
      name: 'Watched account',
      kind: 'churn',
      severity: 'high',
      owner_role: 'csm',
      rule,
    };
    await insertRows(server.dataSource, 'alert_rule', [alertRule]);
    const deleted = await csm.delete(`/api/v1/segments/${id}`);
    expect(deleted).toMatchObject({ status: 409, body: { code: 'SEGMENT_IN_USE' } });
    expect(deleted.body.message).toContain('Watched account');
    expect((await csm.get(`/api/v1/segments/${id}`)).body.usedBy).toMatchObject([{ kind: 'alertRule' }]);
    await server.dataSource.query('DELETE FROM steward.alert_rule WHERE id = $1', [alertRule.id]);
    expect((await csm.delete(`/api/v1/segments/${id}`)).status).toBe(200);
  });

  it('raises nothing as news when its rule changes: rules of alerts that ask for it, by others too, begin anew', async () => {
    const base = await create(csm, { visibility: 'shared', rule: field('account.arr', 'gte', 1_000_000) });
    const rule: Rule = { kind: 'member', segment: base.id, is: true };
    const upon = await create(csm, { visibility: 'shared', rule });
    const alertRule = (segment: string) =>
      admin.post('/api/v1/alert-rules', {
        name: 'Member',
        kind: 'churn',
        reason: 'Is one',
        rule: { ...rule, segment },
        severity: 'low',
      });
    const rules = [(await alertRule(base.id)).body, (await alertRule(upon.id)).body];
    await drain();
    const started = async () =>
      (
        await server.dataSource.query('SELECT DISTINCT started FROM steward.alert WHERE rule_id = ANY($1)', [
          rules.map(({ id }) => id),
        ])
      ).map((row: { started: string }) => row.started);
    expect(await started()).toEqual([]);
    await csm.patch(`/api/v1/segments/${base.id}`, { rule: isLarge, revision: 1 });
    await drain();
    expect(await started()).toEqual(['start']);
    for (const { id, ruleVersion } of rules) {
      const { body } = await admin.get(`/api/v1/alert-rules/${id}`);
      expect(body.ruleVersion).toBeGreaterThan(ruleVersion);
      expect(body.versions[0]).toMatchObject({ version: body.ruleVersion });
      await admin.delete(`/api/v1/alert-rules/${id}`);
    }
    for (const { id } of [upon, base]) expect((await csm.delete(`/api/v1/segments/${id}`)).status).toBe(200);
  });

  it('keeps the signal that its rule reads, or its columns show, from being retired', async () => {
    const compute = { source: 'event', event: 'x', aggregation: 'count' };
    const signal = {
      key: 'own.exports',
      label: 'Exports',
      unit: 'number',
      description: '',
      better: 'up',
      windowDays: 28,
    };
    const added = await admin.post('/api/v1/signals', { ...signal, compute, change: null });
    expect(added).toMatchObject({ status: 201 });
    const shared = await create(csm, { name: 'Exporters', rule: field('own.exports', 'gte', 3), visibility: 'shared' });
    const own = await create(csm, { name: 'Secret', columns: ['own.exports'] });
    const retire = () => admin.patch('/api/v1/signals/own.exports', { revision: added.body.revision, retired: true });
    const refused = await retire();
    expect(refused).toMatchObject({ status: 409, body: { code: 'SIGNAL_IN_USE' } });
    expect(refused.body.details).toEqual([
      { path: 'retired', message: 'is used by a private segment' },
      { path: 'retired', message: 'is used by segment Exporters' },
    ]);
    for (const { id } of [shared, own]) expect((await csm.delete(`/api/v1/segments/${id}`)).status).toBe(200);
    expect((await retire()).status).toBe(200);
  });

  it('refuses a list of ten thousand values, and rules that are too deep or too wide, by their place', async () => {
    const value = Array.from({ length: 10_000 }, (_, place) => `v${place}`);
    const refused = await csm.post('/api/v1/segments', {
      name: 'No',
      rule: all(field('account.industry', 'in', ['a']), {
        kind: 'compare',
        field: 'account.industry',
        op: 'in',
        value,
      }),
    });
    expect(refused).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT' } });
    expect(refused.body.details).toMatchObject([
      { path: 'rule.rules.1.value', message: 'a list may have at most 1000 values' },
    ]);
    let deep: Rule = isLarge;
    for (let level = 0; level < 9; level += 1) deep = { kind: 'not', rule: deep };
    for (const rule of [deep, all(...Array.from({ length: 201 }, () => isLarge))]) {
      const answer = await csm.post('/api/v1/segments/preview', { rule });
      expect(answer).toMatchObject({ status: 400, body: { details: [{ path: expect.stringMatching(/^rule/) }] } });
    }
  });

  it('takes texts in rules as nothing but texts, wherever they come in', async () => {
    for (const text of ["'; DROP TABLE steward.segment; --", '%', '_', '\\', '"', '$1']) {
      const rule = all(field('account.industry', 'contains', text), field('account.name', 'neq', text));
      const { id } = await create(csm, { name: text, description: text, rule });
      await drain();
      expect((await inList(csm, id)).members).toBe(0);
      expect((await csm.post('/api/v1/segments/preview', { rule })).body.total).toBe(0);
    }
    const withNul = { name: 'No', rule: field('account.industry', 'eq', 'a\u0000b') };
    expect((await csm.post('/api/v1/segments', withNul)).status).toBe(400);
    expect((await csm.post('/api/v1/segments/preview', { rule: withNul.rule })).status).toBe(400);
  });

  it('keeps an account out for a reason, and takes it back', async () => {
    const { id } = await create(csm);
    await drain();
    const path = `/api/v1/segments/${id}/exclusions`;
    expect((await csm.put(`${path}/${mine}`, { reason: 'Ours', untilDay: '2026-04-01' })).status).toBe(400);
    expect((await csm.put(`${path}/${others}`, { reason: 'Ours', untilDay: null })).status).toBe(404);
    expect((await csm.put(`${path}/${mine}`, { reason: 'Ours', untilDay: '2026-05-01' })).status).toBe(204);
    await drain();
    expect((await inList(csm, id)).members).toBe(0);
    const exclusion = { accountId: mine, name: 'Mine', reason: 'Ours', untilDay: '2026-05-01', by: 'csm 1' };
    expect((await csm.get(path)).body.exclusions).toEqual([exclusion]);
    expect((await csm.get(`/api/v1/segments/${id}/why/${mine}`)).body).toMatchObject({
      isMember: false,
      holds: true,
      exclusion,
    });
    expect((await csm.delete(`${path}/${mine}`)).status).toBe(204);
    await drain();
    expect((await inList(csm, id)).members).toBe(1);
  });
});
