import { randomUUID } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Type } from '@nestjs/common';
import { SMTPServer } from 'smtp-server';
import { News } from '../../../apps/api/src/desk/notifications/news.service.js';
import { Sending } from '../../../apps/api/src/desk/notifications/sending.service.js';
import { ApiServer } from '../../support/api-server.js';
import { insertRows } from '../../support/insert-rows.js';

/** A mail server on this machine. */
export class MailServer {
  readonly mails: { to: string[]; text: string }[] = [];
  /** What it does with the next mails. */
  mode: 'take' | 'refuse' | 'hang up' | 'keep waiting' = 'take';
  private server: SMTPServer | null = null;
  port = 0;

  async start(): Promise<void> {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      onData: (stream, session, done) => {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => {
          if (this.mode === 'refuse') return done(Object.assign(new Error('no such mailbox'), { responseCode: 550 }));
          this.mails.push({
            to: session.envelope.rcptTo.map(({ address }) => address),
            text: Buffer.concat(parts).toString('utf8'),
          });
          if (this.mode === 'take') return done();
          if (this.mode === 'keep waiting') return;
          // Taken, and gone before saying so.
          for (const connection of server.connections) {
            (connection as unknown as { _socket: { destroy: () => void } })._socket.destroy();
          }
        });
      },
    });
    server.on('error', () => undefined);
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', () => resolve()));
    this.port = (server.server.address() as AddressInfo).port;
    this.server = server;
  }

  async stop(): Promise<void> {
    const server = this.server;
    this.server = null;
    if (server) await new Promise<void>((resolve) => server.close(() => resolve()));
  }
}

export interface Call {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A webhook's receiver on this machine. */
export class Receiver {
  readonly calls: Call[] = [];
  answer: RequestListener = (_, response) => response.end('ok');
  private server: Server | null = null;
  url = '';

  async start(): Promise<void> {
    this.server = createServer((request, response) => {
      let body = '';
      request.on('data', (part) => {
        body += part;
      });
      request.on('end', () => {
        this.calls.push({ path: request.url ?? '', headers: request.headers, body });
        this.answer(request, response);
      });
    });
    await new Promise<void>((resolve) => this.server!.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }
}

interface NewAlert {
  accountId: string;
  severity?: string;
  kind?: string;
  state?: string;
  started?: string;
  reason?: string;
  event?: string;
  assignee?: string;
  channels?: string[];
}

/** The API with alerts whose events nobody was told of. */
export class NotificationWorld {
  private constructor(readonly server: ApiServer) {}

  static async open(environment: Record<string, string> = {}): Promise<NotificationWorld> {
    return new NotificationWorld(await ApiServer.start(environment));
  }

  close(): Promise<void> {
    return this.server.close();
  }

  get<Service>(service: Type<Service>): Service {
    return this.server.app.get(service, { strict: false });
  }

  tell(): Promise<number> {
    return this.get(News).tell();
  }

  /** Sends all that is due, as the queue would have it done. */
  async send(): Promise<void> {
    const sending = this.get(Sending);
    await sending.sweep();
    const now = this.server.clock.now();
    const due: { account_id: string; id: string; user_id: string | null }[] = await this.query(
      `SELECT account_id, id, user_id FROM steward.notification_delivery WHERE state = 'due' AND due_at <= $1
       ORDER BY created_at, id`,
      [now],
    );
    for (const { account_id, id, user_id } of due) {
      if (user_id === null) await sending.sendWebhook({ accountId: account_id, id });
      else await sending.sendMail(user_id);
    }
  }

  query<Row = any>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.server.dataSource.query(sql, parameters);
  }

  deliveries(): Promise<any[]> {
    return this.query(`SELECT * FROM steward.notification_delivery ORDER BY created_at, id`);
  }

  /** Ends what earlier tests left. */
  async clear(): Promise<void> {
    await this.query('DELETE FROM steward.account');
    await this.query('DELETE FROM steward.webhook');
    await this.query('DELETE FROM steward.alert_rule');
  }

  async account(owners: { csm?: string; am?: string } = {}, name = 'Acme'): Promise<string> {
    const id = randomUUID();
    await insertRows(this.server.dataSource, 'account', [
      { id, external_id: id, name, status: 'customer', csm_user_id: owners.csm ?? null, am_user_id: owners.am ?? null },
    ]);
    return id;
  }

  /** An alert with an event that nobody was told of. */
  async alert({ accountId, event = 'opened', ...given }: NewAlert): Promise<string> {
    const { dataSource, clock } = this.server;
    const [ruleId, id, at] = [randomUUID(), randomUUID(), clock.now().toISOString()];
    const { severity = 'high', kind = 'churn', channels = ['inApp', 'email', 'webhook'] } = given;
    await insertRows(dataSource, 'alert_rule', [
      { id: ruleId, name: 'Falling', kind, severity, owner_role: 'csm', channels, enabled: true },
    ]);
    await insertRows(dataSource, 'alert', [
      {
        account_id: accountId,
        id,
        rule_id: ruleId,
        kind,
        severity,
        state: given.state ?? 'open',
        started: given.started ?? 'change',
        reason: given.reason ?? 'Health fell to 24',
        opened_day: at.slice(0, 10),
        opened_at: at,
        assignee_user_id: given.assignee ?? null,
      },
    ]);
    await this.event(accountId, id, event);
    return id;
  }

  async event(accountId: string, alertId: string, kind: string): Promise<void> {
    const at = this.server.clock.now().toISOString();
    await insertRows(this.server.dataSource, 'alert_event', [
      { account_id: accountId, id: randomUUID(), alert_id: alertId, kind, at, day: at.slice(0, 10) },
    ]);
  }
}
