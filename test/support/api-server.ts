import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import type { ApiScope } from '@steward/shared/access';
import type { Role } from '@steward/shared/common';
import type { DataSource } from 'typeorm';
import { AppModule } from '../../apps/api/src/app.module.js';
import { systemActor } from '../../apps/api/src/platform/auth/principal.js';
import { Clock } from '../../apps/api/src/platform/clock.js';
import { readConfig } from '../../apps/api/src/platform/config/config.js';
import { configureApp } from '../../apps/api/src/platform/http/configure-app.js';
import { configureLog } from '../../apps/api/src/platform/logging/log.js';
import { NestLog } from '../../apps/api/src/platform/logging/nest-log.js';
import { ApiKeysService } from '../../apps/api/src/records/api-keys/api-keys.service.js';
import { UsersService } from '../../apps/api/src/records/users/users.service.js';
import { migratedDatabase } from './migrated-database.js';

export const PASSWORD = 'correct horse battery';
/** The same as it is stored, with the least work that argon2id takes: a real hash and its check take as long as most tests. */
const STORED_PASSWORD =
  '$argon2id$v=19$m=8,t=1,p=1$c2FsdCBvZiBldmVyeSB0ZXN0$MuNdaWkW+pGgSMyloiHtpHyuco0aPEAWcwujmL81cR4';

/** A clock that a test sets and moves; it stands still otherwise. */
export class TestClock extends Clock {
  at = new Date('2026-04-15T09:00:00Z');

  override now(): Date {
    return new Date(this.at);
  }

  advance({ days = 0, hours = 0, minutes = 0, seconds = 0 }): void {
    this.at = new Date(this.at.getTime() + (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000);
  }
}

export interface Asking {
  body?: unknown;
  headers?: Record<string, string>;
}

export interface Answer {
  status: number;
  headers: Headers;
  body: any;
}

/** Asks the API as someone: with the cookie and header that a page sends, or with a key, or with neither. */
export class Caller {
  constructor(
    private readonly url: string,
    readonly credentials: Record<string, string>,
  ) {}

  async ask(method: string, path: string, { body, headers }: Asking = {}): Promise<Answer> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        'x-steward-request': '1',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...this.credentials,
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  }

  get = (path: string, asking?: Asking) => this.ask('GET', path, asking);
  post = (path: string, body?: unknown) => this.ask('POST', path, { body });
  put = (path: string, body?: unknown) => this.ask('PUT', path, { body });
  patch = (path: string, body?: unknown) => this.ask('PATCH', path, { body });
  delete = (path: string) => this.ask('DELETE', path);
}

export interface TestPerson {
  id: string;
  email: string;
}

/** What a server has come to, for each test to begin with. */
export interface KeptServer {
  copy: () => Promise<ApiServer>;
  close: () => Promise<void>;
}

/** The whole API on a database of its own and a free port. */
export class ApiServer {
  private people = 0;

  private constructor(
    readonly app: NestExpressApplication,
    readonly url: string,
    readonly dataSource: DataSource,
    readonly clock: TestClock,
    private readonly dropDatabase: () => Promise<void>,
  ) {}

  /** On an empty workspace, or on what the template named holds. */
  static async start(environment: Record<string, string> = {}, template?: string): Promise<ApiServer> {
    const database = await migratedDatabase(template);
    const config = readConfig({ DATABASE_URL: database.url, LOG_LEVEL: 'silent', ...environment });
    configureLog(config.log);
    const clock = new TestClock();
    const module = await Test.createTestingModule({ imports: [AppModule.for('api', config)] })
      .setLogger(new NestLog())
      .overrideProvider(Clock)
      .useValue(clock)
      .compile();
    const app = module.createNestApplication<NestExpressApplication>({ bodyParser: false });
    configureApp(app, { pagesFolder: null });
    await app.listen(0, '127.0.0.1');
    const url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
    return new ApiServer(app, url, database.dataSource, clock, () => database.close());
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.dropDatabase();
  }

  /** Ends this server; each copy is where it ended, at its time and on a database of its own. */
  async keep(): Promise<KeptServer> {
    const { database } = this.dataSource.driver;
    await this.app.close();
    await this.dataSource.destroy();
    return {
      copy: async () => {
        const server = await ApiServer.start({}, database);
        server.clock.at = this.clock.at;
        server.people = this.people;
        return server;
      },
      close: this.dropDatabase,
    };
  }

  async person(role: Role, given: { email?: string; managerId?: string } = {}): Promise<TestPerson> {
    this.people += 1;
    const user = await this.app.get(UsersService, { strict: false }).create(systemActor('test'), {
      email: given.email ?? `${role}-${this.people}@example.com`,
      fullName: `${role} ${this.people}`,
      role,
      managerId: given.managerId ?? null,
      password: null,
    });
    await this.dataSource.query('UPDATE steward.app_user SET password_hash = $2 WHERE id = $1', [
      user.id,
      STORED_PASSWORD,
    ]);
    return { id: user.id, email: user.email };
  }

  get anonymous(): Caller {
    return new Caller(this.url, {});
  }

  /** The session cookie of a person, as the browser keeps it. */
  async cookieOf(person: TestPerson, password = PASSWORD): Promise<string> {
    const answer = await this.anonymous.post('/api/v1/auth/sign-in', { email: person.email, password });
    const cookie = answer.headers.get('set-cookie')?.split(';')[0];
    if (!cookie) throw new Error(`${person.email} cannot sign in: ${answer.status} ${JSON.stringify(answer.body)}`);
    return cookie;
  }

  async signedIn(person: TestPerson): Promise<Caller> {
    return new Caller(this.url, { cookie: await this.cookieOf(person) });
  }

  /** A new person of the role, signed in. */
  async as(role: Role): Promise<Caller> {
    return this.signedIn(await this.person(role));
  }

  async key(scopes: ApiScope[], expiresAt: Date | null = null): Promise<{ id: string; secret: string }> {
    return this.app
      .get(ApiKeysService, { strict: false })
      .create(systemActor('test'), { name: 'test', scopes, expiresAt: expiresAt?.toISOString() ?? null });
  }

  withKey(secret: string): Caller {
    return new Caller(this.url, { authorization: `Bearer ${secret}` });
  }
}
