import { randomUUID } from 'node:crypto';
import { ApiServer, type Caller, type TestPerson } from '../../support/api-server.js';
import { insertRows, insertStates } from '../../support/insert-rows.js';
import { routeName, routesOf } from './route-access.js';

/**
 * Every route of one account, with a body that it takes: refused input would answer before anyone looked for the
 * account. A route that is missing here fails the test.
 */
const ACCOUNT_ROUTES: Record<string, { query?: string; body?: unknown }> = {
  'GET /accounts/:account': {},
  'PATCH /accounts/:account': { body: { revision: 1, name: 'Taken over' } },
  'GET /accounts/:account/explanation': {},
  'GET /accounts/:account/changes': { query: '?from=2026-04-01&to=2026-04-15' },
  'GET /accounts/:account/series': { query: '?fields=health.score&from=2026-04-01&to=2026-04-15' },
  'GET /accounts/:account/moves': {},
  'GET /accounts/:account/segments': {},
  'GET /accounts/:account/facts/:kind': {},
  'PUT /accounts/:account/pulse': { body: { value: 5 } },
  'POST /accounts/:account/pulse/undo': { body: { setAt: '2026-04-15T08:00:00.000Z' } },
  'PUT /accounts/:account/tier': { body: { tier: 'T1', reason: 'because' } },
  'DELETE /accounts/:account/tier': {},
  'PUT /accounts/:account/stage': { body: { stage: 'adoption', reason: 'because' } },
  'DELETE /accounts/:account/stage': {},
  'POST /accounts/:account/touchpoints': { body: { kind: 'call', text: 'spoke to them' } },
  'GET /accounts/:account/touchpoints/:touchpointId': {},
  'PATCH /accounts/:account/touchpoints/:touchpointId': { body: { revision: 1, text: 'taken over' } },
  'DELETE /accounts/:account/touchpoints/:touchpointId': {},
  'POST /accounts/:account/touchpoints/:touchpointId/restore': {},
  'GET /accounts/:account/touch-templates': {},
  'POST /accounts/:account/touch-templates/:templateId/render': { body: {} },
  'GET /accounts/:account/deals': {},
  'POST /accounts/:account/deals': { body: { kind: 'expansion', name: 'More seats' } },
  'GET /accounts/:account/deals/:dealId': {},
  'PATCH /accounts/:account/deals/:dealId': { body: { revision: 1, name: 'Taken over' } },
  'DELETE /accounts/:account/deals/:dealId': { query: '?revision=1' },
  'POST /accounts/:account/deals/:dealId/win': { body: { revision: 1, on: '2026-04-15' } },
  'POST /accounts/:account/deals/:dealId/lose': { body: { revision: 1, on: '2026-04-15', reason: 'because' } },
  'POST /accounts/:account/deals/:dealId/reopen': { body: { revision: 1 } },
  'POST /accounts/:account/deals/:dealId/undo': { body: { revision: 1 } },
  'GET /accounts/:account/renewals': {},
  'PATCH /accounts/:account/renewals/:dueOn': { body: { revision: 1, category: 'lost' } },
  'POST /accounts/:account/renewals/:dueOn/outcome': { body: { revision: 1, outcome: 'renewed', amountMinor: 1 } },
  'DELETE /accounts/:account/renewals/:dueOn/outcome': { query: '?revision=1' },
  'GET /accounts/:account/ledger': {},
  'GET /accounts/:account/leaving': {},
  'POST /accounts/:account/leaving': { body: { noticeGivenOn: '2026-04-15' } },
  'DELETE /accounts/:account/leaving': {},
  'POST /accounts/:account/churn': { body: { on: '2026-04-15', reasonKey: 'price' } },
  'DELETE /accounts/:account/churn': {},
  'GET /accounts/:account/subscriptions': {},
  'POST /accounts/:account/subscriptions': { body: { mrrMinor: 100, start: '2026-01-01' } },
  'PATCH /accounts/:account/subscriptions/:subscriptionId': { body: { revision: 1, plan: 'Taken over' } },
  'DELETE /accounts/:account/subscriptions/:subscriptionId': { query: '?revision=1' },
  'GET /accounts/:account/owners': {},
  'PUT /accounts/:account/owners': { body: { revision: 1, csmUserId: null } },
  'GET /accounts/:account/hand-overs': {},
  'POST /accounts/:account/hand-overs/:handOverId/undo': {},
  'GET /accounts/:account/pulses': {},
  'GET /accounts/:account/brief': {},
  'GET /accounts/:account/timeline': {},
  'GET /accounts/:account/plan': {},
  'PUT /accounts/:account/plan': { body: { revision: 0, note: 'mine', objectives: [], nextStep: null, links: [] } },
  'GET /accounts/:account/followers': {},
  'PUT /accounts/:account/followers/me': {},
  'DELETE /accounts/:account/followers/me': {},
  'GET /accounts/:account/people': {},
  'GET /accounts/:account/alerts': {},
  'POST /accounts/:account/alerts': { body: { kind: 'churn', severity: 'high', reason: 'because' } },
  'GET /accounts/:account/alert-events': {},
  'GET /accounts/:account/goals': {},
  'GET /accounts/:account/goals-begun': { query: '?asOf=2026-04-14' },
  'POST /accounts/:account/goals': { body: { playbookId: randomUUID() } },
  'POST /accounts/:account/tasks': { body: { title: 'Call them' } },
};

/** Every route that answers with accounts or figures over them: what a text finds, told by its words. */
const LISTS: Record<string, unknown> = {
  'POST /accounts/query': { text: 'Hidden' },
  'POST /accounts/count': { text: 'Hidden' },
  'POST /accounts/export': { text: 'Hidden' },
};

const named = (route: string) => route.replace('/api/v1', '').replace(/\/accounts\/:\w+/, '/accounts/:account');

let server: ApiServer;
let owner: TestPerson;
const hidden = randomUUID();
const TOUCH = 'touch-1';
const NO_ID = randomUUID();
/** People who own nothing of it and lead nobody who does. */
let strangers: Record<string, Caller>;
let insiders: Record<string, Caller>;

beforeAll(async () => {
  server = await ApiServer.start();
  const lead = await server.person('manager');
  owner = await server.person('csm', { managerId: lead.id });
  const am = await server.person('am');
  await insertRows(server.dataSource, 'account', [
    {
      id: hidden,
      external_id: 'hidden-1',
      name: 'Hidden Holdings',
      status: 'customer',
      csm_user_id: owner.id,
      am_user_id: am.id,
      first_seen_on: '2026-01-01',
      revision: 1,
    },
  ]);
  await insertStates(server.dataSource, [
    { account_id: hidden, as_of: '2026-04-15', status: 'customer', csm_user_id: owner.id, am_user_id: am.id },
  ]);
  const touch = { account_id: hidden, id: TOUCH, kind: 'call', at: '2026-04-01T09:00:00Z', on_day: '2026-04-01' };
  await insertRows(server.dataSource, 'touchpoint', [{ ...touch, links: [], counts: true }]);
  const deal = { account_id: hidden, id: NO_ID, kind: 'expansion', name: 'Hidden deal', state: 'open', revision: 1 };
  await insertRows(server.dataSource, 'deal', [deal]);
  strangers = {
    'another CSM': await server.as('csm'),
    'another AM': await server.as('am'),
    'the manager of another team': await server.as('manager'),
  };
  insiders = {
    'the CSM': await server.signedIn(owner),
    'the AM': await server.signedIn(am),
    'the manager of the team': await server.signedIn(lead),
    'an admin': await server.as('admin'),
    'a viewer': await server.as('viewer'),
    'a key that reads accounts': server.withKey((await server.key(['accounts:read'])).secret),
  };
});

afterAll(() => server?.close());

const ofAccounts = () => routesOf(server).filter((route) => route.path.startsWith('/api/v1/accounts'));
const isOfOne = (route: string) => named(route).includes('/accounts/:account');

const codeOf = (body: unknown) => (body as { code?: string }).code;

async function askAll(callers: Record<string, Caller>, route: string, account: string) {
  const { query = '', body } = ACCOUNT_ROUTES[named(route)]!;
  const [method, pattern] = route.split(' ') as [string, string];
  const path =
    pattern
      .replace(/accounts\/:\w+/, `accounts/${account}`)
      .replace(':kind', 'contacts')
      .replace(':touchpointId', TOUCH)
      .replace(':dueOn', '2026-06-30')
      .replace(/:\w+Id/, NO_ID) + query;
  const answers = new Map<string, { status: number; body: unknown }>();
  for (const [who, caller] of Object.entries(callers)) {
    const { status, body: answer } = await caller.ask(method, path, { body });
    answers.set(who, { status, body: answer });
  }
  return answers;
}

describe('an account of someone else', () => {
  it('has no route that this test does not know', () => {
    const routes = ofAccounts().map(routeName);
    const unknown = routes.filter((route) => !(named(route) in (isOfOne(route) ? ACCOUNT_ROUTES : LISTS)));
    expect(unknown).toEqual([]);
  });

  it('answers exactly as one that does not exist, on every route', async () => {
    for (const route of ofAccounts().map(routeName).filter(isOfOne)) {
      const answers = await askAll(strangers, route, hidden);
      const nothing = await askAll(strangers, route, randomUUID());
      expect({ route, answers: [...nothing.values()].map(({ status }) => status) }).toEqual({
        route,
        answers: [404, 404, 404],
      });
      expect({ route, answers }).toEqual({ route, answers: nothing });
    }
    const [row] = await server.dataSource.query(`SELECT name, revision FROM steward.account WHERE id = $1`, [hidden]);
    expect(row).toEqual({ name: 'Hidden Holdings', revision: 1 });
  });

  it('opens for those who may see it', async () => {
    for (const route of ofAccounts().map(routeName).filter(isOfOne)) {
      if (!route.startsWith('GET ')) continue;
      const [stranger] = (await askAll(strangers, route, hidden)).values();
      for (const [who, { status, body }] of await askAll(insiders, route, hidden)) {
        // An account that was never computed has no score to explain; that is another answer than a stranger's.
        const found = status === 200 || (codeOf(body) === 'NO_SCORE' && codeOf(stranger!.body) !== 'NO_SCORE');
        expect({ route, who, found, body: found ? null : body }).toEqual({ route, who, found: true, body: null });
      }
    }
  });

  it.each(Object.keys(LISTS))('is not in %s, nor counted there', async (route) => {
    const [method, path] = route.split(' ') as [string, string];
    const ask = (caller: Caller) => caller.ask(method, `/api/v1${path}`, { body: LISTS[route] });
    for (const [who, caller] of Object.entries(strangers)) {
      const answer = await ask(caller);
      expect({ who, status: answer.status }).toEqual({ who, status: 200 });
      expect(JSON.stringify(answer.body)).not.toMatch(/Hidden|hidden-1/);
      if ('accounts' in Object(answer.body)) expect(answer.body.accounts).toBe(0);
    }
    for (const [who, caller] of Object.entries(insiders)) {
      const { body } = await ask(caller);
      const found = 'accounts' in Object(body) ? body.accounts === 1 : JSON.stringify(body).includes('Hidden Holdings');
      expect({ who, found }).toEqual({ who, found: true });
    }
  });
});
