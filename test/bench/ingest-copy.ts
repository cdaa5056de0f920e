import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Happening } from './ingest-messages.js';

interface Ids {
  accounts: Map<string, string>;
  contacts: Map<string, string>;
  features: Map<string, string>;
}

/** What the product made of the senders' names. */
export async function idsOf(pool: pg.Pool): Promise<Ids> {
  const read = async (table: string, key: string) => {
    const { rows } = await pool.query<{ key: string; id: string }>(`SELECT ${key} AS key, id FROM steward.${table}`);
    return new Map(rows.map(({ key, id }) => [key, id]));
  };
  return {
    accounts: await read('account', 'external_id'),
    contacts: await read('contact', 'external_id'),
    features: await read('feature', 'key'),
  };
}

/** The row that the product makes of the event, in COPY's text form. */
export function copyLine(happening: Happening, ids: Ids, receivedAt: string): string {
  const { messageId, occurredAt, name, properties } = happening;
  const account = known(ids.accounts, happening.account);
  const contact = known(ids.contacts, happening.contact);
  const feature = known(ids.features, String(properties['feature']));
  return `${account}\t${occurredAt}\t${messageId}\t${contact}\t${name}\t${feature}\t1\t${JSON.stringify(properties)}\t${receivedAt}\n`;
}

function known(ids: ReadonlyMap<string, string>, key: string): string {
  const id = ids.get(key);
  if (id === undefined) throw new Error(`The product does not know ${key}`);
  return id;
}

/** Each text by a COPY and a commit of its own, over some connections at a time. */
export async function copyAll(pool: pg.Pool, texts: readonly string[], connections: number): Promise<void> {
  let next = 0;
  const worker = async () => {
    const client = await pool.connect();
    try {
      for (let at = next++; at < texts.length; at = next++) {
        await pipeline(Readable.from([texts[at]!]), client.query(copyFrom('COPY steward.event FROM STDIN')));
      }
    } finally {
      client.release();
    }
  };
  await Promise.all(Array.from({ length: Math.min(connections, texts.length) }, worker));
}

/** Whether rows that COPY wrote are those that the product writes, column by column, but for ids and times. */
export async function sameRows(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query<{ kinds: number }>(
    `SELECT count(DISTINCT (contact_id IS NULL, name, feature_id IS NULL, count,
       (SELECT array_agg(k ORDER BY k) FROM jsonb_object_keys(properties) AS k)))::int AS kinds FROM steward.event`,
  );
  return rows[0]?.kinds === 1;
}
