import { randomUUID } from 'node:crypto';
import type { Rule } from '@steward/shared/rules';
import { all, field } from '../../../apps/api/src/domain/rule-builders.js';
import { ApiServer, type Caller } from '../../support/api-server.js';

const MINE: Rule = { kind: 'compare', field: 'account.csm', op: 'eq', value: 'me' };
const inSegment = (segment: string): Rule => ({ kind: 'member', segment, is: true });

describe('saved views over HTTP', () => {
  let server: ApiServer;
  let csm: Caller;
  let colleague: Caller;
  let viewer: Caller;
  let admin: Caller;

  beforeAll(async () => {
    server = await ApiServer.start();
    csm = await server.signedIn(await server.person('csm'));
    colleague = await server.signedIn(await server.person('csm'));
    viewer = await server.as('viewer');
    admin = await server.as('admin');
  }, 120_000);
  afterAll(() => server?.close());

  const save = async (caller: Caller, given: object = {}) =>
    caller.post('/api/v1/views', {
      name: 'My large accounts',
      rule: all(field('account.arr', 'gte', 50_000)),
      ...given,
    });
  const namesSeenBy = async (caller: Caller): Promise<string[]> =>
    (await caller.get('/api/v1/views')).body.views.map(({ name }: { name: string }) => name);

  it('keep a filter with its search, columns and sort, as they were given', async () => {
    const given = {
      name: 'Renewals of mine',
      rule: MINE,
      text: 'Zoo',
      columns: ['account.arr', 'account.renewalDate'],
      sort: [{ field: 'account.renewalDate', direction: 'asc' }],
    };
    const { status, body } = await csm.post('/api/v1/views', given);
    expect(status).toBe(201);
    expect(body).toMatchObject({ ...given, visibility: 'private', revision: 1, mayEdit: true });
    expect((await csm.get('/api/v1/views')).body.views).toContainEqual(body);
  });

  it('are private until they are shared, and then everybody’s to use, but not to change', async () => {
    const { body: view } = await save(csm, { name: 'Shared later' });
    const path = `/api/v1/views/${view.id}`;
    expect(await namesSeenBy(colleague)).not.toContain('Shared later');
    expect((await colleague.patch(path, { revision: 1, name: 'Taken' })).status).toBe(404);
    expect((await admin.delete(path)).status).toBe(404);

    expect((await csm.patch(path, { revision: 1, visibility: 'shared' })).status).toBe(200);
    expect(await namesSeenBy(colleague)).toContain('Shared later');
    expect(await namesSeenBy(viewer)).toContain('Shared later');
    expect((await colleague.patch(path, { revision: 2, name: 'Taken' })).status).toBe(403);
    expect((await admin.patch(path, { revision: 2, visibility: 'private' })).status).toBe(403);
    expect((await admin.patch(path, { revision: 2, name: 'Tidied up' })).body).toMatchObject({ name: 'Tidied up' });
    expect((await csm.delete(path)).status).toBe(200);
    expect(await namesSeenBy(colleague)).not.toContain('Tidied up');
  });

  it('stand in the order that each person gives them, new ones last', async () => {
    const newcomer = await server.signedIn(await server.person('csm'));
    const ids: Record<string, string> = {};
    for (const name of ['First', 'Second', 'Third']) ids[name] = (await save(newcomer, { name })).body.id;
    const { body: hidden } = await save(csm, { name: 'Not of theirs' });
    const order = [ids.Third, hidden.id, ids.First, ids.Third, randomUUID(), ids.Second];
    const answer = await newcomer.put('/api/v1/views/order', { ids: order });
    expect(answer.status).toBe(200);
    const own = (names: string[]) => names.filter((name) => name in ids || name === 'Fourth');
    expect(own(answer.body.views.map(({ name }: { name: string }) => name))).toEqual(['Third', 'First', 'Second']);
    await save(newcomer, { name: 'Fourth', visibility: 'shared' });
    expect(own(await namesSeenBy(newcomer))).toEqual(['Third', 'First', 'Second', 'Fourth']);
  });

  it('that were deleted come back as what they were, to whoever may change them', async () => {
    const newcomer = await server.signedIn(await server.person('csm'));
    const { body: first } = await save(newcomer, { name: 'Back again' });
    const { body: second } = await save(newcomer, { name: 'Stays', visibility: 'shared' });
    await newcomer.put('/api/v1/views/order', { ids: [second.id, first.id] });
    const schedule = await newcomer.post('/api/v1/report-schedules', {
      ...{ name: 'By mail', content: { kind: 'view', viewId: second.id } },
      ...{ frequency: 'daily', weekday: null, monthDay: null, hour: 8, recipients: [second.owner.userId] },
    });
    expect(schedule.status).toBe(201);
    expect((await newcomer.post(`/api/v1/views/${second.id}/restore`)).status).toBe(404);

    expect((await admin.delete(`/api/v1/views/${second.id}`)).body).toMatchObject({ schedules: 1 });
    await newcomer.delete(`/api/v1/views/${first.id}`);
    expect(await namesSeenBy(newcomer)).not.toContain('Stays');
    expect((await newcomer.patch(`/api/v1/views/${second.id}`, { revision: 1, name: 'Gone' })).status).toBe(404);
    expect((await colleague.post(`/api/v1/views/${second.id}/restore`)).status).toBe(404);
    expect((await admin.post(`/api/v1/views/${first.id}/restore`)).status).toBe(404);

    const restored = await admin.post(`/api/v1/views/${second.id}/restore`);
    expect(restored).toMatchObject({ status: 200, body: { ...second, schedules: 1, mayEdit: true } });
    expect((await newcomer.post(`/api/v1/views/${first.id}/restore`)).body).toEqual(first);
    const own = (await namesSeenBy(newcomer)).filter((name) => name === 'Back again' || name === 'Stays');
    expect(own).toEqual(['Stays', 'Back again']);
  });

  it('do not come back where what they rest on has gone, nor after 30 days', async () => {
    const segment = { name: 'Gone meanwhile', rule: all(field('account.arr', 'gte', 1)) };
    const { body } = await csm.post('/api/v1/segments', segment);
    const { body: view } = await save(csm, { rule: inSegment(body.id) });
    await csm.delete(`/api/v1/views/${view.id}`);
    expect((await csm.delete(`/api/v1/segments/${body.id}?revision=1`)).status).toBeLessThan(300);
    expect((await csm.post(`/api/v1/views/${view.id}/restore`)).body.code).toBe('RULE_NOT_VALID');

    const { body: old } = await save(csm, { name: 'Long gone' });
    await csm.delete(`/api/v1/views/${old.id}`);
    const long = `UPDATE steward.saved_view SET deleted_at = deleted_at - interval '31 days' WHERE id = $1`;
    await server.dataSource.query(long, [old.id]);
    await csm.delete(`/api/v1/views/${(await save(csm)).body.id}`);
    expect((await csm.post(`/api/v1/views/${old.id}/restore`)).status).toBe(404);
  });

  it('of a viewer stay private', async () => {
    expect((await save(viewer, { name: 'Of a viewer' })).status).toBe(201);
    expect((await save(viewer, { name: 'For all', visibility: 'shared' })).status).toBe(403);
  });

  it('are changed on the revision that was read', async () => {
    const { body: view } = await save(csm, { name: 'Twice' });
    const path = `/api/v1/views/${view.id}`;
    expect((await csm.patch(path, { revision: 1, name: 'Once' })).status).toBe(200);
    const { status, body } = await csm.patch(path, { revision: 1, name: 'Again' });
    expect([status, body.code]).toEqual([409, 'REVISION_MOVED']);
  });

  it('are refused with the place of what is wrong', async () => {
    const refusal = async (given: object) => {
      const { status, body } = await save(csm, given);
      return [status, body.code, body.details?.[0]?.path];
    };
    expect(await refusal({ rule: all(field('account.nothing', 'eq', 1)) })).toEqual([
      400,
      'RULE_NOT_VALID',
      'rule.rules.0.field',
    ]);
    expect(await refusal({ columns: ['account.arr', 'nothing'] })).toEqual([400, 'RULE_NOT_VALID', 'columns.1']);
    expect(await refusal({ sort: [{ field: 'nothing', direction: 'asc' }] })).toEqual([
      400,
      'RULE_NOT_VALID',
      'sort.0.field',
    ]);
    expect(await refusal({ rule: inSegment(randomUUID()) })).toEqual([400, 'RULE_NOT_VALID', 'rule.segment']);
    expect((await refusal({ name: ' ' }))[0]).toBe(400);
    expect((await refusal({ text: 'a\u0000b' }))[0]).toBe(400);
    expect((await refusal({ owner: 'somebody else' }))[0]).toBe(400);
  });

  it('that are shared rest on shared segments', async () => {
    const segment = { name: 'Private', rule: all(field('account.arr', 'gte', 1)) };
    const { body } = await csm.post('/api/v1/segments', segment);
    expect((await save(csm, { rule: inSegment(body.id) })).status).toBe(201);
    const shared = await save(csm, { rule: inSegment(body.id), visibility: 'shared' });
    expect([shared.status, shared.body.code]).toEqual([409, 'RESTS_ON_PRIVATE']);
    expect((await save(colleague, { rule: inSegment(body.id) })).body.code).toBe('RULE_NOT_VALID');
  });
});
