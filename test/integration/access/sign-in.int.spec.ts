import { ApiServer, PASSWORD, type TestPerson } from '../../support/api-server.js';

let server: ApiServer;

beforeAll(async () => {
  server = await ApiServer.start();
});

afterAll(() => server?.close());

const signIn = (email: string, password: string) => server.anonymous.post('/api/v1/auth/sign-in', { email, password });

describe('signing in', () => {
  it('gives a cookie that scripts cannot read, and the person behind it', async () => {
    const person = await server.person('csm');
    const answer = await signIn(person.email, PASSWORD);
    expect(answer.status).toBe(204);
    const cookie = answer.headers.get('set-cookie')!;
    expect(cookie).toMatch(/^steward_session=[\w-]{43}; /);
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain('SameSite=Lax');
    expect(cookie).toContain('Path=/');
    expect(cookie).not.toContain('Secure');
    const me = await (await server.signedIn(person)).get('/api/v1/me');
    expect(me.body).toMatchObject({ user: { email: person.email, role: 'csm' }, workspace: { today: '2026-04-15' } });
    expect(me.body.permissions).toContain('accounts:edit');
    expect(me.body.permissions).not.toContain('users:write');
  });

  it('tells whether every account is in sight', async () => {
    const seesAll = async (role: 'csm' | 'manager' | 'viewer') =>
      (await (await server.as(role)).get('/api/v1/me')).body.seesAllAccounts;
    expect([await seesAll('csm'), await seesAll('manager'), await seesAll('viewer')]).toEqual([false, false, true]);
    await server.dataSource.query('UPDATE steward.workspace SET everyone_sees_all = TRUE');
    expect(await seesAll('manager')).toBe(true);
    await server.dataSource.query('UPDATE steward.workspace SET everyone_sees_all = FALSE');
  });

  it('tells everybody while the past of the sample company is made', async () => {
    const viewer = await server.as('viewer');
    const isUnderWay = async () => (await viewer.get('/api/v1/me')).body.workspace.samplePastUnderWay;
    const sql = (text: string) => server.dataSource.query(text);
    await sql('UPDATE steward.workspace SET sample_loaded_at = now()');
    await sql(`INSERT INTO steward.sample_task (id, kind, state, options, share, attempts, created_at)
      VALUES (1, 'history', 'queued', '{}', 0, 0, now())`);
    expect(await isUnderWay()).toBe(true);
    await sql(`UPDATE steward.sample_task SET state = 'done'`);
    expect(await isUnderWay()).toBe(false);
    await sql('DELETE FROM steward.sample_task');
    await sql('UPDATE steward.workspace SET sample_loaded_at = NULL');
  });

  it('takes the address in any spelling', async () => {
    const person = await server.person('csm', { email: 'ana.silva@example.com' });
    expect((await signIn('  Ana.Silva@EXAMPLE.com ', PASSWORD)).status).toBe(204);
    expect(person.email).toBe('ana.silva@example.com');
  });

  it('keeps only a hash of the token', async () => {
    const person = await server.person('csm');
    const token = (await server.cookieOf(person)).split('=')[1]!;
    const rows = await server.dataSource.query(`SELECT encode(token_hash, 'hex') AS hash FROM steward.session`);
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it('answers a wrong password and an unknown address alike', async () => {
    const person = await server.person('csm');
    const wrong = await signIn(person.email, 'not the password');
    const unknown = await signIn('nobody@example.com', PASSWORD);
    expect(wrong.status).toBe(401);
    expect(wrong.body.code).toBe('WRONG_CREDENTIALS');
    expect(unknown).toMatchObject({ status: wrong.status, body: wrong.body });
    expect(wrong.headers.get('set-cookie')).toBeNull();
  });

  it.each([
    ['nothing', {}, 'email'],
    ['no password', { email: 'x@example.com' }, 'password'],
    ['a text that is no address', { email: 'not an address', password: 'x' }, 'email'],
    ['a list', { email: ['x@example.com'], password: 'x' }, 'email'],
    ['a huge password', { email: 'x@example.com', password: 'x'.repeat(1001) }, 'password'],
    ['a NUL byte', { email: 'a\u0000b@example.com', password: 'x' }, 'email'],
  ])('refuses %s and says where', async (_, body, path) => {
    const answer = await server.anonymous.post('/api/v1/auth/sign-in', body);
    expect(answer.status).toBe(400);
    expect(answer.body.details.map((detail: { path: string }) => detail.path)).toContain(path);
  });

  it('names an unknown key', async () => {
    const body = { email: 'x@example.com', password: 'x', role: 'admin' };
    const answer = await server.anonymous.post('/api/v1/auth/sign-in', body);
    expect(answer).toMatchObject({ status: 400, body: { message: expect.stringContaining('role') } });
  });
});

describe('a session', () => {
  let person: TestPerson;

  beforeEach(async () => {
    person = await server.person('csm');
  });

  const isIn = async (cookie: string) =>
    (await server.anonymous.get('/api/v1/me', { headers: { cookie } })).status === 200;

  it('lives on while it is used, and ends after 12 hours without', async () => {
    const cookie = await server.cookieOf(person);
    for (let i = 0; i < 3; i += 1) {
      server.clock.advance({ hours: 11 });
      expect(await isIn(cookie)).toBe(true);
    }
    server.clock.advance({ hours: 12 });
    expect(await isIn(cookie)).toBe(false);
  });

  it('ends 14 days after signing in, however busy', async () => {
    const cookie = await server.cookieOf(person);
    for (let hours = 0; hours < 14 * 24 - 8; hours += 8) {
      server.clock.advance({ hours: 8 });
      expect(await isIn(cookie)).toBe(true);
    }
    server.clock.advance({ hours: 8 });
    expect(await isIn(cookie)).toBe(false);
  });

  it('ends with signing out, on the server too', async () => {
    const cookie = await server.cookieOf(person);
    const answer = await server.anonymous.ask('POST', '/api/v1/auth/sign-out', { headers: { cookie } });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('set-cookie')).toMatch(/^steward_session=;.*Expires=Thu, 01 Jan 1970/);
    expect(await isIn(cookie)).toBe(false);
  });

  it('is replaced by signing in again in the same browser', async () => {
    const first = await server.cookieOf(person);
    const answer = await server.anonymous.ask('POST', '/api/v1/auth/sign-in', {
      body: { email: person.email, password: PASSWORD },
      headers: { cookie: first },
    });
    expect(answer.status).toBe(204);
    expect(await isIn(first)).toBe(false);
  });

  it.each([
    ['of nobody', 'steward_session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
    ['that is empty', 'steward_session='],
    ['that is nonsense', 'steward_session=%00%ff; steward_session'],
    ['that is huge', `steward_session=${'x'.repeat(8000)}`],
  ])('is not opened by a cookie %s', async (_, cookie) => {
    const answer = await server.anonymous.get('/api/v1/me', { headers: { cookie } });
    expect(answer).toMatchObject({ status: 401, body: { code: 'NOT_SIGNED_IN' } });
  });

  it('of a person who changes their password ends everywhere else', async () => {
    const here = await server.cookieOf(person);
    const there = await server.cookieOf(person);
    const change = (current: string) =>
      server.anonymous.ask('POST', '/api/v1/me/password', {
        body: { current, next: 'a brand new password' },
        headers: { cookie: here },
      });
    expect((await change('wrong')).status).toBe(401);
    expect((await change(PASSWORD)).status).toBe(204);
    expect(await isIn(here)).toBe(true);
    expect(await isIn(there)).toBe(false);
    expect((await signIn(person.email, PASSWORD)).status).toBe(401);
    expect((await signIn(person.email, 'a brand new password')).status).toBe(204);
  });
});

describe('guessing', () => {
  it('one address is stopped, until the window has passed', async () => {
    const person = await server.person('csm');
    const attempts = [];
    for (let i = 0; i < 9; i += 1) attempts.push(await signIn(person.email, 'guess'));
    expect(attempts.map((attempt) => attempt.status)).toEqual([...Array(8).fill(401), 429]);
    const right = await signIn(person.email, PASSWORD);
    expect(right).toMatchObject({ status: 429, body: { code: 'TOO_MANY_SIGN_INS' } });
    const wait = Number(right.headers.get('retry-after'));
    expect(wait).toBe(15 * 60);
    server.clock.advance({ seconds: wait - 1 });
    expect((await signIn(person.email, PASSWORD)).status).toBe(429);
    server.clock.advance({ seconds: 1 });
    expect((await signIn(person.email, PASSWORD)).status).toBe(204);
  });

  it('does not slip through when all guesses come at once', async () => {
    const person = await server.person('csm');
    server.clock.advance({ hours: 1 });
    const attempts = await Promise.all(Array.from({ length: 20 }, () => signIn(person.email, 'guess')));
    expect(attempts.filter((attempt) => attempt.status === 401)).toHaveLength(8);
    expect(attempts.filter((attempt) => attempt.status === 429)).toHaveLength(12);
  });

  it('many addresses from one place is stopped too', async () => {
    server.clock.advance({ hours: 1 });
    const statuses: number[] = [];
    for (let i = 0; i < 41; i += 1) statuses.push((await signIn(`guess-${i}@example.com`, 'guess')).status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(40);
    expect(statuses.at(-1)).toBe(429);
    server.clock.advance({ hours: 1 });
  });

  it('is forgotten after signing in, so that typing errors do not add up', async () => {
    const person = await server.person('csm');
    for (let round = 0; round < 3; round += 1) {
      for (let i = 0; i < 7; i += 1) expect((await signIn(person.email, 'typo')).status).toBe(401);
      expect((await signIn(person.email, PASSWORD)).status).toBe(204);
    }
  });
});

describe('guessing from elsewhere', () => {
  let proxied: ApiServer;

  beforeAll(async () => {
    proxied = await ApiServer.start({ TRUSTED_PROXIES: '1' });
  });
  afterAll(() => proxied?.close());
  beforeEach(() => proxied.clock.advance({ hours: 1 }));

  const signInFrom = (ip: string, email: string, password: string, cookie = '') =>
    proxied.anonymous.ask('POST', '/api/v1/auth/sign-in', {
      body: { email, password },
      headers: { 'x-forwarded-for': ip, ...(cookie === '' ? {} : { cookie }) },
    });
  const rows = () => proxied.dataSource.query('SELECT subject FROM steward.sign_in_attempt');

  it('locks out the stranger and nobody else', async () => {
    const person = await proxied.person('csm');
    for (let i = 0; i < 12; i += 1) await signInFrom('203.0.113.7', person.email, 'guess');
    expect((await signInFrom('203.0.113.7', person.email, PASSWORD)).status).toBe(429);
    expect((await signInFrom('198.51.100.1', person.email, PASSWORD)).status).toBe(204);
  });

  it('from many places stops strangers, and not the person at a place or in a session of theirs', async () => {
    const person = await proxied.person('csm');
    const home = await signInFrom('198.51.100.1', person.email, PASSWORD);
    const cookie = home.headers.get('set-cookie')!.split(';')[0]!;
    const statuses: number[] = [];
    for (let i = 0; i < 44; i += 1) statuses.push((await signInFrom(`203.0.113.${i}`, person.email, 'guess')).status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(40);
    expect((await signInFrom('192.0.2.1', person.email, PASSWORD)).status).toBe(429);
    expect((await signInFrom('198.51.100.1', person.email, PASSWORD)).status).toBe(204);
    expect((await signInFrom('192.0.2.1', person.email, PASSWORD, cookie)).status).toBe(204);
  });

  it('within a session is stopped as well', async () => {
    const person = await proxied.person('csm');
    const cookie = await proxied.cookieOf(person);
    const guesses = [];
    for (let i = 0; i < 9; i += 1) {
      const body = { current: 'guess', next: 'a brand new password' };
      guesses.push(await proxied.anonymous.ask('POST', '/api/v1/me/password', { body, headers: { cookie } }));
    }
    expect(guesses.map(({ status }) => status)).toEqual([...Array(8).fill(401), 429]);
  });

  it('leaves few rows for invented addresses, and none once its window is over', async () => {
    for (let i = 0; i < 60; i += 1) await signInFrom('203.0.113.8', `invented-${i}@example.com`, 'guess');
    expect((await rows()).length).toBeLessThanOrEqual(1 + 2 * 40);
    proxied.clock.advance({ minutes: 15 });
    await signInFrom('203.0.113.9', 'invented@example.com', 'guess');
    expect(await rows()).toHaveLength(3);
  });

  it('tells strangers nothing about who exists', async () => {
    const person = await proxied.person('csm');
    const of = async (email: string, network: string) => {
      const statuses: number[] = [];
      for (let i = 0; i < 45; i += 1) statuses.push((await signInFrom(`${network}.${i % 5}`, email, 'guess')).status);
      return statuses;
    };
    expect(await of(person.email, '203.0.113')).toEqual(await of('nobody@example.com', '198.51.100'));
  });
});

describe('a page of another site', () => {
  const forged = (headers: Record<string, string>, path = '/api/v1/auth/sign-out') =>
    fetch(`${server.url}${path}`, { method: 'POST', headers });

  it.each([
    ['without the header of our pages', {}],
    ['by Sec-Fetch-Site', { 'x-steward-request': '1', 'sec-fetch-site': 'cross-site' }],
    ['on a neighbouring host', { 'x-steward-request': '1', 'sec-fetch-site': 'same-site' }],
    ['by Origin', { 'x-steward-request': '1', origin: 'https://evil.example' }],
    ['by an opaque Origin', { 'x-steward-request': '1', origin: 'null' }],
  ])('changes nothing: %s', async (_, headers) => {
    const cookie = await server.cookieOf(await server.person('admin'));
    const answer = await forged({ ...(headers as Record<string, string>), cookie });
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ code: 'CROSS_SITE_REQUEST' });
    expect((await server.anonymous.get('/api/v1/me', { headers: { cookie } })).status).toBe(200);
  });

  it('does not sign its visitor in as someone else', async () => {
    const answer = await forged(
      { origin: 'https://evil.example', 'content-type': 'text/plain' },
      '/api/v1/auth/sign-in',
    );
    expect(answer.status).toBe(403);
  });

  it('gets no leave to send our header', async () => {
    const preflight = await fetch(`${server.url}/api/v1/users`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://evil.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'x-steward-request',
      },
    });
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('is told apart from our own', async () => {
    const cookie = await server.cookieOf(await server.person('csm'));
    const own = { cookie, 'x-steward-request': '1', origin: server.url, 'sec-fetch-site': 'same-origin' };
    expect((await forged(own)).status).toBe(204);
  });
});

describe('behind TLS', () => {
  it('the cookie never travels in the clear', async () => {
    const secure = await ApiServer.start({ PUBLIC_URL: 'https://steward.example.com' });
    try {
      const person = await secure.person('csm');
      const answer = await secure.anonymous.ask('POST', '/api/v1/auth/sign-in', {
        body: { email: person.email, password: PASSWORD },
        headers: { origin: 'https://steward.example.com' },
      });
      expect(answer.headers.get('set-cookie')).toContain('Secure');
    } finally {
      await secure.close();
    }
  });
});
