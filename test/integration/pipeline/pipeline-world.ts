import { Global, type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { DataSource } from 'typeorm';
import { DbModule } from '../../../apps/api/src/db/db.module.js';
import { Partitions } from '../../../apps/api/src/db/partitions.js';
import { UnitOfWork } from '../../../apps/api/src/db/unit-of-work.js';
import { AccountPageModule } from '../../../apps/api/src/desk/account-page/account-page.module.js';
import { toDay } from '../../../apps/api/src/domain/calendar/day.js';
import type { AccountFields, EventRow, FactRow, TicketRow } from '../../../apps/api/src/domain/values/fact-rows.js';
import { accountIdOf } from '../../../apps/api/src/intake/facts/account-ids.js';
import { FactStore } from '../../../apps/api/src/intake/facts/fact-store.js';
import { DayClose, LateFacts } from '../../../apps/api/src/pipeline/run/day-close.service.js';
import { LiveRefresh } from '../../../apps/api/src/pipeline/run/live-refresh.service.js';
import { RunModule } from '../../../apps/api/src/pipeline/run/run.module.js';
import { Runs } from '../../../apps/api/src/pipeline/run/runs.service.js';
import { AuditLogModule } from '../../../apps/api/src/platform/audit/audit-log.module.js';
import { Clock } from '../../../apps/api/src/platform/clock.js';
import { WorkspaceModule } from '../../../apps/api/src/records/workspace/workspace.module.js';
import { type MigratedDatabase, migratedDatabase } from '../../support/migrated-database.js';

/** A clock that the test sets; it stands still otherwise. */
class TestClock extends Clock {
  at = new Date();

  override now(): Date {
    return new Date(this.at);
  }
}

/** What a world has come to, for each test to begin with. */
export interface KeptWorld {
  copy: () => Promise<PipelineWorld>;
  close: () => Promise<void>;
}

/** The pipeline with intake on a database of its own, under a clock that the test sets. */
export class PipelineWorld {
  private readonly store: FactStore;

  private constructor(
    readonly database: Pick<MigratedDatabase, 'url' | 'close'>,
    readonly dataSource: DataSource,
    readonly clock: TestClock,
    readonly app: INestApplicationContext,
  ) {
    // Without the queue: a spec says itself when to refresh.
    this.store = new FactStore(this.unitOfWork, new Partitions(dataSource));
  }

  static async open(now: string): Promise<PipelineWorld> {
    return PipelineWorld.on(await migratedDatabase(), now);
  }

  /** Another process on the same database. */
  async another(): Promise<PipelineWorld> {
    const shared = { url: this.database.url, dataSource: this.dataSource, close: () => Promise.resolve() };
    return PipelineWorld.on(shared, this.clock.at.toISOString());
  }

  private static async on(database: MigratedDatabase, now: string): Promise<PipelineWorld> {
    const clock = new TestClock();
    clock.at = new Date(now);

    @Global()
    @Module({ providers: [{ provide: Clock, useValue: clock }], exports: [Clock] })
    class TestClockModule {}

    @Module({
      imports: [
        DbModule.forRoot({
          url: database.url,
          poolSize: 4,
          applicationName: 'pipeline spec',
          // A connection that a test kills is no news.
          onPoolError: () => undefined,
        }),
        TestClockModule,
        AuditLogModule,
        WorkspaceModule,
        RunModule,
        AccountPageModule,
      ],
    })
    class World {}

    const app = await NestFactory.createApplicationContext(World, { logger: ['error'] });
    return new PipelineWorld(database, database.dataSource, clock, app);
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.database.close();
  }

  /** Ends this world; each copy is where it ended, at its time and on a database of its own. */
  async keep(): Promise<KeptWorld> {
    await this.app.close();
    await this.dataSource.destroy();
    const name = new URL(this.database.url).pathname.slice(1);
    return {
      copy: async () => PipelineWorld.on(await migratedDatabase(name), this.clock.at.toISOString()),
      close: () => this.database.close(),
    };
  }

  set now(instant: string) {
    this.clock.at = new Date(instant);
  }

  async deliver(...rows: FactRow[]): Promise<void> {
    const result = await this.store.store(rows, {
      sourceKey: 'files',
      receivedAt: this.clock.now(),
      actor: { kind: 'system', id: null, name: 'spec' },
    });
    const refused = result.outcomes.filter(({ status }) => status === 'rejected');
    if (refused.length > 0) throw new Error(`Facts were refused: ${JSON.stringify(refused)}`);
  }

  drain() {
    return this.app.get(LiveRefresh).drain();
  }

  closeDays() {
    return this.app.get(DayClose).catchUp();
  }

  rebuildLate() {
    return this.app.get(LateFacts).rebuild();
  }

  async refresh(): Promise<void> {
    const runs = this.app.get(Runs);
    const today = toDay(this.clock.at.toISOString().slice(0, 10));
    await runs.drive(await runs.start('refresh', { from: today, to: today }));
  }

  async backfill(from: string, to: string, overwrite = false): Promise<void> {
    const runs = this.app.get(Runs);
    await runs.driveBackfill(await runs.start('backfill', { from: toDay(from), to: toDay(to), overwrite }));
  }

  get unitOfWork(): UnitOfWork {
    return this.app.get(UnitOfWork, { strict: false });
  }

  query<Row = any>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.dataSource.query(sql, parameters);
  }

  async state(externalId: string): Promise<any> {
    const [row] = await this.query('SELECT * FROM steward.account_state WHERE account_id = $1', [
      accountIdOf(externalId),
    ]);
    return row;
  }

  /** The value of a signal as stored, or the number of the reason why there is none. */
  async signal(externalId: string, number: number): Promise<{ value: number | null; reason: number }> {
    const row = await this.state(externalId);
    return { value: row.signals[number - 1], reason: row.null_reasons[number - 1] };
  }

  states(): Promise<any[]> {
    return this.query('SELECT * FROM steward.account_state ORDER BY account_id');
  }

  /** States and terms that tell different things of an account, or one without the other. */
  termsAstray(): Promise<unknown[]> {
    return this.query(
      `SELECT account_id, s.arr_minor, t.arr_minor AS kept_arr_minor, s.renewal_date, t.renewal_date AS kept_renewal_date
       FROM steward.account_state s FULL JOIN steward.account_terms t USING (account_id)
       WHERE s.as_of IS NULL OR t.tableoid IS NULL
         OR (s.arr_minor, s.renewal_date) IS DISTINCT FROM (t.arr_minor, t.renewal_date)`,
    );
  }

  snapshots(from = '1900-01-01', to = '2999-01-01'): Promise<any[]> {
    return this.query('SELECT * FROM steward.account_snapshot WHERE day >= $1 AND day <= $2 ORDER BY account_id, day', [
      from,
      to,
    ]);
  }
}

export function anAccount(id: string, fields: Partial<AccountFields> = {}, effectiveOn: string | null = null): FactRow {
  return {
    kind: 'account',
    account: { via: 'externalId', id },
    fields: { name: id, status: 'customer', ...fields },
    attributes: {},
    effectiveOn,
  };
}

export const usd = (major: number) => ({ amountMinor: major * 100, currency: 'USD' });

let messages = 0;

export function anEvent(account: string, day: string, overrides: Partial<EventRow> = {}): EventRow {
  messages += 1;
  return {
    kind: 'event',
    account: { via: 'externalId', id: account },
    messageId: `m${messages}`,
    contact: { externalId: `${account}-c1`, email: null, name: null },
    name: 'opened',
    feature: 'reports',
    occurredAt: `${day}T10:00:00.000Z`,
    count: 1,
    properties: {},
    ...overrides,
  };
}

export function aTicket(account: string, id: string, opened: string, overrides: Partial<TicketRow> = {}): TicketRow {
  return {
    kind: 'ticket',
    account: { via: 'externalId', id: account },
    id,
    subject: null,
    opened,
    openedAt: null,
    closed: null,
    closedAt: null,
    resolutionHours: null,
    priority: 'urgent',
    status: 'open',
    satisfaction: null,
    contact: null,
    disagrees: false,
    closedAssumed: false,
    ...overrides,
  };
}

export function aPulse(account: string, day: string, value: number): FactRow {
  return {
    kind: 'pulse',
    account: { via: 'externalId', id: account },
    day,
    value,
    reasons: value <= 3 ? ['adoption'] : [],
    author: null,
    note: null,
  };
}

export function anAnswer(account: string, day: string, score: number): FactRow {
  return {
    kind: 'survey',
    account: { via: 'externalId', id: account },
    id: `${account}-${day}-${score}`,
    survey: 'nps',
    rating: { score, scaleMin: 0, scaleMax: 10 },
    day,
    comment: null,
    contact: { externalId: `${account}-c1`, email: null, name: null },
  };
}

/** ISO days from `from` to `to`, both included. */
export function daysFrom(from: string, to: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += 86_400_000)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}
