import { buildServer, buildWeb, programFile } from '../lib/build.mjs';
import { runHere, runQuietly } from '../lib/commands.mjs';
import { openDatabase } from '../lib/database.mjs';
import { productEnvironment } from '../lib/environment.mjs';
import { ensureInstalled } from '../lib/install.mjs';
import { lockHolder, tryLock } from '../lib/locks.mjs';
import { home, serverLock } from '../lib/places.mjs';
import { choosePort } from '../lib/ports.mjs';
import { pause, waitUntil } from '../lib/processes.mjs';
import { note, step } from '../lib/progress.mjs';
import { keepRunning, onStopRequest } from '../lib/supervisor.mjs';
import { WORKER_FLAGS } from '../lib/worker-flags.mjs';

const DEFAULT_PORT = 3000;
const READY_TIMEOUT_MS = 60_000;

/** Starts the product and keeps it running until it is told to stop. */
export async function run() {
  const running = lockHolder(serverLock);
  if (running) return refuseSecond(running);
  const host = process.env.HOST || '127.0.0.1';
  // A wish that cannot be met is told at once, not after installing and building.
  await choosePort(process.env.PORT, DEFAULT_PORT, host);
  const lock = tryLock(serverLock, 'still starting');
  if (lock.holder) return refuseSecond(lock.holder);
  try {
    return await serve(host, lock.tell);
  } finally {
    lock.release();
  }
}

/** @param {import('../lib/locks.mjs').Holder} holder */
function refuseSecond({ note: address, pid }) {
  note(`Steward already runs from this folder: ${address} (process ${pid}).`);
  note('Stop it first, or set STEWARD_HOME to another folder for a second one with its own data.');
  return 1;
}

/**
 * @param {string} host
 * @param {(address: string) => void} tellAddress
 */
async function serve(host, tellAddress) {
  let port = 0;
  let address = '';
  /** @type {import('../lib/database.mjs').Database | null} */
  let database = null;
  /** @type {ReturnType<typeof keepRunning>[]} */
  const programs = [];
  let stopping = false;
  const stopped = new Promise((resolve) => {
    onStopRequest({
      stop: () => {
        stopping = true;
        note('\nStopping …');
        resolve(null);
      },
      stopNow: () => {
        for (const program of programs) program.kill();
      },
    });
  });

  const work = bringUp();
  try {
    await Promise.race([work, stopped]);
    if (!stopping) await Promise.race([stopped, guardDatabase()]);
  } finally {
    stopping = true;
    // A step that Ctrl-C interrupted ends by itself; what it had opened is closed below.
    await work.catch(() => {});
    await Promise.all(programs.map((program) => program.stop()));
    await /** @type {import('../lib/database.mjs').Database | null} */ (database)?.leave();
  }
  note('Stopped.');
  return 0;

  async function bringUp() {
    /** @type {(() => Promise<void>)[]} */
    const steps = [
      ensureInstalled,
      buildServer,
      buildWeb,
      async () => {
        database = await openDatabase();
      },
      () => step('Bringing the database up to date', () => runScript('migrate', [])),
      ensureSample,
      findPort,
      launch,
    ];
    for (const next of steps) if (!stopping) await next();
    if (!stopping) await greet(address);
  }

  function environment() {
    return productEnvironment(database, { HOST: host, PORT: port ? String(port) : '' });
  }

  /** @param {'cli' | 'migrate'} script @param {string[]} args */
  async function runScript(script, args) {
    await runQuietly(process.execPath, [programFile(script), ...args], {
      env: environment(),
      failure: `${script} ${args.join(' ')} failed`,
    });
  }

  /** An empty database gets the sample company, so that the first screen shows something. */
  async function ensureSample() {
    if (process.env.STEWARD_SAMPLE === 'off') return;
    await step('Making sure there are sample data', () => runScript('cli', ['sample', 'ensure']));
  }

  async function findPort() {
    const chosen = await choosePort(process.env.PORT, DEFAULT_PORT, host);
    if (chosen.movedFrom) note(`Port ${chosen.movedFrom} is taken; using ${chosen.port}.`);
    port = chosen.port;
    address = `http://${host === '0.0.0.0' || host === '::' ? 'localhost' : host}:${port}`;
    tellAddress(address);
  }

  async function launch() {
    await step('Starting the server', async () => {
      const api = keepRunning({ name: 'server', script: programFile('main'), env: environment() });
      programs.push(api);
      const ready = await waitUntil(
        () => stopping || api.hasFailed() || isReady(address, api.pid()),
        READY_TIMEOUT_MS,
        100,
      );
      if (!stopping && (!ready || api.hasFailed()))
        throw new Error('The server did not become ready; its log is above.');
      if (stopping) return;
      const worker = programFile('worker');
      programs.push(keepRunning({ name: 'worker', script: worker, env: environment(), flags: WORKER_FLAGS }));
    });
  }

  /** Starts PostgreSQL again whenever it died. */
  async function guardDatabase() {
    while (!stopping) {
      await pause(1_000);
      if (stopping) return;
      try {
        if (await database?.ensureRunning()) note('PostgreSQL had ended and was started again.');
      } catch (error) {
        note(`PostgreSQL cannot be started: ${error instanceof Error ? error.message : error}`);
        await pause(5_000);
      }
    }
  }
}

/**
 * Whether our own server answers there: another program may have taken the port in the meantime.
 * @param {string} address
 * @param {number | undefined} pid
 */
async function isReady(address, pid) {
  try {
    const response = await fetch(`${address}/health/ready`, { signal: AbortSignal.timeout(2_000) });
    return response.ok && /** @type {{ pid?: number }} */ (await response.json()).pid === pid;
  } catch {
    return false;
  }
}

/** @param {string} address */
async function greet(address) {
  note(`\nSteward runs at ${address}`);
  if (!process.env.DATABASE_URL) note(`Its data are in ${home}`);
  if (process.env.STEWARD_SAMPLE !== 'off') {
    note('');
    await runHere(process.execPath, [programFile('cli'), 'sample', 'sign-ins']);
  }
  note('\nCtrl-C stops it.');
}
