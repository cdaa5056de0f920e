import { Partitions } from '../../../apps/api/src/db/partitions.js';
import { UnitOfWork } from '../../../apps/api/src/db/unit-of-work.js';
import { toDay } from '../../../apps/api/src/domain/calendar/day.js';
import type { FactRow } from '../../../apps/api/src/domain/values/fact-rows.js';
import { accountIdOf } from '../../../apps/api/src/intake/facts/account-ids.js';
import { FactStore } from '../../../apps/api/src/intake/facts/fact-store.js';
import { DayClose } from '../../../apps/api/src/pipeline/run/day-close.service.js';
import { LiveRefresh } from '../../../apps/api/src/pipeline/run/live-refresh.service.js';
import { Runs } from '../../../apps/api/src/pipeline/run/runs.service.js';
import { ApiServer, type Caller } from '../../support/api-server.js';

/** An API over accounts whose days are computed when the test says so. */
export class ModelWorld {
  private constructor(
    readonly server: ApiServer,
    public admin: Caller,
    private readonly store: FactStore,
  ) {}

  static async start(now: string): Promise<ModelWorld> {
    const server = await ApiServer.start();
    server.clock.at = new Date(now);
    const store = new FactStore(server.app.get(UnitOfWork, { strict: false }), new Partitions(server.dataSource));
    return new ModelWorld(server, await server.as('admin'), store);
  }

  async deliver(...rows: FactRow[]): Promise<void> {
    const { outcomes } = await this.store.store(rows, {
      sourceKey: 'files',
      receivedAt: this.server.clock.now(),
      actor: { kind: 'system', id: null, name: 'spec' },
    });
    const refused = outcomes.filter(({ status }) => status === 'rejected');
    if (refused.length > 0) throw new Error(`Facts were refused: ${JSON.stringify(refused)}`);
  }

  /** What is due is computed; a change of the model makes every account due. */
  async refresh(): Promise<void> {
    await this.server.app.get(LiveRefresh, { strict: false }).drain();
  }

  async nextDay(...rows: FactRow[]): Promise<void> {
    this.server.clock.advance({ days: 1 });
    if (rows.length > 0) await this.deliver(...rows);
    await this.server.app.get(DayClose, { strict: false }).catchUp();
    const runs = this.server.app.get(Runs, { strict: false });
    const today = toDay(this.server.clock.at.toISOString().slice(0, 10));
    // The session of the day before may be over.
    this.admin = await this.server.as('admin');
    await runs.drive(await runs.start('refresh', { from: today, to: today }));
    await this.refresh();
  }

  idOf(externalId: string): string {
    return accountIdOf(externalId);
  }

  query<Row = any>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.server.dataSource.query(sql, parameters);
  }

  /** What accounts have now, by id. */
  async now(column: 'tier' | 'raw_tier' | 'stage' | 'band'): Promise<Map<string, string | null>> {
    const rows = await this.query(`SELECT account_id, ${column} AS value FROM steward.account_state`);
    return new Map(rows.map((row) => [row.account_id, row.value]));
  }

  async dryRun(base: 'tiers' | 'stages', body: unknown): Promise<any> {
    const answer = await this.admin.post(`/api/v1/${base}/dry-run`, { body });
    if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  async publish(base: string, body: unknown): Promise<number> {
    const { draft } = (await this.admin.get(`/api/v1/${base}/draft`)).body;
    const saved = await this.admin.put(`/api/v1/${base}/draft`, { revision: draft?.revision ?? null, body });
    if (saved.status !== 200) throw new Error(`${saved.status} ${JSON.stringify(saved.body)}`);
    const { revision } = saved.body.draft;
    const published = await this.admin.post(`/api/v1/${base}/publish`, { revision });
    if (published.status !== 200) throw new Error(`${published.status} ${JSON.stringify(published.body)}`);
    await this.refresh();
    return published.body.version;
  }

  async rollBack(base: string, to: number, published: number): Promise<number> {
    const answer = await this.admin.post(`/api/v1/${base}/versions/${to}/roll-back`, { published });
    if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
    await this.refresh();
    return answer.body.version;
  }
}

/** How many went from where to where, as a dry run tells it. */
export function flowsBetween(
  before: Map<string, string | null>,
  after: Map<string, string | null>,
): Record<string, number> {
  const flows: Record<string, number> = {};
  for (const [id, from] of before) {
    const key = `${from} → ${after.get(id)}`;
    flows[key] = (flows[key] ?? 0) + 1;
  }
  return flows;
}
