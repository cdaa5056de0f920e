import type pg from 'pg';
import { copyAll, copyLine, idsOf, sameRows } from './ingest-copy.js';
import { batchBody, type Happening, happenings, inBatches } from './ingest-messages.js';
import { accountsOf, type CompanyOptions, contactsOf, isoDay } from './support/company.js';
import { type BenchDatabase, withDatabase } from './support/database.js';
import { loadFacts } from './support/load.js';
import { alternating, median, medianRatio, proves, say, sayMachine, seconds, verdict } from './support/measure.js';
import { optionsOf } from './support/options.js';
import { Processes } from './support/processes.js';
import { processorSeconds, serverSeconds } from './support/processor-time.js';
import { Product } from './support/product.js';
import { intakeKey, Sender } from './support/sender.js';

/**
 * Events over HTTP in batches, as Segment's libraries send them: counted once each, marked for the next refresh and
 * committed before the answer. Against COPY of the same rows into the same table, with its key and its properties, in
 * one go. Both with full durability. What COPY does when it commits each batch, as intake must, is told beside it.
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

const COSTS = ['sender', 'server', 'database', 'copy', 'copyByBatch'] as const;

async function main({ url, pool }: BenchDatabase): Promise<void> {
  const product = await Product.open(url);
  const processes = new Processes(url);
  try {
    const yesterday = isoDay(TODAY, -1);
    for (const facts of [accountsOf(company), contactsOf(company)]) await loadFacts(product, facts, yesterday);
    const sender = new Sender(await processes.api(), await intakeKey(product), options.connections);
    await sender.sendAll(bodiesOf(round('warm')));
    const ids = await idsOf(pool);
    const settings = await pool.query<{ name: string; setting: string }>(
      `SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes')`,
    );
    proves(
      'the server is fully durable',
      settings.rows.every(({ setting }) => setting === 'on'),
    );

    const costs = Object.fromEntries(COSTS.map((part) => [part, 0])) as Record<(typeof COSTS)[number], number>;
    const overHttp = async (pair: number) => {
      const bodies = bodiesOf(round(`http-${pair}`));
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
    const copy = async (happened: readonly Happening[], size: number, part: 'copy' | 'copyByBatch') => {
      const receivedAt = new Date().toISOString();
      const lines = happened.map((one) => copyLine(one, ids, receivedAt));
      const texts = inBatches(lines, size).map((batch) => batch.join(''));
      const before = await costSoFar(pool, processes);
      const took = await seconds(() => copyAll(pool, texts, options.connections));
      costs[part] += (await costSoFar(pool, processes)).database - before.database;
      return options.events / took;
    };
    const byBatch: number[] = [];
    const byCopy = async (pair: number) => {
      byBatch[pair] = await copy(round(`copy-by-batch-${pair}`), options.batch, 'copyByBatch');
      return copy(round(`copy-${pair}`), options.events, 'copy');
    };
    const pairs = await alternating(options.pairs, overHttp, byCopy);
    for (const [pair, { product: http, yardstick }] of pairs.entries()) {
      const batches = byBatch[pair]!;
      say(
        `  HTTP ${http.toFixed(0)} events/s   COPY ${yardstick.toFixed(0)} rows/s   ${(http / yardstick).toFixed(2)} ×` +
          `   COPY of each batch ${batches.toFixed(0)} rows/s   ${(http / batches).toFixed(2)} ×`,
      );
    }
    const each = (part: keyof typeof costs) => ((1e6 * costs[part]) / (options.events * options.pairs)).toFixed(1);
    say(
      `processor time of an event in µs: sender ${each('sender')}, server ${each('server')}, ` +
        `PostgreSQL ${each('database')}; PostgreSQL of a copied row ${each('copy')}, batch by batch ${each('copyByBatch')}`,
    );
    await proveOnce(pool, sender);
    sender.close();
    say(`ingest: ${median(pairs.map((pair) => pair.product)).toFixed(0)} events/s over HTTP`);
    const toBatches = median(pairs.map((pair, index) => pair.product / byBatch[index]!));
    say(`rate over HTTP ÷ rate of COPY with a commit a batch, median of pairs: ${toBatches.toFixed(2)} ×`);
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

/** Each round begins where the one before ended, as time does; a round that is asked for again is the same again. */
const begun = new Map<string, number>();

function round(name: string): Happening[] {
  if (!begun.has(name)) begun.set(name, begun.size * options.events);
  const { accounts, contacts, events } = options;
  return [...happenings(name, { accounts, contacts, events, from: Date.parse(TODAY) + begun.get(name)! })];
}

const bodiesOf = (happened: readonly Happening[]) => inBatches(happened, options.batch).map(batchBody);

/** What the ledger counts, and how many raw events there are. */
async function counted(pool: pg.Pool): Promise<{ raw: number; ledger: number; days: number }> {
  const { rows } = await pool.query<{ raw: number; ledger: number; days: number }>(
    `SELECT (SELECT count(*)::int FROM steward.event) AS raw,
       (SELECT sum(c)::int FROM steward.usage_event_month, unnest(counts) AS c) AS ledger,
       (SELECT sum(bit_count(days::bit(32)))::int FROM steward.usage_contact_month) AS days`,
  );
  return rows[0]!;
}

async function proveOnce(pool: pg.Pool, sender: Sender): Promise<void> {
  const before = await counted(pool);
  const sent = options.events * (options.pairs + 1);
  const copied = options.events * options.pairs * 2;
  proves(
    `each of ${sent} events is kept and counted once`,
    before.raw === sent + copied && before.ledger === sent && (await sameRows(pool)),
  );
  const active = Math.min(options.events, options.accounts * options.contacts);
  proves(`each of ${active} people was active on one day`, before.days === active);
  let created = 0;
  for (const name of ['warm', ...Array.from({ length: options.pairs }, (_, pair) => `http-${pair}`)]) {
    created += await sender.sendAll(bodiesOf(round(name)));
  }
  const after = await counted(pool);
  proves(
    'sending all of them again changes no count',
    created === 0 && JSON.stringify(after) === JSON.stringify(before),
  );
}

sayMachine();
await withDatabase(options.database, main);
