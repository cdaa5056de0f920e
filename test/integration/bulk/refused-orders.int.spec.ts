import type { Caller } from '../../support/api-server.js';
import { BulkWorld } from './bulk-world.js';

let world: BulkWorld;
let admin: Caller;

beforeAll(async () => {
  world = await BulkWorld.start();
  admin = await world.server.as('admin');
}, 60_000);

afterAll(() => world?.close());

describe('an order that makes no sense', () => {
  const some = { kind: 'rows', accountIds: ['20000000-0000-5000-8000-000000000001'] };
  const tag = { kind: 'tag', add: ['x'], remove: [] };

  it.each([
    ['an unknown change', { change: { kind: 'delete' }, selection: some }],
    ['a low pulse without a reason', { change: { kind: 'pulse', value: 1 }, selection: some }],
    ['no tag', { change: { kind: 'tag' }, selection: some }],
    ['a tag that comes and goes', { change: { kind: 'tag', add: ['x'], remove: ['x'] }, selection: some }],
    ['a tier without a reason', { change: { kind: 'tier', tier: 'T1', reason: ' ' }, selection: some }],
    ['no account', { change: tag, selection: { kind: 'rows', accountIds: [] } }],
    ['an id that is none', { change: tag, selection: { kind: 'rows', accountIds: ["1'; DROP TABLE account"] } }],
    [
      'more accounts than one names',
      { change: tag, selection: { kind: 'rows', accountIds: new Array(10_001).fill(some.accountIds[0]) } },
    ],
    [
      'a hostile field',
      {
        change: tag,
        selection: {
          kind: 'matching',
          rule: { kind: 'compare', field: "x'; DROP TABLE account; --", op: 'isSet' },
        },
      },
    ],
    ['an unknown key', { change: { ...tag, colour: 'red' }, selection: some }],
  ])('is refused: %s', async (_what, body) => {
    const answer = await admin.post('/api/v1/bulk-actions', body);
    expect(answer.status).toBe(400);
    expect(answer.body.code).toMatch(/^[A-Z_]+$/);
  });

  it('takes quotes, wildcards and formulas as plain text', async () => {
    const ids = await world.accounts(1);
    const odd = `=cmd|'%_"\\`;
    await world.done(admin, { kind: 'tag', add: [odd], remove: [] }, ids);
    expect((await world.account(ids[0]!)).tags).toEqual([odd]);
    const nul = await admin.post('/api/v1/bulk-actions', {
      change: { kind: 'tag', add: ['a\u0000b'] },
      selection: { kind: 'rows', accountIds: ids },
    });
    expect(nul.status).toBe(400);
  });

  it('waits while a person has as many under way as one may have', async () => {
    const busy = await world.server.as('csm');
    const ids = await world.accounts(1);
    const order = () =>
      busy.post('/api/v1/bulk-actions', { change: tag, selection: { kind: 'rows', accountIds: ids } });
    const answers = await Promise.all(Array.from({ length: 14 }, order));
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(10);
    expect(answers.find(({ status }) => status !== 202)).toMatchObject({
      status: 429,
      body: { code: 'TOO_MANY_UNDER_WAY' },
    });
    await world.work(answers.find(({ status }) => status === 202)!.body.id);
    expect((await order()).status).toBe(202);
  });

  it('is not for viewers', async () => {
    const viewer = await world.server.as('viewer');
    expect((await viewer.post('/api/v1/bulk-actions', { change: tag, selection: some })).status).toBe(403);
  });
});
