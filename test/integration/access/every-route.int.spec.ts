import { Controller, Get, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { API_SCOPES, type ApiScope } from '@steward/shared/access';
import { ROLES, type Role } from '@steward/shared/common';
import { AccessCheck } from '../../../apps/api/src/platform/auth/access-check.js';
import { ApiServer } from '../../support/api-server.js';
import { EXPECTED, type Expected, ROLES_BY_PERMISSION, routeName, routesOf } from './route-access.js';

let server: ApiServer;
/** Headers that make a request come from someone. */
const asking = new Map<string, Record<string, string>>();

beforeAll(async () => {
  server = await ApiServer.start();
  asking.set('anonymous', {});
  for (const role of ROLES) asking.set(role, { cookie: await server.cookieOf(await server.person(role)) });
  for (const scope of API_SCOPES) {
    asking.set(`key ${scope}`, { authorization: `Bearer ${(await server.key([scope])).secret}` });
  }
});

afterAll(() => server?.close());

const NO_ID = '00000000-0000-4000-8000-000000000000';
const PARAMETERS: Record<string, string> = {
  fromDay: '2026-04-15',
  kind: 'contacts',
  list: 'contacts',
  key: 'own.none',
};

/** What became of a request: through to the route (whatever it makes of an empty body), or stopped before it. */
type Outcome = 'through' | 'not signed in' | 'not allowed' | 'broken';

async function outcome(route: string, headers: Record<string, string>): Promise<Outcome> {
  const [method, pattern] = route.split(' ') as [string, string];
  const path = pattern.replace(/:(\w+)/g, (_, name: string) => PARAMETERS[name] ?? NO_ID);
  const response = await fetch(`${server.url}${path}`, {
    method,
    headers: { 'x-steward-request': '1', 'content-type': 'application/json', ...headers },
    body: method === 'GET' || method === 'DELETE' ? undefined : '{"notAField":true}',
  });
  const text = response.status === 200 ? '' : await response.text();
  await response.body?.cancel().catch(() => undefined);
  if (response.status === 401) return 'not signed in';
  if (response.status === 403) return 'not allowed';
  const missingRoute = text.includes('ROUTE_NOT_FOUND');
  return (response.status >= 500 && response.status !== 503) || missingRoute ? 'broken' : 'through';
}

function expectedOutcome({ people, keys = [] }: Expected, who: string): Outcome {
  if (people === 'public') return 'through';
  if (who === 'anonymous') return 'not signed in';
  if (who.startsWith('key ')) return keys.includes(who.slice(4) as ApiScope) ? 'through' : 'not allowed';
  return people !== 'nobody' && ROLES_BY_PERMISSION[people].includes(who as Role) ? 'through' : 'not allowed';
}

describe('every route', () => {
  it('is in the table of who may call it, and the table has no other', () => {
    expect(routesOf(server).map(routeName).sort()).toEqual(Object.keys(EXPECTED).sort());
  });

  it.each(Object.keys(EXPECTED))('%s lets in whom the table says, and no one else', async (route) => {
    const expected = EXPECTED[route]!;
    // Signing in and out is for those who have no session: with one, the test's own would end.
    const everyone = expected.people === 'public' ? ['anonymous'] : [...asking.keys()];
    const found: Record<string, Outcome> = {};
    for (const who of everyone) found[who] = await outcome(route, asking.get(who)!);
    const table = Object.fromEntries(everyone.map((who) => [who, expectedOutcome(expected, who)]));
    expect(found).toEqual(table);
  });

  it('is refused with a key that does not exist, beside any session', async () => {
    const cookie = asking.get('admin')!.cookie!;
    for (const [route, { people }] of Object.entries(EXPECTED)) {
      if (people === 'public') continue;
      const found = await outcome(route, { cookie, authorization: `Bearer sk_${'0'.repeat(12)}_${'A'.repeat(43)}` });
      expect({ route, found }).toEqual({ route, found: 'not signed in' });
    }
  });

  it('that changes something is refused without the header of our pages', async () => {
    const cookie = asking.get('admin')!.cookie!;
    for (const route of Object.keys(EXPECTED)) {
      if (route.startsWith('GET ')) continue;
      const found = await outcome(route, { cookie, 'x-steward-request': '' });
      expect({ route, found }).toEqual({ route, found: 'not allowed' });
    }
  });
});

describe('what a person may do', () => {
  it.each(ROLES)('is told to a %s as the routes have it', async (role) => {
    const answer = await server.anonymous.get('/api/v1/me', { headers: asking.get(role)! });
    const expected = Object.entries(ROLES_BY_PERMISSION).filter(([, roles]) => roles.includes(role));
    expect([...answer.body.permissions].sort()).toEqual(expected.map(([permission]) => permission).sort());
  });
});

describe('a route that does not say who may call it', () => {
  @Controller('forgotten')
  class ForgottenController {
    @Get()
    open() {
      return 'everything';
    }
  }

  @Module({ imports: [DiscoveryModule], controllers: [ForgottenController], providers: [AccessCheck] })
  class ForgottenModule {}

  it('keeps the process from starting, and is named', async () => {
    const module = await Test.createTestingModule({ imports: [ForgottenModule] }).compile();
    await expect(module.createNestApplication().init()).rejects.toThrow('GET /forgotten (ForgottenController.open)');
  });
});
