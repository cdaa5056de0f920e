import type { Caller } from '../../support/api-server.js';
import { BulkWorld, TODAY } from './bulk-world.js';

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

  it.each([
    ['a tag with a NUL', { kind: 'tag', add: ['a\u0000b'] }, 'INVALID_INPUT', 'change.add.0'],
    ['half a character', { kind: 'tag', remove: ['\ud800'] }, 'INVALID_INPUT', 'change.remove.0'],
    [
      'a NUL in a reason',
      { kind: 'snooze', until: '2026-04-22', reason: 'a\u0000b' },
      'INVALID_INPUT',
      'change.reason',
    ],
    ['a NUL in a note', { kind: 'pulse', value: 5, note: 'a\u0000b' }, 'INVALID_INPUT', 'change.note'],
    ['half a tier', { kind: 'tier', tier: '\ud800', reason: 'x' }, 'INVALID_INPUT', 'change.tier'],
    ['a day that has come', { kind: 'snooze', until: TODAY, reason: 'x' }, 'SNOOZE_ENDED', 'change.until'],
    ['a day too far', { kind: 'snooze', until: '2027-06-01', reason: 'x' }, 'SNOOZE_TOO_LONG', 'change.until'],
    ['a stranger', { kind: 'assign', role: 'csm', userId: some.accountIds[0] }, 'UNKNOWN_PERSON', 'change.userId'],
    ['no such reason', { kind: 'pulse', value: 1, reasons: ['price', 'x'] }, 'UNKNOWN_REASON', 'change.reasons.1'],
    ['no such tier', { kind: 'tier', tier: 'T9', reason: 'x' }, 'UNKNOWN_TIER', 'change.tier'],
    [
      'a last day that has passed',
      { kind: 'tier', tier: 'T1', reason: 'x', untilDay: '2026-04-14' },
      'TIER_ENDED',
      'change.untilDay',
    ],
  ])('is refused with its place: %s', async (_what, change, code, path) => {
    const accountIds = await world.accounts(1);
    const answer = await admin.post('/api/v1/bulk-actions', { change, selection: { kind: 'rows', accountIds } });
    expect(answer).toMatchObject({ status: 400, body: { code, details: [{ path }] } });
  });

  it('gives no account to somebody who only looks on', async () => {
    const viewer = await world.server.person('viewer');
    const accountIds = await world.accounts(1);
    const change = { kind: 'assign', role: 'csm', userId: viewer.id };
    const answer = await admin.post('/api/v1/bulk-actions', { change, selection: { kind: 'rows', accountIds } });
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'UNKNOWN_PERSON', details: [{ path: 'change.userId' }] },
    });
  });

  it('names the place of a text that cannot be searched for', async () => {
    const selection = { kind: 'matching', rule: null, text: 'a\u0000b' };
    const answer = await admin.post('/api/v1/bulk-actions', { change: tag, selection });
    expect(answer).toMatchObject({ status: 400, body: { details: [{ path: 'selection.text' }] } });
  });

  it('takes quotes, wildcards and formulas as plain text', async () => {
    const ids = await world.accounts(1);
    const odd = `=cmd|'%_"\\`;
    await world.done(admin, { kind: 'tag', add: [odd], remove: [] }, ids);
    expect((await world.account(ids[0]!)).tags).toEqual([odd]);
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
