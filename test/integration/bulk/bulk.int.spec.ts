import type { BulkAction } from '@steward/shared/bulk';
import { UnitOfWork } from '../../../apps/api/src/db/unit-of-work.js';
import { BulkRepository } from '../../../apps/api/src/desk/bulk/bulk.repository.js';
import type { Caller, TestPerson } from '../../support/api-server.js';
import { BulkWorld, TODAY } from './bulk-world.js';

let world: BulkWorld;
let admin: Caller;
let adminPerson: TestPerson;
let lead: TestPerson;
let manager: Caller;
let csm: TestPerson;
let asCsm: Caller;

beforeAll(async () => {
  world = await BulkWorld.start();
  adminPerson = await world.server.person('admin');
  admin = await world.server.signedIn(adminPerson);
  lead = await world.server.person('manager');
  manager = await world.server.signedIn(lead);
  csm = await world.server.person('csm', { managerId: lead.id });
  asCsm = await world.server.signedIn(csm);
}, 60_000);

afterAll(() => world?.close());

const counts = (given: Partial<BulkAction['counts']>) => ({
  due: 0,
  done: 0,
  unchanged: 0,
  refused: 0,
  gone: 0,
  ...given,
});

const CUSTOMERS = { kind: 'compare', field: 'account.status', op: 'eq', value: 'customer' };
const TAGGED = (tag: string) => ({ kind: 'compare', field: 'account.tags', op: 'contains', value: tag });

describe('which accounts a bulk action is about', () => {
  it('is found once, by the server: what matches later is left out, what no longer matches is done', async () => {
    const ids = await world.accounts(4, {}, ['frozen']);
    const { status, body } = await admin.post('/api/v1/bulk-actions', {
      change: { kind: 'tag', add: ['seen'], remove: ['frozen'] },
      selection: { kind: 'matching', rule: { kind: 'all', rules: [CUSTOMERS, TAGGED('frozen')] }, without: [ids[0]] },
    });
    expect({ status, counts: body.counts }).toEqual({ status: 202, counts: counts({ due: 3 }) });
    const [late] = await world.accounts(1, {}, ['frozen']);
    await world.query(`UPDATE steward.account SET status = 'churned' WHERE id = $1`, [ids[1]]);
    await world.work(body.id);
    expect((await world.shown(admin, body.id)).counts).toEqual(counts({ done: 3 }));
    const tags = await Promise.all([...ids, late!].map(async (id) => (await world.account(id)).tags));
    expect(tags).toEqual([['frozen'], ['seen'], ['seen'], ['seen'], ['frozen']]);
  });

  it('is never more than the person sees, named or matching', async () => {
    const [own] = await world.accounts(1, { csm: csm.id });
    const [others] = await world.accounts(1, { csm: adminPerson.id });
    const named = await world.order(asCsm, { kind: 'releaseTier' }, [own!, others!]);
    expect(named.counts).toEqual(counts({ due: 1 }));
    const none = await asCsm.post('/api/v1/bulk-actions', {
      change: { kind: 'releaseTier' },
      selection: { kind: 'rows', accountIds: [others] },
    });
    expect(none).toMatchObject({ status: 422, body: { code: 'NOTHING_SELECTED' } });
  });

  it('is looked at again when it is done: what has left the book is untouched and nameless', async () => {
    const ids = await world.accounts(3, { csm: csm.id });
    const { id } = await world.order(asCsm, { kind: 'tag', add: ['late'], remove: [] }, ids);
    await world.query(`UPDATE steward.account SET csm_user_id = $2 WHERE id = $1`, [ids[0], adminPerson.id]);
    await world.query(`DELETE FROM steward.account WHERE id = $1`, [ids[1]]);
    await world.work(id);
    expect((await world.shown(asCsm, id)).counts).toEqual(counts({ done: 1, gone: 1 }));
    expect((await world.account(ids[0]!)).tags).toEqual([]);
    expect((await asCsm.get(`/api/v1/bulk-actions/${id}/refused.csv`)).body).not.toContain('Bulk');
  });
});

describe('assigning an owner to many accounts', () => {
  it('is told as a person’s word, is due for computation, and stands in the log once', async () => {
    const ids = await world.accounts(3, { csm: csm.id });
    await world.query(`UPDATE steward.account SET csm_user_id = $2, csm_text = 'manager 2' WHERE id = $1`, [
      ids[2],
      lead.id,
    ]);
    await world.query(`DELETE FROM steward.dirty_account`);
    const action = await world.done(manager, { kind: 'assign', role: 'csm', userId: lead.id }, ids);
    expect(action).toMatchObject({ state: 'done', counts: counts({ done: 2, unchanged: 1 }), mayUndo: true });
    expect(action.computed).toBe(false);
    expect(await world.account(ids[0]!)).toMatchObject({ csm: lead.id, csmText: 'manager 2', revision: 2 });
    expect(await world.account(ids[2]!)).toMatchObject({ csm: lead.id, revision: 1 });
    expect(await world.newestVersion(ids[0]!, 'csm')).toEqual({
      value: { userId: lead.id, text: 'manager 2' },
      source: `person:${lead.id}`,
    });
    const dirty = await world.query(`SELECT account_id AS id FROM steward.dirty_account ORDER BY 1`);
    expect(dirty.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    await world.query(`DELETE FROM steward.dirty_account WHERE account_id = ANY($1)`, [ids.slice(0, 1)]);
    expect(await world.shown(manager, action.id)).toMatchObject({ computed: false });
    await world.query(`DELETE FROM steward.dirty_account WHERE account_id = ANY($1)`, [ids]);
    await world.accounts(1);
    expect(await world.shown(manager, action.id)).toMatchObject({ computed: true });
    const entries = await world.query(
      `SELECT action, actor_id AS by, changes FROM steward.audit_log WHERE subject_id = $1`,
      [action.id],
    );
    expect(entries).toEqual([
      {
        action: 'accounts.changed_in_bulk',
        by: lead.id,
        changes: expect.objectContaining({
          done: { from: null, to: 2 },
          unchanged: { from: null, to: 1 },
          userId: { from: null, to: lead.id },
        }),
      },
    ]);
  });

  it('lets a CSM claim free accounts and refuses those of somebody else, which a file names', async () => {
    const free = await world.accounts(1);
    const others = await world.accounts(1, { csm: adminPerson.id, am: csm.id });
    const action = await world.done(asCsm, { kind: 'assign', role: 'csm', userId: csm.id }, [...free, ...others]);
    expect(action.counts).toEqual(counts({ done: 1, refused: 1 }));
    expect(action.refusals).toEqual([
      { code: 'NOT_YOURS_TO_GIVE', reason: expect.stringContaining('for managers'), accounts: 1 },
    ]);
    const file = await asCsm.get(`/api/v1/bulk-actions/${action.id}/refused.csv`);
    expect(file.headers.get('content-type')).toContain('text/csv');
    expect(file.body).toMatch(/^\uFEFF?Account id,Name,Code,Reason\r\nb-\d+,Bulk \d+,NOT_YOURS_TO_GIVE,/);
    const given = await asCsm.post('/api/v1/bulk-actions', {
      change: { kind: 'assign', role: 'csm', userId: lead.id },
      selection: { kind: 'rows', accountIds: free },
    });
    expect(given.status).toBe(403);
  });

  it('refuses people who are no longer active, the one given and the one who ordered it', async () => {
    const leaver = await world.server.person('csm');
    const ids = await world.accounts(1);
    const toLeaver = await world.order(admin, { kind: 'assign', role: 'am', userId: leaver.id }, ids);
    const free = await world.accounts(1);
    const byLeaver = await world.order(
      await world.server.signedIn(leaver),
      { kind: 'assign', role: 'am', userId: leaver.id },
      free,
    );
    await world.query(`UPDATE steward.app_user SET active = false WHERE id = $1`, [leaver.id]);
    await world.work(toLeaver.id);
    await world.work(byLeaver.id);
    expect((await world.shown(admin, toLeaver.id)).refusals).toMatchObject([{ code: 'UNKNOWN_PERSON', accounts: 1 }]);
    const items = await world.query(`SELECT state, code FROM steward.bulk_action_item WHERE action_id = $1`, [
      byLeaver.id,
    ]);
    expect(items).toEqual([{ state: 'refused', code: 'NOT_ALLOWED' }]);
  });
});

describe('taking a bulk action back', () => {
  it('restores values and where they came from, but for what others changed since', async () => {
    const ids = await world.accounts(3, { csm: csm.id }, ['old']);
    const action = await world.done(admin, { kind: 'tag', add: ['new'], remove: ['old'] }, ids);
    expect((await world.account(ids[0]!)).tags).toEqual(['new']);
    await admin.patch(`/api/v1/accounts/${ids[1]}`, { revision: 2, tags: ['mine'] });
    await admin.patch(`/api/v1/accounts/${ids[2]}`, { revision: 2, tags: ['new', 'more'] });
    const undo = await world.undone(admin, action.id);
    expect(undo).toMatchObject({
      change: null,
      undoes: action.id,
      counts: counts({ done: 2, refused: 1 }),
      refusals: [{ code: 'CHANGED_SINCE', accounts: 1 }],
      mayUndo: false,
    });
    const tags = await Promise.all(ids.map(async (id) => (await world.account(id)).tags));
    expect(tags).toEqual([['old'], ['mine'], ['more', 'old']]);
    expect(await world.newestVersion(ids[0]!, 'tags')).toEqual({ value: ['old'], source: 'files' });
    expect(await world.shown(admin, action.id)).toMatchObject({ undoneBy: undo.id, mayUndo: false });
    expect(await admin.post(`/api/v1/bulk-actions/${action.id}/undo`)).toMatchObject({
      status: 409,
      body: { code: 'ALREADY_UNDONE' },
    });
    expect((await admin.post(`/api/v1/bulk-actions/${undo.id}/undo`)).status).toBe(409);
  });

  it('reaches accounts that a manager gave to another team by mistake', async () => {
    const stranger = await world.server.person('csm');
    const owned = await world.accounts(2, { csm: csm.id });
    const free = await world.accounts(1);
    const ids = [...owned, ...free];
    const action = await world.done(manager, { kind: 'assign', role: 'csm', userId: stranger.id }, ids);
    expect(action.counts.done).toBe(3);
    expect((await manager.get(`/api/v1/accounts/${ids[0]}`)).status).toBe(404);
    await admin.patch(`/api/v1/accounts/${ids[1]}`, { revision: 2, csmUserId: adminPerson.id });
    expect((await world.undone(manager, action.id)).counts).toEqual(counts({ done: 2, refused: 1 }));
    const owners = await Promise.all(ids.map(async (id) => (await world.account(id)).csm));
    expect(owners).toEqual([csm.id, adminPerson.id, null]);
  });

  it('returns the tier that stood by hand before, or the rules', async () => {
    const ids = await world.accounts(3);
    await admin.put(`/api/v1/accounts/${ids[0]}/tier`, { tier: 'T1', reason: 'asked for' });
    const set = await world.done(
      admin,
      { kind: 'tier', tier: 'T2', reason: 'spring clean', untilDay: '2026-05-01' },
      ids,
    );
    expect(set.counts.done).toBe(3);
    expect(await Promise.all(ids.map((id) => world.tiers(id)))).toEqual([['T2'], ['T2'], ['T2']]);
    await admin.put(`/api/v1/accounts/${ids[2]}/tier`, { tier: 'T4', reason: 'no, this one' });
    expect((await world.undone(admin, set.id)).counts).toEqual(counts({ done: 2, refused: 1 }));
    expect(await Promise.all(ids.map((id) => world.tiers(id)))).toEqual([['T1'], [], ['T4']]);
    const released = await world.done(admin, { kind: 'releaseTier' }, ids);
    expect(released.counts).toEqual(counts({ done: 2, unchanged: 1 }));
    await world.undone(admin, released.id);
    expect(await Promise.all(ids.map((id) => world.tiers(id)))).toEqual([['T1'], [], ['T4']]);
  });

  it('takes pulses away again, or gives back the one of the day', async () => {
    const ids = await world.accounts(2);
    await admin.put(`/api/v1/accounts/${ids[0]}/pulse`, { value: 5 });
    const set = await world.done(admin, { kind: 'pulse', value: 2, reasons: ['price'], note: null }, ids);
    const pulses = () =>
      world.query(`SELECT value, day FROM steward.pulse WHERE account_id = ANY($1) ORDER BY account_id`, [ids]);
    expect(await pulses()).toEqual([
      { value: 2, day: TODAY },
      { value: 2, day: TODAY },
    ]);
    world.server.clock.advance({ days: 1 });
    admin = await world.server.signedIn(adminPerson);
    await world.query(`DELETE FROM steward.dirty_account`);
    expect((await world.undone(admin, set.id)).counts.done).toBe(2);
    expect(await pulses()).toEqual([{ value: 5, day: TODAY }]);
    // The day before has closed: it is computed again.
    const dirty = await world.query(`SELECT since_day AS day FROM steward.dirty_account`);
    expect(dirty).toEqual([{ day: TODAY }, { day: TODAY }]);
    world.server.clock.advance({ days: -1 });
    admin = await world.server.signedIn(adminPerson);
    manager = await world.server.signedIn(lead);
    asCsm = await world.server.signedIn(csm);
  });

  it('waits until the action has ended, and belongs to whoever ordered it', async () => {
    const ids = await world.accounts(1);
    const { id } = await world.order(admin, { kind: 'tag', add: ['x'], remove: [] }, ids);
    expect((await admin.post(`/api/v1/bulk-actions/${id}/undo`)).body.code).toBe('NOT_ENDED');
    await world.work(id);
    for (const path of ['', '/refused.csv']) {
      expect((await manager.get(`/api/v1/bulk-actions/${id}${path}`)).status).toBe(404);
    }
    expect((await manager.post(`/api/v1/bulk-actions/${id}/undo`)).status).toBe(404);
    expect((await manager.post(`/api/v1/bulk-actions/${id}/cancel`)).status).toBe(404);
    expect((await admin.post(`/api/v1/bulk-actions/${id}/cancel`)).body.code).toBe('ENDED');
    const { actions } = (await admin.get('/api/v1/bulk-actions')).body;
    expect(actions).toContainEqual(expect.objectContaining({ id, state: 'done' }));
  });
});

describe('snoozing the alerts of many accounts', () => {
  const snooze = { kind: 'snooze', until: '2026-04-22', reason: 'a meeting is planned' } as const;

  it('lets all that lives rest, and wakes what nobody touched since', async () => {
    const ids = await world.accounts(4, { csm: csm.id });
    const raise = (id: string, reason: string) =>
      asCsm.post(`/api/v1/accounts/${id}/alerts`, { kind: 'churn', severity: 'high', reason });
    await raise(ids[0]!, 'one');
    await raise(ids[0]!, 'two');
    await raise(ids[1]!, 'three');
    const touched = (await raise(ids[2]!, 'four')).body;
    const states = async () =>
      (await world.query(`SELECT state FROM steward.alert WHERE account_id = ANY($1) ORDER BY reason`, [ids])).map(
        ({ state }) => state,
      );
    const action = await world.done(asCsm, snooze, ids);
    expect(action.counts).toEqual(counts({ done: 3, unchanged: 1 }));
    expect(await states()).toEqual(['snoozed', 'snoozed', 'snoozed', 'snoozed']);
    const [{ revision }] = await world.query(`SELECT revision FROM steward.alert WHERE id = $1`, [touched.id]);
    const woken = await asCsm.post('/api/v1/alerts/actions', {
      action: 'unsnooze',
      alerts: [{ accountId: ids[2], id: touched.id, revision }],
    });
    expect(woken.body.done).toBe(1);
    expect((await world.undone(asCsm, action.id)).counts).toEqual(counts({ done: 2, refused: 1 }));
    expect(await states()).toEqual(['open', 'open', 'open', 'open']);
  });

  it('is not for viewers, and not until a day that has come', async () => {
    const ids = await world.accounts(1);
    const order = (caller: Caller, until: string) =>
      caller.post('/api/v1/bulk-actions', {
        change: { ...snooze, until },
        selection: { kind: 'rows', accountIds: ids },
      });
    expect((await order(await world.server.as('viewer'), '2026-04-22')).status).toBe(403);
    expect((await order(admin, TODAY)).body).toMatchObject({ code: 'SNOOZE_ENDED' });
    const late = await order(admin, '2026-04-22');
    world.server.clock.advance({ days: 7 });
    await world.work(late.body.id);
    world.server.clock.advance({ days: -7 });
    expect((await world.shown(admin, late.body.id)).refusals).toMatchObject([{ code: 'SNOOZE_ENDED' }]);
  });
});

describe('work on bulk actions', () => {
  it('ends where it is cancelled, keeps what was done, and can take that back', async () => {
    const ids = await world.accounts(6);
    const { id } = await world.order(admin, { kind: 'tag', add: ['half'], remove: [] }, ids);
    let batches = 0;
    const stop = new AbortController();
    await world.work(id, {
      batch: 2,
      signal: stop.signal,
      onBatch: () => {
        batches += 1;
        if (batches === 2) stop.abort();
      },
    });
    expect(await world.shown(admin, id)).toMatchObject({ state: 'running', counts: counts({ done: 4, due: 2 }) });
    expect((await admin.post(`/api/v1/bulk-actions/${id}/cancel`)).body.state).toBe('cancelling');
    expect(await world.work(id)).toBe(true);
    expect(await world.shown(admin, id)).toMatchObject({ state: 'cancelled', counts: counts({ done: 4, due: 2 }) });
    expect((await world.undone(admin, id)).counts).toEqual(counts({ done: 4 }));
    expect((await world.account(ids[0]!)).tags).toEqual([]);
  });

  it('is found where a hint was lost or its worker killed, and from nobody who is doing it', async () => {
    const left = () => {
      const repository = world.server.app.get(BulkRepository, { strict: false });
      const unitOfWork = world.server.app.get(UnitOfWork, { strict: false });
      return unitOfWork.run((tx) => repository.left(tx, world.server.clock.now()));
    };
    const ids = await world.accounts(2);
    const { id } = await world.order(admin, { kind: 'tag', add: ['left'], remove: [] }, ids);
    expect(await left()).not.toContain(id);
    world.server.clock.advance({ minutes: 2 });
    expect(await left()).toContain(id);
    const stop = new AbortController();
    await world.work(id, { batch: 1, signal: stop.signal, onBatch: () => stop.abort() });
    expect(await left()).not.toContain(id);
    world.server.clock.advance({ minutes: 2 });
    expect(await left()).toContain(id);
    await world.work(id);
    expect(await left()).not.toContain(id);
  });

  it('does an account once, however many work on the same action', async () => {
    const ids = await world.accounts(40);
    const { id } = await world.order(admin, { kind: 'tag', add: ['once'], remove: [] }, ids);
    await Promise.all(Array.from({ length: 4 }, () => world.work(id, { batch: 3 })));
    expect((await world.shown(admin, id)).counts).toEqual(counts({ done: 40 }));
    const [{ most, least }] = await world.query(
      `SELECT max(revision) AS most, min(revision) AS least FROM steward.account WHERE id = ANY($1)`,
      [ids],
    );
    expect({ most, least }).toEqual({ most: 2, least: 2 });
    const [{ entries }] = await world.query(
      `SELECT count(*)::int AS entries FROM steward.audit_log WHERE subject_id = $1`,
      [id],
    );
    expect(entries).toBe(1);
  });

  it('lets two actions change the same accounts at once without losing either', async () => {
    const ids = await world.accounts(30);
    const orders = [
      await world.order(admin, { kind: 'tag', add: ['a'], remove: [] }, ids),
      await world.order(admin, { kind: 'tag', add: ['b'], remove: [] }, ids),
      await world.order(admin, { kind: 'tier', tier: 'T1', reason: 'one', untilDay: null }, ids),
      await world.order(admin, { kind: 'tier', tier: 'T3', reason: 'two', untilDay: null }, ids),
    ];
    await Promise.all(orders.map(({ id }) => world.work(id, { batch: 4 })));
    for (const id of ids) {
      expect([...(await world.account(id)).tags].sort()).toEqual(['a', 'b']);
      expect(await world.tiers(id)).toHaveLength(1);
    }
  });

  it('refuses alone an account that the database cannot take', async () => {
    const ids = await world.accounts(5);
    await world.query(
      `ALTER TABLE steward.tier_override ADD CONSTRAINT hostile CHECK (account_id <> '${ids[3]}') NOT VALID`,
    );
    try {
      const action = await world.done(admin, { kind: 'tier', tier: 'T1', reason: 'all', untilDay: null }, ids);
      expect(action).toMatchObject({
        state: 'done',
        counts: counts({ done: 4, refused: 1 }),
        refusals: [{ code: 'CANNOT_BE_STORED' }],
      });
    } finally {
      await world.query('ALTER TABLE steward.tier_override DROP CONSTRAINT hostile');
    }
  });

  it('gives up what fails again and again, and says so', async () => {
    const ids = await world.accounts(1);
    const { id } = await world.order(admin, { kind: 'tier', tier: 'T1', reason: 'all', untilDay: null }, ids);
    await world.query('ALTER TABLE steward.tier_override RENAME TO away');
    try {
      for (let turn = 0; turn < 5; turn += 1) await expect(world.work(id)).rejects.toThrow('tier_override');
    } finally {
      await world.query('ALTER TABLE steward.away RENAME TO tier_override');
    }
    expect(await world.shown(admin, id)).toMatchObject({ state: 'failed', counts: counts({ due: 1 }) });
    expect(await world.work(id)).toBe(true);
  });
});
