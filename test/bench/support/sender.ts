import { Agent, request } from 'node:http';
import type { EventRow } from '@steward/api/domain/values/fact-rows';
import { systemActor } from '@steward/api/platform/auth/principal';
import { ApiKeysService } from '@steward/api/records/api-keys/api-keys.service';
import type { Product } from './product.js';

export async function intakeKey(product: Product): Promise<string> {
  const made = await product
    .get(ApiKeysService)
    .create(systemActor('bench'), { name: 'bench', scopes: ['facts:write'], expiresAt: null });
  return made.secret;
}

/** An event as Segment's libraries send it. */
export function trackMessage(event: EventRow): object {
  return {
    type: 'track',
    messageId: event.messageId,
    userId: event.contact?.externalId,
    event: event.name,
    timestamp: event.occurredAt,
    context: { groupId: event.account.id },
    properties: { feature: event.feature },
  };
}

export const batchBody = (events: readonly EventRow[]) => JSON.stringify({ batch: events.map(trackMessage) });

/** Sends bodies over connections that stay open; a refusal ends the bench. */
export class Sender {
  private readonly agent: Agent;

  constructor(
    private readonly url: string,
    private readonly key: string,
    private readonly connections: number,
  ) {
    this.agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /** All of them, some at a time; answers what was taken as new. */
  async sendAll(bodies: readonly string[]): Promise<number> {
    let next = 0;
    let created = 0;
    const worker = async () => {
      for (let at = next++; at < bodies.length; at = next++) {
        const taken = await this.send(bodies[at]!);
        created += taken;
      }
    };
    await Promise.all(Array.from({ length: this.connections }, worker));
    return created;
  }

  async send(body: string): Promise<number> {
    const { status, text } = await this.post(body);
    if (status >= 300) throw new Error(`Refused with ${status}: ${text.slice(0, 500)}`);
    const answer = JSON.parse(text) as { success: boolean; counts: Record<string, number> };
    if (!answer.success || answer.counts['quarantined'] !== 0) throw new Error(`Not taken: ${text.slice(0, 500)}`);
    return answer.counts['created'] ?? 0;
  }

  close(): void {
    this.agent.destroy();
  }

  private post(body: string): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      const asked = request(
        `${this.url}/v1/batch`,
        {
          method: 'POST',
          agent: this.agent,
          headers: {
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(body),
            authorization: `Bearer ${this.key}`,
          },
        },
        (answer) => {
          const parts: Buffer[] = [];
          answer.on('data', (part: Buffer) => parts.push(part));
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString() }));
          answer.on('error', reject);
        },
      );
      asked.on('error', reject);
      asked.end(body);
    });
  }
}
