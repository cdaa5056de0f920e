import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { accountsOf, contactsOf, eventsOfDay, externalId, isoDay } from './support/company.js';
import { type BenchDatabase, withDatabase } from './support/database.js';
import { loadFacts } from './support/load.js';
import { proves, say, sayMachine, verdict } from './support/measure.js';
import { optionsOf } from './support/options.js';
import { Processes, peakMemoryMb } from './support/processes.js';
import { Product } from './support/product.js';

/** The most memory that a worker holds in its first run over all accounts, and a command in importing a large file. */
const options = optionsOf(
  { accounts: 100_000, contacts: 2, fewRows: 100_000, manyRows: 1_000_000 },
  { accounts: 10_000, fewRows: 20_000, manyRows: 100_000 },
);
const TODAY = new Date().toISOString().slice(0, 10);
const company = {
  accounts: options.accounts,
  contactsPerAccount: options.contacts,
  usageDays: 1,
  lastDay: isoDay(TODAY, -1),
};

async function main({ url, pool, fill }: BenchDatabase): Promise<void> {
  const product = await Product.open(url);
  const processes = new Processes(url);
  const folder = mkdtempSync(join(tmpdir(), 'steward-bench-'));
  try {
    await fill(async () => {
      await loadFacts(product, accountsOf(company), isoDay(TODAY, -2));
      await loadFacts(product, contactsOf(company), isoDay(TODAY, -2));
      await loadFacts(product, eventsOfDay(company, 0), company.lastDay);
    });
    const worker = processes.worker();
    const idle = peakMemoryMb(worker) ?? 0;
    const refreshed = await peakUntil(worker, () => isComputed(pool));
    proves(`the worker computed ${options.accounts} accounts`, worker.exitCode === null && refreshed > idle);
    verdict(`worker, full refresh of ${options.accounts} accounts`, refreshed, { most: 300 }, 'MB');

    const few = await importing(processes, folder, options.fewRows);
    const many = await importing(processes, folder, options.manyRows);
    const { rows } = await pool.query<{ points: number }>('SELECT count(*)::int AS points FROM steward.metric_point');
    proves(`all ${options.manyRows} rows are stored`, rows[0]?.points === options.manyRows);
    say(`import: ${few.toFixed(0)} MB with ${options.fewRows} rows, ${many.toFixed(0)} MB with ${options.manyRows}`);
    verdict(`memory with ${options.manyRows} rows ÷ with ${options.fewRows}`, many / few, { most: 1.25 });
  } finally {
    await processes.stop();
    rmSync(folder, { recursive: true, force: true });
    await product.close();
  }
}

async function isComputed(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query<{ computed: boolean }>(
    `SELECT (SELECT count(*) FROM steward.account_snapshot WHERE day = $1::date) = $2
       AND NOT EXISTS (SELECT 1 FROM steward.dirty_account)
       AND NOT EXISTS (SELECT 1 FROM steward.refresh_run WHERE finished_at IS NULL) AS computed`,
    [TODAY, options.accounts],
  );
  return rows[0]?.computed ?? false;
}

/** The peak of a process, looked at until `isDone` or its own end. */
async function peakUntil(child: ChildProcess, isDone: () => boolean | Promise<boolean>): Promise<number> {
  let peak = 0;
  while (child.exitCode === null) {
    const now = peakMemoryMb(child);
    // One that has just ended tells nothing any more.
    if (now === null && peak > 0) break;
    if (now === null) throw new Error('This system does not tell the memory of a process');
    peak = Math.max(peak, now);
    if (await isDone()) break;
    await pause(200);
  }
  return peak;
}

/** Imports metric points, a thousand accounts over and over, each row a fact of its own. */
async function importing(processes: Processes, folder: string, rows: number): Promise<number> {
  const file = join(folder, `${rows}.csv`);
  await pipeline(Readable.from(lines(rows)), createWriteStream(file));
  const child = processes.command(
    'import',
    'metric',
    file,
    '--mapping',
    'account=account,metric=metric,day=day,value=value',
  );
  const ended = once(child, 'exit');
  const peak = await peakUntil(child, () => false);
  const [code] = await ended;
  if (code !== 0) throw new Error(`The import ended with ${code}`);
  return peak;
}

function* lines(rows: number): Generator<string> {
  yield 'account,metric,day,value\n';
  const accounts = Math.min(1_000, options.accounts);
  for (let n = 0; n < rows; n += 1) {
    const day = isoDay(company.lastDay, -Math.floor(n / accounts));
    yield `${externalId(n % accounts)},api_calls,${day},${n % 977}\n`;
  }
}

sayMachine();
await withDatabase(options.database, main);
