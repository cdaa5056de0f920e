import { waitUntil } from '../../../scripts/lib/processes.mjs';
import type { ApiServer } from '../../support/api-server.js';

const BATCH = 25;

export interface Refusal {
  status: number;
  code: string;
}

/** Several clients that send events in batches. A batch that is refused is sent again once the server is ready. */
export class FactSenders {
  /** Messages that the server said it has. */
  readonly acknowledged = new Set<string>();
  readonly refusals: Refusal[] = [];

  private constructor(
    private readonly server: ApiServer,
    private readonly credentials: Record<string, string>,
  ) {}

  static async of(server: ApiServer): Promise<FactSenders> {
    return new FactSenders(server, server.withKey((await server.key(['facts:write'])).secret).credentials);
  }

  async accounts(ids: readonly string[]): Promise<void> {
    for (let from = 0; from < ids.length; from += 200) {
      const facts = ids.slice(from, from + 200).map((account) => ({ account, seats: 3, status: 'customer' }));
      await this.post('/api/v1/facts/account', facts);
    }
  }

  /** One event of every account and round, by clients that work side by side. */
  async events(ids: readonly string[], rounds: number, clients: number): Promise<void> {
    const messages = Array.from({ length: rounds }, (_, round) =>
      ids.map((groupId) => ({
        type: 'track',
        messageId: `${groupId}-${round}`,
        groupId,
        userId: `user-${round % 3}`,
        event: 'Report opened',
        timestamp: new Date(this.server.clock.now().getTime() - 3_600_000 * (24 + round)).toISOString(),
      })),
    ).flat();
    let next = 0;
    const client = async (): Promise<void> => {
      while (next < messages.length) {
        const batch = messages.slice(next, next + BATCH);
        next += BATCH;
        await this.post('/api/v1/batch', { batch });
        for (const { messageId } of batch) this.acknowledged.add(messageId);
      }
    };
    await Promise.all(Array.from({ length: clients }, client));
  }

  private async post(path: string, body: unknown): Promise<void> {
    for (;;) {
      const response = await fetch(`${this.server.url}${path}`, {
        method: 'POST',
        headers: { ...this.credentials, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const answer = (await response.json()) as { code: string; items: { status: string }[] };
      if (response.ok) {
        const odd = answer.items.filter(({ status }) => !['created', 'updated', 'unchanged'].includes(status));
        if (odd.length > 0) throw new Error(`Facts were not taken: ${JSON.stringify(odd[0])}`);
        return;
      }
      this.refusals.push({ status: response.status, code: answer.code });
      const isReady = async () => (await fetch(`${this.server.url}/health/ready`)).ok;
      if (!(await waitUntil(isReady, 60_000))) throw new Error('The server does not become ready again');
    }
  }
}

/** What has been stored and computed, as sums that a loss or a repetition would change. */
export async function sums(server: ApiServer): Promise<Record<string, number>> {
  const [row] = await server.dataSource.query(
    `SELECT (SELECT count(*)::int FROM steward.event) AS events,
       (SELECT sum(c)::int FROM steward.usage_event_month u, unnest(u.counts) c) AS counted,
       (SELECT count(*)::int FROM steward.account_state) AS states,
       (SELECT count(*)::int FROM steward.account_snapshot) AS snapshots,
       (SELECT count(*)::int FROM steward.stage_move) AS moves,
       (SELECT count(*)::int FROM steward.dirty_account) AS due,
       (SELECT count(*)::int FROM steward.set_aside_account) AS "setAside"`,
  );
  return row;
}
