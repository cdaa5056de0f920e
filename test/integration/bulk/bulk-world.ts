import type { BulkAction, BulkChange } from '@steward/shared/bulk';
import { BulkWorker, type WorkOptions } from '../../../apps/api/src/desk/bulk/bulk-worker.js';
import { ApiServer, type Caller } from '../../support/api-server.js';
import { insertRows, insertStates } from '../../support/insert-rows.js';

export const TODAY = '2026-04-15';

export const accountId = (n: number): string => `20000000-0000-5000-8000-${String(n).padStart(12, '0')}`;

interface Owners {
  csm?: string;
  am?: string;
}

/** The API with accounts in it; the work of bulk actions is done when the test says so. */
export class BulkWorld {
  private made = 0;

  private constructor(readonly server: ApiServer) {}

  static async start(): Promise<BulkWorld> {
    return new BulkWorld(await ApiServer.start());
  }

  close(): Promise<void> {
    return this.server.close();
  }

  query<Row = any>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.server.dataSource.query(sql, parameters);
  }

  /** Accounts of these owners, as a file brought them; their ids. */
  async accounts(count: number, { csm, am }: Owners = {}, tags: string[] = []): Promise<string[]> {
    const numbers = Array.from({ length: count }, () => ++this.made);
    const owners = { csm_user_id: csm ?? null, am_user_id: am ?? null };
    const db = this.server.dataSource;
    await insertRows(
      db,
      'account',
      numbers.map((n) => ({
        id: accountId(n),
        external_id: `b-${n}`,
        name: `Bulk ${n}`,
        status: 'customer',
        first_seen_on: '2026-01-01',
        revision: 1,
        tags,
        ...owners,
      })),
    );
    await insertStates(
      db,
      numbers.map((n) => ({ account_id: accountId(n), as_of: TODAY, status: 'customer', ...owners })),
    );
    await insertRows(
      db,
      'account_field',
      numbers.map((n) => ({
        account_id: accountId(n),
        field: 'tags',
        from_day: '2026-01-01',
        value: tags,
        source: 'files',
        observed_at: '2026-01-01T00:00:00Z',
      })),
    );
    return numbers.map(accountId);
  }

  async order(caller: Caller, change: Partial<BulkChange>, accountIds: readonly string[]): Promise<BulkAction> {
    const selection = { kind: 'rows', accountIds };
    const { status, body } = await caller.post('/api/v1/bulk-actions', { change, selection });
    if (status !== 202) throw new Error(`refused: ${status} ${JSON.stringify(body)}`);
    return body;
  }

  work(id: string, options: WorkOptions = {}): Promise<boolean> {
    return this.server.app.get(BulkWorker, { strict: false }).work(id, options);
  }

  /** Ordered and done. */
  async done(caller: Caller, change: Partial<BulkChange>, accountIds: readonly string[]): Promise<BulkAction> {
    const { id } = await this.order(caller, change, accountIds);
    await this.work(id);
    return this.shown(caller, id);
  }

  async undone(caller: Caller, id: string): Promise<BulkAction> {
    const { status, body } = await caller.post(`/api/v1/bulk-actions/${id}/undo`);
    if (status !== 202) throw new Error(`refused: ${status} ${JSON.stringify(body)}`);
    await this.work(body.id);
    return this.shown(caller, body.id);
  }

  async shown(caller: Caller, id: string): Promise<BulkAction> {
    return (await caller.get(`/api/v1/bulk-actions/${id}`)).body;
  }

  account(id: string): Promise<any> {
    return this.query(
      `SELECT csm_user_id AS csm, csm_text AS "csmText", am_user_id AS am, tags, revision FROM steward.account WHERE id = $1`,
      [id],
    ).then(([row]) => row);
  }

  /** Tiers that hold by hand today. */
  async tiers(id: string): Promise<string[]> {
    const rows = await this.query(
      `SELECT tier FROM steward.tier_override WHERE account_id = $1 AND from_day <= $2
         AND (until_day IS NULL OR until_day >= $2) ORDER BY tier`,
      [id, TODAY],
    );
    return rows.map(({ tier }) => tier);
  }

  async newestVersion(id: string, field: string): Promise<{ value: unknown; source: string }> {
    const [row] = await this.query(
      `SELECT value, source FROM steward.account_field WHERE account_id = $1 AND field = $2 ORDER BY from_day DESC LIMIT 1`,
      [id, field],
    );
    return row;
  }
}
