import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Queues } from '../../../apps/api/src/pipeline/base/queue.module.js';
import { waitUntil } from '../../../scripts/lib/processes.mjs';
import { compileServer } from '../../support/compiled-server.js';
import { MailServer, NotificationWorld, Receiver } from './notification-world.js';

const mail = new MailServer();
const receiver = new Receiver();
const workers: ChildProcess[] = [];
let folder: string;
let world: NotificationWorld;
let environment: Record<string, string>;

beforeAll(async () => {
  folder = compileServer();
  await Promise.all([mail.start(), receiver.start()]);
  environment = {
    SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
    MAIL_FROM: 'Steward <steward@example.com>',
    OUTGOING_PRIVATE_HOSTS: '127.0.0.1',
  };
  world = await NotificationWorld.open(environment);
  // The workers live by the clock of the machine.
  world.server.clock.at = new Date();
}, 120_000);
afterAll(async () => {
  await Promise.all(workers.map(kill));
  await world?.close();
  await Promise.all([mail.stop(), receiver.stop()]);
});

async function kill(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  const ended = once(worker, 'exit');
  worker.kill('SIGKILL');
  await ended;
}

function startWorker(): ChildProcess {
  const { url } = world.server.dataSource.options as { url: string };
  const worker = spawn(process.execPath, [join(folder, 'worker.js')], {
    env: { ...process.env, ...environment, DATABASE_URL: url, LOG_LEVEL: 'silent', JOB_SILENCE_SECONDS: '5' },
    stdio: 'ignore',
  });
  workers.push(worker);
  return worker;
}

const sweep = () => world.get(Queues).enqueue('sweep-notifications', {}, { once: 'now' });
const stateOf = async (channel: string): Promise<string> => {
  const [row] = await world.query('SELECT state FROM steward.notification_delivery WHERE channel = $1', [channel]);
  return row?.state;
};

describe('a worker that is killed between sending and writing it down', () => {
  it('makes a webhook be called again under the same id, and leaves a mail as uncertain', async () => {
    const asAdmin = await world.server.as('admin');
    await asAdmin.post('/api/v1/webhooks', { name: 'Hook', url: receiver.url });
    const ana = await world.server.person('csm', { email: 'ana@example.com' });
    const asAna = await world.server.signedIn(ana);
    const { mailWorks: _, ...chosen } = (await asAna.get('/api/v1/me/notification-preferences')).body;
    chosen.kinds.churn.email = 'now';
    expect((await asAna.put('/api/v1/me/notification-preferences', chosen)).status).toBe(200);

    // Both have been handed over, and neither is answered before the worker is gone.
    receiver.answer = () => undefined;
    mail.mode = 'keep waiting';
    await world.alert({ accountId: await world.account({ csm: ana.id }) });
    const first = startWorker();
    await sweep();
    await waitUntil(() => receiver.calls.length === 1 && mail.mails.length === 1, 60_000);
    await kill(first);
    expect([await stateOf('webhook'), await stateOf('email')]).toEqual(['sending', 'sending']);

    receiver.answer = (_, response) => response.end('ok');
    mail.mode = 'take';
    await world.query(`UPDATE steward.notification_delivery SET claimed_at = claimed_at - interval '6 minutes'`);
    startWorker();
    await sweep();
    await waitUntil(async () => (await stateOf('webhook')) === 'sent', 60_000);
    expect(await stateOf('email')).toBe('uncertain');
    expect(mail.mails).toHaveLength(1);
    const [before, again] = receiver.calls;
    expect(receiver.calls).toHaveLength(2);
    expect(again!.headers['webhook-id']).toBe(before!.headers['webhook-id']);
    expect(again!.body).toBe(before!.body);
  }, 180_000);
});
