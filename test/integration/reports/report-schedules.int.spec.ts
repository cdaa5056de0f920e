import { randomUUID } from 'node:crypto';
import { type Tx, UnitOfWork } from '../../../apps/api/src/db/unit-of-work.js';
import { MailDesk } from '../../../apps/api/src/desk/report-schedules/mail-desk.js';
import { ReportMailsRepository } from '../../../apps/api/src/desk/report-schedules/report-mails.repository.js';
import { ReportMails } from '../../../apps/api/src/desk/report-schedules/report-mails.service.js';
import { ApiServer, type Caller, type TestPerson } from '../../support/api-server.js';
import { insertRows, insertStates } from '../../support/insert-rows.js';
import { MailServer } from '../notifications/notification-world.js';

const mail = new MailServer();
const SCHEDULES = '/api/v1/report-schedules';
let server: ApiServer;
let ana: TestPerson;
let ben: TestPerson;
let asAna: Caller;
let asBen: Caller;
let asManager: Caller;
let admin: Caller;

const query = (sql: string, values: unknown[] = []): Promise<any[]> => server.dataSource.query(sql, values);
const mails = () => server.app.get(ReportMails, { strict: false });
/** What the clock does: makes the mails that are due, and sends them. */
async function run(): Promise<void> {
  await mails().sweep();
  const due = await query(`SELECT id FROM steward.report_mail WHERE state = 'due' AND due_at <= $1`, [
    server.clock.now(),
  ]);
  for (const { id } of due) await mails().send(id);
}
const states = async () =>
  (await query('SELECT state FROM steward.report_mail ORDER BY created_at, id')).map((r) => r.state);

const daily = (over: object = {}) => ({
  name: 'Portfolio',
  content: { kind: 'portfolio' },
  frequency: 'daily',
  weekday: null,
  monthDay: null,
  hour: 8,
  recipients: [ana.id],
  ...over,
});
async function create(given: object = {}, by: Caller = asAna) {
  const { status, body } = await by.post(SCHEDULES, daily(given));
  expect({ status, body }).toMatchObject({ status: 201 });
  return body;
}

async function anAccount(name: string, csm: string, arr: number): Promise<void> {
  const [{ id }] = await query('SELECT gen_random_uuid() AS id');
  const row = { id, external_id: name, name, status: 'customer', csm_user_id: csm, revision: 1, tags: [] };
  await insertRows(server.dataSource, 'account', [row]);
  const state = { account_id: id, status: 'customer', csm_user_id: csm, arr_minor: arr, band: 'at_risk', score: 20 };
  await insertStates(server.dataSource, [{ ...state, as_of: '2026-04-15', tier: 'T1' }]);
}

beforeAll(async () => {
  await mail.start();
  server = await ApiServer.start({ SMTP_URL: `smtp://127.0.0.1:${mail.port}`, MAIL_FROM: 'Steward <s@example.com>' });
  const manager = await server.person('manager');
  ana = await server.person('csm', { email: 'ana@example.com', managerId: manager.id });
  ben = await server.person('csm', { email: 'ben@example.com', managerId: manager.id });
  [asAna, asBen, asManager] = [await server.signedIn(ana), await server.signedIn(ben), await server.signedIn(manager)];
  admin = await server.as('admin');
  await anAccount('Acme', ana.id, 9_000_00);
  await anAccount('Beta', ben.id, 7_000_00);
  await query(`UPDATE steward.workspace SET time_zone = 'Europe/Berlin'`);
});
beforeEach(async () => {
  await query('DELETE FROM steward.report_schedule');
  await query('UPDATE steward.app_user SET active = TRUE');
  server.clock.at = new Date('2026-04-15T05:00:00Z');
  mail.mails.length = 0;
  mail.mode = 'take';
});
afterEach(() => jest.restoreAllMocks());
afterAll(async () => {
  await server?.close();
  await mail.stop();
});

const at8 = () => {
  server.clock.at = new Date('2026-04-15T06:00:30Z');
};

describe('a report by mail', () => {
  it('comes once at its hour in the workspace’s zone, to each person with what they may see', async () => {
    const { nextAt } = await create({ recipients: [ana.id, ben.id] }, asManager);
    expect(nextAt).toBe('2026-04-15T06:00:00.000Z');
    await run();
    expect(mail.mails).toHaveLength(0);
    at8();
    await run();
    await run();
    expect(mail.mails.map(({ to }) => to[0]).sort()).toEqual(['ana@example.com', 'ben@example.com']);
    const ofAna = mail.mails.find(({ to }) => to[0] === 'ana@example.com')!.text;
    expect(ofAna).toContain('Subject: Portfolio, 2026-04-15');
    expect(ofAna).toContain('USD 9,000');
    expect(ofAna).not.toContain('7,000');
    expect(ofAna).toMatch(/text\/plain[\s\S]*text\/html/);
    expect(await states()).toEqual(['sent', 'sent']);
    server.clock.advance({ days: 1 });
    await run();
    expect(mail.mails).toHaveLength(4);
  });

  it('that was missed for days comes once, not once for each day', async () => {
    await create();
    server.clock.at = new Date('2026-04-19T12:00:00Z');
    await run();
    expect(mail.mails).toHaveLength(1);
    const [{ next_at }] = await query('SELECT next_at FROM steward.report_schedule');
    expect(next_at.toISOString()).toBe('2026-04-20T06:00:00.000Z');
  });

  it('comes to nobody who has left, and not while it is paused', async () => {
    await create({ recipients: [ana.id, ben.id] }, asManager);
    await create({ paused: true });
    await query('UPDATE steward.app_user SET active = FALSE WHERE id = $1', [ben.id]);
    at8();
    await run();
    expect(mail.mails.map(({ to }) => to[0])).toEqual(['ana@example.com']);
  });

  it('is left out where the person leaves between its making and its sending', async () => {
    await create();
    at8();
    await mails().sweep();
    await query('UPDATE steward.app_user SET active = FALSE WHERE id = $1', [ana.id]);
    await run();
    expect([mail.mails.length, await states()]).toEqual([0, ['skipped']]);
  });

  it('holds renewals, or the accounts of a view that the person may use', async () => {
    const shared = {
      name: 'Reds',
      visibility: 'shared',
      rule: { kind: 'compare', field: 'health.band', op: 'eq', value: 'at_risk' },
    };
    const view = (await asManager.post('/api/v1/views', shared)).body;
    const own = (await asManager.post('/api/v1/views', { ...shared, visibility: 'private' })).body;
    await create({ name: 'Renewals', content: { kind: 'renewals' } });
    await create({ name: 'Reds', content: { kind: 'view', viewId: view.id } });
    await create({ name: 'Mine', content: { kind: 'view', viewId: own.id } }, asManager);
    expect((await asAna.post(SCHEDULES, daily({ content: { kind: 'view', viewId: own.id } }))).status).toBe(400);
    at8();
    await run();
    const reds = mail.mails.find(({ text }) => text.includes('Subject: Reds'))!.text;
    expect(reds).toContain('Acme');
    expect(reds).not.toContain('Beta');
    expect(mail.mails.some(({ text }) => text.includes('Subject: Renewals'))).toBe(true);
    // A private view of somebody else’s is not told, even where it was set up for one.
    expect((await states()).sort()).toEqual(['sent', 'sent', 'skipped']);

    await asManager.delete(`/api/v1/views/${view.id}`);
    expect((await asAna.post(SCHEDULES, daily({ content: { kind: 'view', viewId: view.id } }))).status).toBe(400);
    // Undone, the report that was set up for it comes again.
    expect(await asManager.post(`/api/v1/views/${view.id}/restore`)).toMatchObject({ status: 200 });
    server.clock.advance({ days: 1 });
    await run();
    expect((await states()).slice(3).sort()).toEqual(['sent', 'sent', 'skipped']);
  });
});

describe('a mail that does not go out', () => {
  it('is tried again after a pause where the server is away, and told where it will not take it', async () => {
    const { id } = await create();
    at8();
    await mail.stop();
    await run();
    await mail.start();
    const [row] = await query('SELECT state, attempts, due_at FROM steward.report_mail');
    expect([row.state, row.attempts]).toEqual(['due', 1]);
    expect(row.due_at.getTime()).toBeGreaterThan(server.clock.now().getTime());
    mail.mode = 'refuse';
    server.clock.advance({ minutes: 1 });
    await run();
    const { schedules } = (await asAna.get(SCHEDULES)).body;
    expect(schedules[0].lastMails).toMatchObject([
      { state: 'failed', attempts: 2, error: expect.stringMatching(/5\d\d/) },
    ]);
    mail.mode = 'take';
    const again = await asAna.post(`${SCHEDULES}/${id}/mails/${schedules[0].lastMails[0].id}/repeat`);
    expect(again.body).toMatchObject({ state: 'due' });
    await run();
    expect(await states()).toEqual(['sent']);
  });

  it('is uncertain when the process ends between sending and writing it down, and is not repeated by itself', async () => {
    const { id } = await create();
    at8();
    jest
      .spyOn(server.app.get(ReportMailsRepository, { strict: false }), 'record')
      .mockRejectedValue(new Error('ended'));
    await run().catch(() => undefined);
    expect([mail.mails.length, await states()]).toEqual([1, ['sending']]);
    jest.restoreAllMocks();
    server.clock.advance({ minutes: 11 });
    await run();
    await run();
    expect([mail.mails.length, await states()]).toEqual([1, ['uncertain']]);
    const { mails: shown } = (await asAna.get(`${SCHEDULES}/${id}/mails`)).body;
    expect(shown[0]).toMatchObject({ state: 'uncertain', error: 'The process ended while this was being sent.' });
  });
});

it('a mail that somebody else has taken up is not recorded by whoever had it before', async () => {
  const { id } = await create();
  at8();
  await mails().sweep();
  const repository = server.app.get(ReportMailsRepository, { strict: false });
  const within = <Answer>(work: (tx: Tx) => Promise<Answer>) => server.app.get(UnitOfWork, { strict: false }).run(work);
  const [{ id: mailId }] = await query('SELECT id FROM steward.report_mail');
  const slow = (await within((tx) => repository.claim(tx, mailId, server.clock.now())))!;
  // It is silent for so long that it counts as gone, and a person asks for the mail once more.
  server.clock.advance({ minutes: 11 });
  await mails().sweep();
  expect((await asAna.post(`${SCHEDULES}/${id}/mails/${mailId}/repeat`)).body).toMatchObject({ state: 'due' });
  const second = (await within((tx) => repository.claim(tx, mailId, server.clock.now())))!;
  expect(second.attempts).toBe(slow.attempts);
  expect(await within((tx) => repository.record(tx, slow, { state: 'failed', error: 'no room' }))).toBe(false);
  expect(await states()).toEqual(['sending']);
  expect(await within((tx) => repository.record(tx, second, { state: 'sent', at: server.clock.now() }))).toBe(true);
  expect(await states()).toEqual(['sent']);
});

describe('who sets reports up', () => {
  it('may be anybody for themselves, for others only who leads', async () => {
    expect((await asAna.post(SCHEDULES, daily({ recipients: [ben.id] }))).status).toBe(403);
    expect((await asManager.post(SCHEDULES, daily({ recipients: [ben.id] }))).status).toBe(201);
    const gone = { recipients: ['11111111-1111-4111-8111-111111111111'] };
    expect((await asManager.post(SCHEDULES, daily(gone))).status).toBe(400);
    expect((await asAna.post(SCHEDULES, daily({ frequency: 'weekly' }))).status).toBe(400);
  });

  it('names no private segment of somebody else, and one’s own for oneself alone', async () => {
    const rule = { kind: 'compare', field: 'health.band', op: 'eq', value: 'at_risk' };
    const make = async (by: Caller, more: object = {}) =>
      (await by.post('/api/v1/segments', { name: `Reds ${Math.random()}`, rule, visibility: 'private', ...more })).body;
    const [ofManager, ofAna] = [await make(asManager), await make(asAna)];
    const shared = await make(asManager, { visibility: 'shared' });
    const naming = (segment: string, recipients: string[]) =>
      daily({ content: { kind: 'portfolio', segment }, recipients });
    for (const segment of [ofManager.id, randomUUID()]) {
      const refused = await asAna.post(SCHEDULES, naming(segment, [ana.id]));
      expect(refused).toMatchObject({ status: 400, body: { code: 'UNKNOWN_SEGMENT' } });
      expect(refused.body.details[0].path).toBe('content.segment');
    }
    expect((await asAna.post(SCHEDULES, naming(ofAna.id, [ana.id]))).status).toBe(201);
    const others = await asManager.post(SCHEDULES, naming(ofManager.id, [ana.id]));
    expect(others).toMatchObject({ status: 400, body: { code: 'SEGMENT_NOT_SHARED' } });
    const made = await asManager.post(SCHEDULES, naming(shared.id, [ana.id]));
    expect(made.status).toBe(201);
    const change = { ...naming(ofManager.id, [ana.id]), paused: false, revision: 1 };
    expect((await asManager.put(`${SCHEDULES}/${made.body.id}`, change)).body.code).toBe('SEGMENT_NOT_SHARED');
  });

  it('changes, pauses and deletes their own; who gets one sees it and may leave it', async () => {
    const { id } = await create({ recipients: [ana.id, ben.id] }, asManager);
    expect((await asBen.get(SCHEDULES)).body.schedules).toMatchObject([{ id, mayEdit: false }]);
    const change = { ...daily({ recipients: [ana.id, ben.id] }), content: { kind: 'portfolio' }, paused: true };
    expect((await asBen.put(`${SCHEDULES}/${id}`, { ...change, revision: 1 })).status).toBe(403);
    const paused = await asManager.put(`${SCHEDULES}/${id}`, { ...change, revision: 1 });
    expect(paused.body).toMatchObject({ paused: true, nextAt: null, revision: 2 });
    expect((await asManager.put(`${SCHEDULES}/${id}`, { ...change, revision: 1 })).body.code).toBe('REVISION_MOVED');
    expect((await asBen.delete(`${SCHEDULES}/${id}/recipients/me`)).status).toBe(204);
    expect((await asBen.get(SCHEDULES)).body.schedules).toEqual([]);
    expect((await asBen.get(`${SCHEDULES}/${id}/mails`)).status).toBe(404);
    expect((await admin.delete(`${SCHEDULES}/${id}?revision=3`)).status).toBe(204);
  });

  it('sends a person so many by hand within an hour, however they are asked for', async () => {
    const { id } = await create({ recipients: [ana.id] });
    const answers = await Promise.all(Array.from({ length: 30 }, () => asAna.post(`${SCHEDULES}/${id}/send-now`)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(20);
    expect(answers.find(({ status }) => status !== 200)).toMatchObject({
      status: 429,
      body: { code: 'TOO_MANY_MAILS' },
    });
    server.clock.advance({ hours: 2 });
    expect((await asAna.post(`${SCHEDULES}/${id}/send-now`)).status).toBe(200);
  });

  it('is told at once that none can be sent without a mail server', async () => {
    const { id } = await create();
    at8();
    mail.mode = 'refuse';
    await run();
    const [{ id: mailId }] = await query('SELECT id FROM steward.report_mail');
    jest.spyOn(server.app.get(MailDesk, { strict: false }), 'works', 'get').mockReturnValue(false);
    for (const path of ['send-now', `mails/${mailId}/repeat`]) {
      const refused = await asAna.post(`${SCHEDULES}/${id}/${path}`);
      expect(refused).toMatchObject({ status: 409, body: { code: 'NO_MAIL_SERVER' } });
      expect(refused.body.message).toContain('SMTP_URL');
    }
    expect(await states()).toEqual(['failed']);
  });

  it('sends one now, to whoever asks', async () => {
    const { id } = await create({ recipients: [ana.id, ben.id], paused: true }, asManager);
    const now = await asBen.post(`${SCHEDULES}/${id}/send-now`);
    expect(now.body).toMatchObject({ isExtra: true, state: 'due', user: { userId: ben.id } });
    await run();
    expect(mail.mails.map(({ to }) => to[0])).toEqual(['ben@example.com']);
  });
});
