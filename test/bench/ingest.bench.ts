import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { EventRow } from '@steward/api/domain/values/fact-rows';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { accountsOf, type CompanyOptions, contactsOf, isoDay } from './support/company.js';
import { type BenchDatabase, withDatabase } from './support/database.js';
import { loadFacts } from './support/load.js';
import { alternating, median, medianRatio, proves, say, sayMachine, seconds, verdict } from './support/measure.js';
import { optionsOf } from './support/options.js';
import { Processes } from './support/processes.js';
import { processorSeconds, serverSeconds } from './support/processor-time.js';
import { Product } from './support/product.js';
import { batchBody, intakeKey, Sender } from './support/sender.js';

/**
 * Events over HTTP in batches, counted once each, marked for the next refresh and committed before the answer, against
 * COPY of the same rows into the same table in one go. Both with full durability.
 */
const options = optionsOf(
  { accounts: 5_000, contacts: 4, events: 40_000, batch: 500, connections: 4, pairs: 7 },
  { accounts: 500, events: 5_000, pairs: 5 },
);
const TODAY = new Date().toISOString().slice(0, 10);
const company: CompanyOptions = {
  accounts: options.accounts,
  contactsPerAccount: options.contacts,
  usageDays: 1,
  lastDay: TODAY,
};

async function main({ url, pool }: BenchDatabase): Promise<void> {
  const product = await Product.open(url);
  const processes = new Processes(url);
  try {
    const yesterday = isoDay(TODAY, -1);
    for (const facts of [accountsOf(company), contactsOf(company)]) await loadFacts(product, facts, yesterday);
    const sender = new Sender(await processes.api(), await intakeKey(product), options.connections);
    const ids = await idsOf(pool);
    await sender.sendAll(bodiesOf('warm'));
    const settings = await pool.query<{ name: string; setting: string }>(
      `SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes')`,
    );
    proves(
      'the server is fully durable',
      settings.rows.every(({ setting }) => setting === 'on'),
    );

    const costs = { sender: 0, server: 0, database: 0, copy: 0 };
    const overHttp = async (pair: number) => {
      const bodies = bodiesOf(`http-${pair}`);
      const before = await costSoFar(pool, processes);
      let created = 0;
      const took = await seconds(async () => {
        created = await sender.sendAll(bodies);
      });
      const after = await costSoFar(pool, processes);
      for (const part of ['sender', 'server', 'database'] as const) costs[part] += after[part] - before[part];
      if (created !== options.events) throw new Error(`${created} of ${options.events} events were taken`);
      return options.events / took;
    };
    const byCopy = async (pair: number) => {
      const rows = [...events(`copy-${pair}`)].map((event) => copyLine(event, ids)).join('');
      const before = await costSoFar(pool, processes);
      const took = await seconds(() => copy(pool, rows));
      costs.copy += (await costSoFar(pool, processes)).database - before.database;
      return options.events / took;
    };
    const pairs = await alternating(options.pairs, overHttp, byCopy);
    for (const { product: http, yardstick } of pairs) {
      say(
        `  HTTP ${http.toFixed(0)} events/s   COPY ${yardstick.toFixed(0)} rows/s   ${(http / yardstick).toFixed(2)} ×`,
      );
    }
    const each = (part: keyof typeof costs) => ((1e6 * costs[part]) / (options.events * options.pairs)).toFixed(1);
    say(
      `processor time of an event in µs: sender ${each('sender')}, server ${each('server')}, ` +
        `PostgreSQL ${each('database')}; PostgreSQL of a copied row ${each('copy')}`,
    );
    await proveOnce(pool, sender);
    sender.close();
    say(`ingest: ${median(pairs.map((pair) => pair.product)).toFixed(0)} events/s over HTTP`);
    verdict('rate over HTTP ÷ rate of COPY, median of pairs', medianRatio(pairs), { least: 0.25 });
  } finally {
    await processes.stop();
    await product.close();
  }
}

/** Seconds of processor time so far: of the bench itself, of the product's server, of PostgreSQL. */
async function costSoFar(pool: pg.Pool, processes: Processes) {
  const own = process.cpuUsage();
  return {
    sender: (own.user + own.system) / 1e6,
    server: processes.pids().reduce((sum, pid) => sum + (processorSeconds(pid) ?? Number.NaN), 0),
    database: (await serverSeconds(pool)) ?? Number.NaN,
  };
}

/** Events of a round, no two of them of one contact at the same moment. */
function* events(round: string): Generator<EventRow> {
  const contacts = options.accounts * options.contacts;
  const from = Date.parse(TODAY);
  const step = Math.floor(contacts * 0.618) | 1;
  for (let n = 0; n < options.events; n += 1) {
    const at = (n * step) % contacts;
    const account = Math.floor(at / options.contacts);
    yield {
      kind: 'event',
      account: { via: 'externalId', id: `A-${account}` },
      messageId: `${round}-${n}`,
      contact: { externalId: `A-${account}-${at % options.contacts}`, email: null, name: null },
      name: 'Feature Used',
      feature: `feature-${n % 20}`,
      occurredAt: new Date(from + n).toISOString(),
      count: 1,
      properties: {},
    };
  }
}

function bodiesOf(round: string): string[] {
  const all = [...events(round)];
  return Array.from({ length: Math.ceil(all.length / options.batch) }, (_, index) =>
    batchBody(all.slice(index * options.batch, (index + 1) * options.batch)),
  );
}

interface Ids {
  accounts: Map<string, string>;
  contacts: Map<string, string>;
}

async function idsOf(pool: pg.Pool): Promise<Ids> {
  const read = async (table: string) => {
    const { rows } = await pool.query<{ key: string; id: string }>(
      `SELECT external_id AS key, id FROM steward.${table}`,
    );
    return new Map(rows.map(({ key, id }) => [key, id]));
  };
  return { accounts: await read('account'), contacts: await read('contact') };
}

/** The row that the product makes of the event, in COPY's text form. */
function copyLine(event: EventRow, ids: Ids): string {
  const account = ids.accounts.get(event.account.id);
  const contact = ids.contacts.get(event.contact?.externalId ?? '');
  const feature = 1 + Number(event.feature?.slice('feature-'.length));
  const properties = JSON.stringify({ feature: event.feature });
  return `${account}\t${event.occurredAt}\t${event.messageId}\t${contact}\t${event.name}\t${feature}\t1\t${properties}\t${new Date().toISOString()}\n`;
}

async function copy(pool: pg.Pool, rows: string): Promise<void> {
  const client = await pool.connect();
  try {
    await pipeline(Readable.from([rows]), client.query(copyFrom('COPY steward.event FROM STDIN')));
  } finally {
    client.release();
  }
}

/** What the ledger counts, and how many raw events there are. */
async function counted(pool: pg.Pool): Promise<{ raw: number; ledger: number; days: number }> {
  const { rows } = await pool.query<{ raw: number; ledger: number; days: number }>(
    `SELECT (SELECT count(*)::int FROM steward.event WHERE message_id NOT LIKE 'copy-%') AS raw,
       (SELECT sum(c)::int FROM steward.usage_event_month, unnest(counts) AS c) AS ledger,
       (SELECT sum(bit_count(days::bit(32)))::int FROM steward.usage_contact_month) AS days`,
  );
  return rows[0]!;
}

async function proveOnce(pool: pg.Pool, sender: Sender): Promise<void> {
  const before = await counted(pool);
  const sent = options.events * (options.pairs + 1);
  proves(`each of ${sent} events is kept and counted once`, before.raw === sent && before.ledger === sent);
  let created = 0;
  for (const round of ['warm', ...Array.from({ length: options.pairs }, (_, pair) => `http-${pair}`)]) {
    created += await sender.sendAll(bodiesOf(round));
  }
  const after = await counted(pool);
  proves(
    'sending all of them again changes no count',
    created === 0 && JSON.stringify(after) === JSON.stringify(before),
  );
}

sayMachine();
await withDatabase(options.database, main);
