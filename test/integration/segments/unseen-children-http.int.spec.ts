import { randomUUID } from 'node:crypto';
import type { RelatedLeaf, Rule } from '@steward/shared/rules';
import { Partitions } from '../../../apps/api/src/db/partitions.js';
import { aPlaybook } from '../../../apps/api/src/domain/goals/goal.factory.js';
import { all, field } from '../../../apps/api/src/domain/rule-builders.js';
import { ApiServer, type Caller } from '../../support/api-server.js';
import { insertRows, insertStates } from '../../support/insert-rows.js';

const anyChild: RelatedLeaf = {
  kind: 'related',
  of: 'childAccount',
  quantifier: 'any',
  rule: { kind: 'compare', field: 'band', op: 'eq', value: 'at_risk' },
};
const isCustomer = field('account.status', 'eq', 'customer');
const overChildren = all(isCustomer, { kind: 'not', rule: anyChild });
const REFUSED = (path: string) => ({
  status: 400,
  body: { details: [{ path, code: 'CHILD_ACCOUNTS_NOT_SEEN' }] },
});

describe('child accounts that somebody does not see', () => {
  let server: ApiServer;
  let admin: Caller;
  let lead: Caller;
  let csm: Caller;
  const parent = randomUUID();
  const seen = randomUUID();
  const unseen = randomUUID();

  beforeAll(async () => {
    server = await ApiServer.start();
    admin = await server.as('admin');
    const manager = await server.person('manager');
    lead = await server.signedIn(manager);
    const owner = await server.person('csm', { managerId: manager.id });
    csm = await server.signedIn(owner);
    const other = await server.person('csm');
    const account = (id: string, name: string, csmId: string, parentId: string | null) => ({
      ...{ id, external_id: name, name, status: 'customer', csm_user_id: csmId, parent_id: parentId },
      ...{ customer_since: '2024-01-01', first_seen_on: '2026-01-01', revision: 1 },
    });
    await insertRows(server.dataSource, 'account', [
      account(parent, 'Parent', owner.id, null),
      account(seen, 'Seen', owner.id, parent),
      account(unseen, 'Unseen', other.id, parent),
    ]);
    const bands = { [parent]: 'healthy', [seen]: 'healthy', [unseen]: 'at_risk' };
    const computed = Object.entries(bands).map(([id, band]) => ({ account_id: id, status: 'customer', band }));
    await insertStates(
      server.dataSource,
      computed.map((row) => ({ ...row, as_of: '2026-04-15' })),
    );
    await new Partitions(server.dataSource).ensure(['account_snapshot'], '2026-04-14', '2026-04-14');
    await insertRows(
      server.dataSource,
      'account_snapshot',
      computed.map((row) => ({ ...row, day: '2026-04-14' })),
    );
  }, 120_000);
  afterAll(() => server?.close());

  const found = async (caller: Caller, rule: Rule, asOf: string | null = null) => {
    const page = await caller.post('/api/v1/accounts/query', { rule, asOf });
    const count = await caller.post('/api/v1/accounts/count', { rule, asOf });
    const file = await caller.post('/api/v1/accounts/export', { rule, asOf });
    const names = page.body.rows.map(({ name }: { name: string }) => name);
    expect(count.body.accounts).toBe(names.length);
    expect(file.body.trim().split('\n').length - 1).toBe(names.length);
    return names;
  };

  it.each([null, '2026-04-14'])('are as if they were not there, whatever is asked: as of %s', async (asOf) => {
    const ask = (leaf: Partial<RelatedLeaf>): Rule => ({ ...anyChild, ...leaf }) as Rule;
    const ofParent = (rule: Rule) => all(field('account.name', 'eq', 'Parent'), rule);
    const every: Rule = { kind: 'all', rules: [] };
    for (const caller of [csm, lead]) {
      expect(await found(caller, ask({}), asOf)).toEqual([]);
      expect(await found(caller, ask({ quantifier: 'atLeast', n: 2, rule: every }), asOf)).toEqual([]);
      expect(
        await found(caller, ask({ rule: { kind: 'compare', field: 'name', op: 'eq', value: 'Unseen' } }), asOf),
      ).toEqual([]);
      expect(await found(caller, ofParent(ask({ quantifier: 'none' })), asOf)).toEqual(['Parent']);
      const allHealthy: Rule = { kind: 'compare', field: 'band', op: 'eq', value: 'healthy' };
      expect(await found(caller, ask({ quantifier: 'all', rule: allHealthy }), asOf)).toEqual(['Parent']);
      expect(await found(caller, ask({ rule: every }), asOf)).toEqual(['Parent']);
    }
    expect(await found(admin, ask({}), asOf)).toEqual(['Parent']);
    expect(await found(admin, ask({ quantifier: 'atLeast', n: 2, rule: every }), asOf)).toEqual(['Parent']);
    expect(await found(admin, ofParent(ask({ quantifier: 'none' })), asOf)).toEqual([]);
  });

  it('keep others than those who see all accounts from segments about them, by every door', async () => {
    const given = { name: 'Families', rule: overChildren };
    for (const caller of [csm, lead]) {
      expect(await caller.post('/api/v1/segments', given)).toMatchObject(REFUSED('rule.rules.1.rule.of'));
      expect(await caller.post('/api/v1/segments/preview', { rule: overChildren })).toMatchObject(
        REFUSED('rule.rules.1.rule.of'),
      );
      const plain = (await caller.post('/api/v1/segments', { name: 'Plain', rule: isCustomer })).body;
      const path = `/api/v1/segments/${plain.id}`;
      expect(await caller.patch(path, { rule: anyChild, revision: 1 })).toMatchObject(REFUSED('rule.of'));
      expect(await caller.patch(path, { visibility: 'shared', revision: 1 })).toMatchObject({ status: 200 });
      // An admin changes what it says: from there on its owner keeps it no more.
      expect((await admin.patch(path, { rule: anyChild, revision: 2 })).status).toBe(200);
      for (const change of [{ name: 'Mine' }, { visibility: 'private' }, { rule: anyChild }]) {
        expect(await caller.patch(path, { ...change, revision: 3 })).toMatchObject(REFUSED('rule.of'));
      }
      expect(await caller.post(`${path}/copy`, { name: 'Copy' })).toMatchObject(REFUSED('rule.of'));
      expect((await caller.patch(path, { rule: isCustomer, revision: 3 })).status).toBe(200);
      expect((await caller.delete(path)).status).toBe(200);
    }
    const made = await admin.post('/api/v1/segments', given);
    expect(made.status).toBe(201);
    expect((await admin.post('/api/v1/segments/preview', { rule: anyChild })).body.total).toBe(1);
    expect((await admin.post(`/api/v1/segments/${made.body.id}/copy`, { name: 'Copy' })).status).toBe(201);
  });

  it('are not told of by why an account is in a segment', async () => {
    const rule = all(isCustomer, anyChild);
    const { id } = (await admin.post('/api/v1/segments', { name: 'Shared', rule, visibility: 'shared' })).body;
    const why = async (caller: Caller) => {
      const { leaves } = (await caller.get(`/api/v1/segments/${id}/why/${parent}`)).body;
      return leaves.map(({ holds }: { holds: boolean }) => holds);
    };
    expect(await why(admin)).toEqual([true, true]);
    expect(await why(csm)).toEqual([true, false]);
    expect(await why(lead)).toEqual([true, false]);
  });

  it('keep a manager from rules of alerts about them; any such rule may be switched off', async () => {
    const path = '/api/v1/alert-rules';
    const given = { name: 'Families', kind: 'churn', reason: 'A child is at risk', severity: 'high' };
    expect(await lead.post(path, { ...given, rule: overChildren })).toMatchObject(REFUSED('rule.rules.1.rule.of'));
    const cleared = await lead.post(path, { ...given, rule: isCustomer, clearRule: anyChild });
    expect(cleared).toMatchObject(REFUSED('clearRule.of'));
    const tried = await lead.post(`${path}/dry-run`, { rule: anyChild });
    expect(tried).toMatchObject({ status: 200, body: { today: { accounts: 0 } } });
    expect((await admin.post(`${path}/dry-run`, { rule: anyChild })).body.today.accounts).toBe(1);

    const { id, revision } = (await admin.post(path, { ...given, rule: anyChild })).body;
    expect(await lead.post(`${path}/${id}/copy`, { name: 'Copy' })).toMatchObject(REFUSED('rule.of'));
    expect(await lead.patch(`${path}/${id}`, { severity: 'low', revision })).toMatchObject(REFUSED('rule.of'));
    expect(await lead.patch(`${path}/${id}`, { enabled: false, severity: 'low', revision })).toMatchObject(
      REFUSED('rule.of'),
    );
    const off = await lead.patch(`${path}/${id}`, { enabled: false, revision });
    expect(off).toMatchObject({ status: 200, body: { enabled: false } });
    const on = { enabled: true, revision: off.body.revision };
    expect(await lead.patch(`${path}/${id}`, on)).toMatchObject(REFUSED('rule.of'));
    expect((await admin.patch(`${path}/${id}`, on)).status).toBe(200);
    expect((await admin.post(`${path}/${id}/copy`, { name: 'Copy' })).status).toBe(201);
  });

  it('keep a manager from playbooks whose tasks complete themselves by them', async () => {
    const path = '/api/v1/playbooks';
    const plain = aPlaybook();
    const tasks = plain.tasks.map((task) => ({ ...task, completesWhen: anyChild }));
    const definition = { ...plain, tasks };
    const refused = REFUSED('definition.tasks.0.completesWhen.of');
    expect(await lead.post(path, { definition, enabled: false })).toMatchObject(refused);
    const { body } = await lead.post(path, { definition: plain, enabled: false });
    expect(await lead.put(`${path}/${body.id}`, { definition, enabled: false, revision: body.revision })).toMatchObject(
      refused,
    );
    const made = await admin.post(path, { definition, enabled: true });
    expect(made).toMatchObject({ status: 201, body: { problems: [] } });
    const one = `${path}/${made.body.id}`;
    expect((await lead.get(one)).body.problems).toEqual([]);
    const off = await lead.put(one, { definition, enabled: false, revision: made.body.revision });
    expect(off).toMatchObject({ status: 200 });
    const on = { definition, enabled: true, revision: off.body.revision };
    expect(await lead.put(one, on)).toMatchObject(refused);
    expect((await admin.put(one, on)).status).toBe(200);
  });
});
