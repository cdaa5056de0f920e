import { randomUUID } from 'node:crypto';
import { Authenticator } from '../../../apps/api/src/platform/auth/authenticator.js';
import type { Scope } from '../../../apps/api/src/platform/auth/scope.js';
import { ApiServer, type Caller, PASSWORD, type TestPerson } from '../../support/api-server.js';

let server: ApiServer;
let chief: TestPerson;
let admin: Caller;

beforeAll(async () => {
  server = await ApiServer.start();
  chief = await server.person('admin');
});

// Anew for each: some move the clock, and sessions end with it.
beforeEach(async () => {
  admin = await server.signedIn(chief);
});

afterAll(() => server?.close());

const aUser = (overrides = {}) => ({
  email: `${randomUUID()}@example.com`,
  fullName: 'Bo Berg',
  role: 'csm',
  password: PASSWORD,
  ...overrides,
});

describe('people of the workspace', () => {
  it('are added by an admin and may sign in', async () => {
    const given = aUser({ email: 'Bo.Berg@Example.com' });
    const made = await admin.post('/api/v1/users', given);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ email: 'bo.berg@example.com', role: 'csm', managerId: null, active: true });
    expect(JSON.stringify(made.body)).not.toMatch(/argon2|password/i);
    const listed = await (await server.signedIn(made.body)).get('/api/v1/users');
    expect(listed.body.users.map((user: { id: string }) => user.id)).toContain(made.body.id);
  });

  it('have an address of their own, in any spelling', async () => {
    await admin.post('/api/v1/users', aUser({ email: 'cy@example.com' }));
    const second = await admin.post('/api/v1/users', aUser({ email: 'CY@example.com' }));
    expect(second).toMatchObject({ status: 409, body: { code: 'EMAIL_TAKEN', details: [{ path: 'email' }] } });
  });

  it('are added once when two admins do it at the same moment', async () => {
    const email = 'race@example.com';
    const answers = await Promise.all([1, 2, 3, 4].map(() => admin.post('/api/v1/users', aUser({ email }))));
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409, 409, 409]);
  });

  it.each([
    ['a short password', { password: 'short' }, 'password'],
    ['an unknown role', { role: 'owner' }, 'role'],
    ['a name with a control character', { fullName: 'Bo\u0000Berg' }, 'fullName'],
    ['a huge name', { fullName: 'x'.repeat(100_000) }, 'fullName'],
    ['a manager that is no id', { managerId: 'boss' }, 'managerId'],
  ])('are refused with %s', async (_, wrong, path) => {
    const answer = await admin.post('/api/v1/users', aUser(wrong));
    expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT', details: [{ path }] } });
  });

  it('report to users only, and never in a circle', async () => {
    const lead = (await admin.post('/api/v1/users', aUser({ role: 'manager' }))).body;
    const member = (await admin.post('/api/v1/users', aUser({ managerId: lead.id }))).body;
    expect(await admin.post('/api/v1/users', aUser({ managerId: randomUUID() }))).toMatchObject({
      status: 400,
      body: { code: 'UNKNOWN_PERSON' },
    });
    const circle = await admin.patch(`/api/v1/users/${lead.id}`, { revision: 1, managerId: member.id });
    expect(circle).toMatchObject({ status: 400, body: { code: 'MANAGER_CIRCLE' } });
  });

  it('are changed on the revision that was read, and on no other', async () => {
    const user = (await admin.post('/api/v1/users', aUser())).body;
    const first = await admin.patch(`/api/v1/users/${user.id}`, { revision: 1, fullName: 'First' });
    expect(first.body).toMatchObject({ fullName: 'First', revision: 2, role: 'csm' });
    const second = await admin.patch(`/api/v1/users/${user.id}`, { revision: 1, fullName: 'Second' });
    expect(second).toMatchObject({ status: 409, body: { code: 'REVISION_MOVED' } });
  });

  it('who do not exist are not found', async () => {
    expect(await admin.patch(`/api/v1/users/${randomUUID()}`, { revision: 1 })).toMatchObject({ status: 404 });
    expect(await admin.patch('/api/v1/users/1', { revision: 1 })).toMatchObject({ status: 400 });
  });

  it('are out at once when deactivated, and cannot sign in', async () => {
    const user = await server.person('csm');
    const session = await server.signedIn(user);
    await admin.patch(`/api/v1/users/${user.id}`, { revision: 1, active: false });
    expect((await session.get('/api/v1/me')).status).toBe(401);
    await expect(server.signedIn(user)).rejects.toThrow('401');
  });

  it('are out when an admin gives them a new password', async () => {
    const user = await server.person('csm');
    const session = await server.signedIn(user);
    await admin.patch(`/api/v1/users/${user.id}`, { revision: 1, password: 'something else 1' });
    expect((await session.get('/api/v1/me')).status).toBe(401);
    await expect(server.cookieOf(user, 'something else 1')).resolves.toContain('steward_session');
  });

  it('always include an admin', async () => {
    for (const change of [{ role: 'viewer' }, { active: false }]) {
      const answer = await admin.patch(`/api/v1/users/${chief.id}`, { revision: 1, ...change });
      expect(answer).toMatchObject({ status: 409, body: { code: 'LAST_ADMIN' } });
    }
    const second = await server.person('admin');
    const both = await Promise.all(
      [chief, second].map(({ id }) => admin.patch(`/api/v1/users/${id}`, { revision: 1, role: 'viewer' })),
    );
    // Whichever came first: the other was refused, as the last admin or as no admin any more.
    expect(both.filter((answer) => answer.status === 200)).toHaveLength(1);
    const admins = await server.dataSource.query(`SELECT id FROM steward.app_user WHERE role = 'admin' AND active`);
    expect(admins).toHaveLength(1);
    await server.dataSource.query(`UPDATE steward.app_user SET role = 'admin' WHERE id = $1`, [chief.id]);
    await server.dataSource.query(`UPDATE steward.app_user SET role = 'viewer' WHERE id = $1`, [second.id]);
  });
});

describe('whose books a session sees', () => {
  const scopeFor = async (person: TestPerson): Promise<Scope> => {
    const principal = await server.app.get(Authenticator).principalOf({ cookie: await server.cookieOf(person) });
    return principal!.scope;
  };
  const owners = async (person: TestPerson) => {
    const scope = await scopeFor(person);
    return scope.kind === 'all' ? 'all' : new Set(scope.ownerIds);
  };

  it('a manager sees the whole tree below, whatever the roles in between', async () => {
    const head = await server.person('manager');
    const lead = await server.person('manager', { managerId: head.id });
    const csm = await server.person('csm', { managerId: lead.id });
    const am = await server.person('am', { managerId: csm.id });
    const stranger = await server.person('csm');
    expect(await owners(head)).toEqual(new Set([head.id, lead.id, csm.id, am.id]));
    expect(await owners(lead)).toEqual(new Set([lead.id, csm.id, am.id]));
    expect(await owners(csm)).toEqual(new Set([csm.id]));
    expect(await owners(stranger)).toEqual(new Set([stranger.id]));
  });

  it('still sees the book of someone of the team who left', async () => {
    const lead = await server.person('manager');
    const csm = await server.person('csm', { managerId: lead.id });
    await admin.patch(`/api/v1/users/${csm.id}`, { revision: 1, active: false });
    expect(await owners(lead)).toEqual(new Set([lead.id, csm.id]));
  });

  it('a stand-in sees the book from the first to the last day, in the time zone of the workspace', async () => {
    const away = await server.person('csm');
    const deputy = await server.person('csm');
    const session = await server.signedIn(away);
    const set = await session.put(`/api/v1/users/${away.id}/stand-ins`, {
      standInId: deputy.id,
      fromDay: '2026-04-16',
      toDay: '2026-04-17',
    });
    expect(set.body.standIns).toEqual([{ standInId: deputy.id, fromDay: '2026-04-16', toDay: '2026-04-17' }]);
    const start = new Date(server.clock.at);
    const seen: boolean[] = [];
    for (const at of ['2026-04-15T23:59:00Z', '2026-04-16T00:00:00Z', '2026-04-17T23:59:00Z', '2026-04-18T00:00:00Z']) {
      server.clock.at = new Date(at);
      seen.push(((await owners(deputy)) as Set<string>).has(away.id));
    }
    server.clock.at = start;
    expect(seen).toEqual([false, true, true, false]);
  });

  it('a stand-in of a manager sees the team meanwhile', async () => {
    const lead = await server.person('manager');
    const csm = await server.person('csm', { managerId: lead.id });
    const deputy = await server.person('csm');
    const asLead = await server.signedIn(lead);
    const standIn = { standInId: deputy.id, fromDay: '2026-04-15', toDay: '2026-04-15' };
    await asLead.put(`/api/v1/users/${lead.id}/stand-ins`, standIn);
    expect(await owners(deputy)).toEqual(new Set([deputy.id, lead.id, csm.id]));
    await asLead.delete(`/api/v1/users/${lead.id}/stand-ins/${deputy.id}/2026-04-15`);
    expect(await owners(deputy)).toEqual(new Set([deputy.id]));
  });

  it('everyone sees all accounts once the workspace says so', async () => {
    const csm = await server.person('csm');
    const { revision } = (await admin.get('/api/v1/workspace')).body;
    await admin.patch('/api/v1/workspace', { revision, everyoneSeesAll: true });
    expect(await owners(csm)).toBe('all');
    await admin.patch('/api/v1/workspace', { revision: revision + 1, everyoneSeesAll: false });
    expect(await owners(csm)).toEqual(new Set([csm.id]));
  });
});

describe('the workspace', () => {
  it('starts with the defaults of the product', async () => {
    const { body } = await admin.get('/api/v1/workspace');
    expect(body).toMatchObject({ timeZone: 'Etc/UTC', currency: 'USD', today: '2026-04-15', ownEmailDomains: [] });
    expect(body.settings).toMatchObject({ windowDays: 28, npsDays: 365, changeFloors: { contacts: 3, events: 100 } });
  });

  it.each([
    ['a time zone that is none', { timeZone: 'Mars/Olympus' }, 'timeZone'],
    ['an offset, which knows no summer time', { timeZone: '+02:00' }, 'timeZone'],
    ['an unknown currency', { currency: 'XXQ' }, 'currency'],
    ['a window of no day', { settings: { windowDays: 0 } }, 'settings.windowDays'],
    ['an address for a domain', { ownEmailDomains: ['ana@example.com'] }, 'ownEmailDomains.0'],
  ])('refuses %s', async (_, wrong, path) => {
    const answer = await admin.patch('/api/v1/workspace', { revision: 1, ...wrong });
    expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT', details: [{ path }] } });
  });

  it('has its own day, and is changed on the revision that was read', async () => {
    const before = (await admin.get('/api/v1/workspace')).body;
    const moved = await admin.patch('/api/v1/workspace', {
      revision: before.revision,
      timeZone: 'Pacific/Kiritimati',
      currency: 'eur',
    });
    expect(moved.body).toMatchObject({ currency: 'EUR', today: '2026-04-15', settings: before.settings });
    server.clock.advance({ hours: 2 });
    expect((await admin.get('/api/v1/me')).body.workspace.today).toBe('2026-04-16');
    server.clock.advance({ hours: -2 });
    const stale = await admin.patch('/api/v1/workspace', { revision: before.revision, name: 'Late' });
    expect(stale).toMatchObject({ status: 409, body: { code: 'REVISION_MOVED' } });
  });
});

describe('API keys', () => {
  const workspaceOf = (headers: Record<string, string>) =>
    fetch(`${server.url}/api/v1/workspace`, { headers }).then(async (answer) => ({
      status: answer.status,
      body: (await answer.json()) as { code?: string },
    }));

  it('show their secret once, and only a hash is kept', async () => {
    const made = await admin.post('/api/v1/api-keys', { name: 'Warehouse', scopes: ['facts:write'] });
    expect(made.status).toBe(201);
    expect(made.body.secret).toMatch(/^sk_[0-9a-f]{12}_[\w-]{43}$/);
    const listed = await admin.get('/api/v1/api-keys');
    expect(listed.body.keys[0]).toMatchObject({ name: 'Warehouse', prefix: made.body.prefix, revokedAt: null });
    expect(JSON.stringify(listed.body)).not.toContain(made.body.secret);
  });

  it('open what their scope names, as bearer token or as Segment sends them', async () => {
    const { secret } = await server.key(['accounts:read']);
    expect((await workspaceOf({ authorization: `Bearer ${secret}` })).status).toBe(200);
    const basic = Buffer.from(`${secret}:`).toString('base64');
    expect((await workspaceOf({ authorization: `Basic ${basic}` })).status).toBe(200);
  });

  it('open nothing else', async () => {
    const writer = await server.key(['facts:write', 'imports:write']);
    expect(await workspaceOf({ authorization: `Bearer ${writer.secret}` })).toMatchObject({
      status: 403,
      body: { code: 'SCOPE_MISSING' },
    });
    const reader = await server.key(['accounts:read']);
    expect(await server.withKey(reader.secret).get('/api/v1/me')).toMatchObject({ status: 403 });
  });

  it('are refused once revoked or expired', async () => {
    const revoked = await server.key(['accounts:read']);
    expect((await admin.delete(`/api/v1/api-keys/${revoked.id}`)).status).toBe(200);
    expect(await workspaceOf({ authorization: `Bearer ${revoked.secret}` })).toMatchObject({
      status: 401,
      body: { code: 'API_KEY_REVOKED' },
    });
    const brief = await server.key(['accounts:read'], new Date(server.clock.at.getTime() + 60_000));
    expect((await workspaceOf({ authorization: `Bearer ${brief.secret}` })).status).toBe(200);
    server.clock.advance({ minutes: 1 });
    expect(await workspaceOf({ authorization: `Bearer ${brief.secret}` })).toMatchObject({
      status: 401,
      body: { code: 'API_KEY_EXPIRED' },
    });
  });

  it('that are wrong are refused, even beside a session that would do', async () => {
    const cookie = await server.cookieOf(await server.person('viewer'));
    const { secret } = await server.key(['accounts:read']);
    const wrong = `${secret.slice(0, -4)}${secret.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`;
    for (const authorization of [`Bearer ${wrong}`, 'Bearer nonsense', 'Digest x', `Basic ${'A'.repeat(9000)}`]) {
      const answer = await workspaceOf({ authorization, cookie });
      expect(answer).toMatchObject({ status: 401, body: { code: 'API_KEY_UNKNOWN' } });
    }
  });

  it('tell when they were last used, to the minute', async () => {
    const { id, secret } = await server.key(['accounts:read']);
    const lastUse = async () =>
      (await admin.get('/api/v1/api-keys')).body.keys.find((key: { id: string }) => key.id === id).lastUsedAt;
    expect(await lastUse()).toBeNull();
    await workspaceOf({ authorization: `Bearer ${secret}` });
    const first = await lastUse();
    expect(first).toBe(server.clock.now().toISOString());
    server.clock.advance({ seconds: 59 });
    await workspaceOf({ authorization: `Bearer ${secret}` });
    expect(await lastUse()).toBe(first);
    server.clock.advance({ seconds: 1 });
    await workspaceOf({ authorization: `Bearer ${secret}` });
    expect(await lastUse()).not.toBe(first);
  });

  it('are not made for the past', async () => {
    const given = { name: 'Old', scopes: ['facts:write'], expiresAt: '2020-01-01T00:00:00Z' };
    expect(await admin.post('/api/v1/api-keys', given)).toMatchObject({ status: 400 });
  });
});

describe('the log of changes', () => {
  it('says who changed what, from what to what, and never a secret', async () => {
    const user = (await admin.post('/api/v1/users', aUser({ fullName: 'Dee' }))).body;
    await admin.patch(`/api/v1/users/${user.id}`, { revision: 1, role: 'am', password: 'a secret password' });
    const { body } = await admin.get(`/api/v1/audit?subjectKind=user&subjectId=${user.id}`);
    expect(body.entries.map((entry: { action: string }) => entry.action)).toEqual(['user.updated', 'user.created']);
    expect(body.entries[0]).toMatchObject({
      actorKind: 'user',
      actorName: expect.stringContaining('admin'),
      changes: { role: { from: 'csm', to: 'am' } },
      requestId: expect.any(String),
    });
    expect(JSON.stringify(body)).not.toMatch(/a secret password|argon2/);
  });

  it('names what was changed: people, keys and accounts, and nothing of those that are gone', async () => {
    const subjects = async (kind: string) =>
      (await admin.get(`/api/v1/audit?subjectKind=${kind}&limit=1`)).body.entries[0].subjectName;
    await admin.post('/api/v1/users', aUser({ fullName: 'Named Person' }));
    await admin.post('/api/v1/api-keys', { name: 'Named key', scopes: ['facts:write'] });
    await admin.post('/api/v1/facts/account', { account: 'NAMED-1', name: 'Named account' });
    const [{ id }] = await server.dataSource.query(`SELECT id FROM steward.account WHERE external_id = 'NAMED-1'`);
    await admin.put(`/api/v1/accounts/${id}/pulse`, { value: 4 });
    expect([await subjects('user'), await subjects('api-key'), await subjects('account')]).toEqual([
      'Named Person',
      'Named key',
      'Named account',
    ]);
    await server.dataSource.query(`DELETE FROM steward.account WHERE id = $1`, [id]);
    expect(await subjects('account')).toBeNull();
  });

  it('has no entry for a change that was refused', async () => {
    const { id } = await server.person('csm');
    await admin.patch(`/api/v1/users/${id}`, { revision: 7, role: 'am' });
    const { body } = await admin.get(`/api/v1/audit?subjectId=${id}`);
    expect(body.entries.map((entry: { action: string }) => entry.action)).toEqual(['user.created']);
  });

  it('is read page by page, newest first, each entry once', async () => {
    const seen: string[] = [];
    let before = '';
    for (let page = 0; page < 100; page += 1) {
      const { body } = await admin.get(`/api/v1/audit?limit=7${before && `&before=${before}`}`);
      seen.push(...body.entries.map((entry: { id: string }) => entry.id));
      if (!body.hasMore) break;
      before = seen.at(-1)!;
    }
    const [{ count }] = await server.dataSource.query(`SELECT count(*) FROM steward.audit_log`);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength(count);
  });
});
