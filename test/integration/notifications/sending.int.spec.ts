import { createHmac } from 'node:crypto';
import { SendingRepository } from '../../../apps/api/src/desk/notifications/sending.repository.js';
import { Sending } from '../../../apps/api/src/desk/notifications/sending.service.js';
import { NameLookup } from '../../../apps/api/src/platform/outgoing/outgoing.js';
import type { Caller, TestPerson } from '../../support/api-server.js';
import { MailServer, NotificationWorld, Receiver } from './notification-world.js';

const mail = new MailServer();
const receiver = new Receiver();
let world: NotificationWorld;
let ada: TestPerson;
let ana: TestPerson;
let asAdmin: Caller;

beforeAll(async () => {
  await Promise.all([mail.start(), receiver.start()]);
  world = await NotificationWorld.open({
    SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
    MAIL_FROM: 'Steward <steward@example.com>',
    OUTGOING_PRIVATE_HOSTS: '127.0.0.1',
    OUTGOING_TIMEOUT_SECONDS: '1',
  });
  ada = await world.server.person('admin');
  ana = await world.server.person('csm', { email: 'ana@example.com' });
});
beforeEach(async () => {
  await world.clear();
  asAdmin = await world.server.signedIn(ada);
  mail.mails.length = 0;
  mail.mode = 'take';
  receiver.calls.length = 0;
  receiver.answer = (_, response) => response.end('ok');
});
afterEach(() => jest.restoreAllMocks());
afterAll(async () => {
  await world?.close();
  await Promise.all([mail.stop(), receiver.stop()]);
});

/** Ana wants mail of this sort about everything of hers. */
async function anaWantsMail(email: 'now' | 'digest', digestHour = 8): Promise<void> {
  const asAna = await world.server.signedIn(ana);
  const { mailWorks, ...chosen } = (await asAna.get('/api/v1/me/notification-preferences')).body;
  expect(mailWorks).toBe(true);
  for (const kind of Object.keys(chosen.kinds)) chosen.kinds[kind].email = email;
  expect((await asAna.put('/api/v1/me/notification-preferences', { ...chosen, digestHour })).status).toBe(200);
}

const anAlert = async (given: object = {}, name = 'Acme') =>
  world.alert({ accountId: await world.account({ csm: ana.id }, name), ...given });

async function told(given: object = {}): Promise<void> {
  await anAlert(given);
  await world.tell();
}

async function webhook(path = '/hook', given: object = {}): Promise<{ id: string; secret: string }> {
  const { status, body } = await asAdmin.post('/api/v1/webhooks', { name: 'Hook', url: receiver.url + path, ...given });
  expect(status).toBe(201);
  return body;
}

/** The process ends after this message has left and before that is written down. */
function endsAfterSending(): void {
  jest.spyOn(world.get(SendingRepository), 'record').mockRejectedValue(new Error('the process ended'));
}

const shown = async (query = '') => (await asAdmin.get(`/api/v1/deliveries${query}`)).body.deliveries;

describe('mail', () => {
  it('leaves at once where the person wants it so', async () => {
    await anaWantsMail('now');
    await told({ reason: 'Health fell to 24' });
    await world.send();
    expect(mail.mails.map(({ to }) => to)).toEqual([['ana@example.com']]);
    expect(mail.mails[0]!.text).toContain('Subject: Acme: Health fell to 24');
    expect(mail.mails[0]!.text).toContain('Auto-Submitted: auto-generated');
    expect(await shown()).toMatchObject([{ channel: 'email', to: 'csm 2', state: 'sent', attempts: 1, error: null }]);
    await world.send();
    expect(mail.mails).toHaveLength(1);
  });

  it('leaves as one a day at the hour of the workspace that the person chose', async () => {
    await world.query(`UPDATE steward.workspace SET time_zone = 'Asia/Kolkata'`);
    world.server.clock.at = new Date('2026-04-15T02:00:00Z');
    await anaWantsMail('digest', 8);
    await anAlert({}, 'Acme');
    await anAlert({}, 'Beta');
    await world.tell();
    // 08:00 in Kolkata is 02:30 in UTC.
    world.server.clock.at = new Date('2026-04-15T02:29:00Z');
    await world.send();
    expect(mail.mails).toEqual([]);
    world.server.clock.at = new Date('2026-04-15T02:31:00Z');
    await world.send();
    expect(mail.mails).toHaveLength(1);
    expect(mail.mails[0]!.text).toContain('Subject: 2 alerts on 2 accounts');
    await anAlert({}, 'Gamma');
    await world.tell();
    const [waiting] = await shown('?state=due');
    expect(waiting.dueAt).toBe('2026-04-16T02:30:00.000Z');
    await world.query(`UPDATE steward.workspace SET time_zone = 'Etc/UTC'`);
  });

  it('is tried again later when the mail server is down, and the failure can be seen meanwhile', async () => {
    await anaWantsMail('now');
    await mail.stop();
    await told();
    await world.send();
    const [waiting] = await shown();
    expect(waiting).toMatchObject({ state: 'due', attempts: 1, error: expect.stringMatching(/ECONNREFUSED|connect/i) });
    expect(Date.parse(waiting.dueAt) - world.server.clock.now().getTime()).toBe(10_000);
    await mail.start();
    await world.send();
    expect(mail.mails).toEqual([]);
    world.server.clock.advance({ seconds: 11 });
    await world.send();
    expect(mail.mails).toHaveLength(1);
    expect(await shown()).toMatchObject([{ state: 'sent', attempts: 2, error: null }]);
  });

  it('that the server refuses for good has failed', async () => {
    await anaWantsMail('now');
    mail.mode = 'refuse';
    await told();
    await world.send();
    expect(await shown()).toMatchObject([{ state: 'failed', error: expect.stringContaining('no such mailbox') }]);
  });

  it('is uncertain and not repeated when the connection is lost while it is handed over', async () => {
    await anaWantsMail('now');
    mail.mode = 'hang up';
    await told();
    await world.send();
    expect(await shown()).toMatchObject([{ state: 'uncertain' }]);
    mail.mode = 'take';
    world.server.clock.advance({ hours: 12 });
    await world.send();
    expect(mail.mails).toHaveLength(1);
  });

  it('is uncertain and not repeated when the process ended before it was written down; an admin may repeat it', async () => {
    await anaWantsMail('now');
    await told();
    endsAfterSending();
    await expect(world.get(Sending).sendMail(ana.id)).rejects.toThrow('the process ended');
    jest.restoreAllMocks();
    expect(mail.mails).toHaveLength(1);
    world.server.clock.advance({ minutes: 6 });
    await world.send();
    const [uncertain] = await shown();
    expect(uncertain).toMatchObject({ state: 'uncertain', error: 'The process ended while this was being sent.' });
    expect(mail.mails).toHaveLength(1);
    const path = `/api/v1/deliveries/${uncertain.accountId}/${uncertain.id}/retry`;
    expect((await asAdmin.post(path)).status).toBe(202);
    await world.send();
    expect(mail.mails).toHaveLength(2);
    expect((await asAdmin.post(path)).body.code).toBe('DELIVERY_NOT_FAILED');
    const audited = await asAdmin.get(`/api/v1/audit?subjectKind=delivery&subjectId=${uncertain.id}`);
    expect(audited.body.entries).toMatchObject([
      { action: 'delivery.repeated', changes: { state: { from: 'uncertain', to: 'due' } } },
    ]);
  });

  it('tells nothing of an account that has left the book since', async () => {
    await anaWantsMail('digest');
    const bo = await world.server.person('csm');
    const moved = await world.account({ csm: ana.id }, 'Moved away');
    await world.alert({ accountId: moved });
    await anAlert({}, 'Acme');
    await world.tell();
    await world.query(`UPDATE steward.account SET csm_user_id = $2 WHERE id = $1`, [moved, bo.id]);
    world.server.clock.advance({ days: 1 });
    await world.send();
    expect(mail.mails).toHaveLength(1);
    expect(mail.mails[0]!.text).toContain('Acme');
    expect(mail.mails[0]!.text).not.toContain('Moved away');
    asAdmin = await world.server.signedIn(ada);
    const failed = { state: 'failed', error: 'The person may not see the account any more.' };
    expect(await shown('?state=failed')).toMatchObject([failed]);
  });

  it('does not reach somebody who has left', async () => {
    await anaWantsMail('now');
    await told();
    await world.query('UPDATE steward.app_user SET active = false WHERE id = $1', [ana.id]);
    await world.send();
    await world.query('UPDATE steward.app_user SET active = true WHERE id = $1', [ana.id]);
    expect(mail.mails).toEqual([]);
    expect(await shown()).toMatchObject([{ state: 'failed', error: 'The person has left.' }]);
  });
});

describe('a webhook', () => {
  const happens = (given: object = {}) => told({ channels: ['webhook'], ...given });

  it('is called once with a body that its secret signs, and with a line for Slack', async () => {
    const { id, secret } = await webhook();
    await happens({ reason: 'Health fell to 24' });
    await world.send();
    await world.send();
    expect(receiver.calls).toHaveLength(1);
    const { headers, body } = receiver.calls[0]!;
    const [delivery] = await shown(`?webhookId=${id}`);
    expect(headers['webhook-id']).toBe(delivery.id);
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
    const signature = createHmac('sha256', key).update(signed).digest('base64');
    expect(headers['webhook-signature']).toBe(`v1,${signature}`);
    expect(JSON.parse(body)).toMatchObject({
      id: delivery.id,
      type: 'alert.opened',
      text: expect.stringContaining('Acme'),
      alert: { kind: 'churn', severity: 'high', reason: 'Health fell to 24' },
    });
    expect((await asAdmin.get('/api/v1/webhooks')).body.webhooks).toMatchObject([
      { id, sent: 1, failed: 0, waiting: 0 },
    ]);
  });

  it('is called for the kinds and severities that it asks for', async () => {
    await webhook('/renewals', { kinds: ['renewal'] });
    await webhook('/critical', { leastSeverity: 'critical' });
    await webhook('/off', { enabled: false });
    await anAlert({ kind: 'renewal', severity: 'low', channels: ['webhook'] });
    await anAlert({ kind: 'churn', severity: 'critical', channels: ['webhook'] });
    await anAlert({ kind: 'churn', severity: 'critical', channels: ['inApp'] });
    await world.tell();
    await world.send();
    expect(receiver.calls.map(({ path }) => path).sort()).toEqual(['/critical', '/renewals']);
  });

  it('that answers 500 is called again with growing pauses under the same id, and given up in the end', async () => {
    await webhook();
    receiver.answer = (_, response) => response.writeHead(500).end('broken');
    await happens();
    const pauses: number[] = [];
    for (;;) {
      await world.send();
      const [delivery] = await shown();
      if (delivery.state !== 'due') {
        expect(delivery).toMatchObject({ state: 'failed', attempts: 7, error: 'Answered with 500.' });
        break;
      }
      pauses.push((Date.parse(delivery.dueAt) - world.server.clock.now().getTime()) / 1000);
      world.server.clock.at = new Date(delivery.dueAt);
    }
    expect(pauses).toEqual([10, 60, 300, 1_800, 7_200, 21_600]);
    expect(new Set(receiver.calls.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(receiver.calls).toHaveLength(7);
  });

  it('that hangs is left after its time and holds nothing up', async () => {
    await webhook('/hangs');
    await webhook('/well');
    receiver.answer = (request, response) => void (request.url === '/well' && response.end());
    await happens();
    await world.send();
    expect((await shown()).map(({ state }: { state: string }) => state).sort()).toEqual(['due', 'sent']);
    expect(await shown('?state=due')).toMatchObject([{ error: 'No answer within 1 seconds.' }]);
  });

  it('that redirects to a private address fails, and the redirect is not followed', async () => {
    await webhook('/moved');
    receiver.answer = (request, response) =>
      request.url === '/moved'
        ? response.writeHead(307, { location: `${receiver.url}/inside` }).end()
        : response.end('inside');
    await happens();
    await world.send();
    expect(receiver.calls.map(({ path }) => path)).toEqual(['/moved']);
    expect(await shown()).toMatchObject([{ state: 'failed', error: expect.stringContaining('redirects') }]);
  });

  it('whose name leads to a private address when it is called fails, whatever it led to before', async () => {
    const names = jest.spyOn(world.get(NameLookup), 'addressesOf').mockResolvedValue(['10.1.2.3']);
    await webhook('', { url: 'https://hooks.example.com/x' });
    await happens();
    await world.send();
    expect(names).toHaveBeenCalledTimes(1);
    expect(receiver.calls).toEqual([]);
    expect(await shown()).toMatchObject([{ state: 'failed', error: expect.stringContaining('not public') }]);
  });

  it.each(['http://hooks.example.com/', 'https://10.0.0.1/', 'https://[::1]/', 'https://a:b@example.com/', 'x'])(
    'is not made for %s',
    async (url) => {
      const { status, body } = await asAdmin.post('/api/v1/webhooks', { name: 'Hook', url });
      expect([status, body.code, body.details[0].path]).toEqual([400, 'ADDRESS_NOT_ALLOWED', 'url']);
    },
  );

  it('is called again with the same id and body when the process ended before the call was written down', async () => {
    await webhook();
    await happens();
    const [{ account_id: accountId, id }] = await world.deliveries();
    endsAfterSending();
    await expect(world.get(Sending).sendWebhook({ accountId, id })).rejects.toThrow('the process ended');
    jest.restoreAllMocks();
    await world.send();
    expect(receiver.calls).toHaveLength(1);
    world.server.clock.advance({ minutes: 6 });
    await world.send();
    const [first, second] = receiver.calls;
    expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id']);
    expect(second!.body).toBe(first!.body);
    expect(await shown()).toMatchObject([{ state: 'sent', attempts: 2 }]);
  });

  it('is claimed by one process only', async () => {
    await webhook();
    await happens();
    const [{ account_id: accountId, id }] = await world.deliveries();
    await Promise.all([1, 2, 3].map(() => world.get(Sending).sendWebhook({ accountId, id })));
    expect(receiver.calls).toHaveLength(1);
  });

  it('can be tried out, and says what was answered', async () => {
    const { id } = await webhook();
    const asked = await asAdmin.post(`/api/v1/webhooks/${id}/test`);
    expect(asked.body).toEqual({ ok: true, status: 200, text: 'ok' });
    receiver.answer = (_, response) => response.writeHead(403).end('no');
    expect((await asAdmin.post(`/api/v1/webhooks/${id}/test`)).body).toEqual({ ok: false, status: 403, text: 'no' });
    expect(JSON.parse(receiver.calls[0]!.body).text).toContain('This is a test');
  });

  it('keeps its secret to itself once it was shown', async () => {
    const { id, secret } = await webhook();
    const listed = await asAdmin.get('/api/v1/webhooks');
    expect(JSON.stringify(listed.body)).not.toContain(secret);
    const audited = await asAdmin.get(`/api/v1/audit?subjectKind=webhook&subjectId=${id}`);
    expect(audited.body.entries).toHaveLength(1);
    expect(JSON.stringify(audited.body)).not.toContain(secret);
    const renewed = await asAdmin.post(`/api/v1/webhooks/${id}/secret`);
    expect(renewed.body.secret).not.toBe(secret);
  });

  it('that is removed gets nothing that still waits for it', async () => {
    const { id } = await webhook();
    await happens();
    expect((await asAdmin.delete(`/api/v1/webhooks/${id}`)).status).toBe(204);
    await world.send();
    expect(receiver.calls).toEqual([]);
    expect(await shown()).toMatchObject([{ state: 'failed', to: '(gone)' }]);
  });
});
