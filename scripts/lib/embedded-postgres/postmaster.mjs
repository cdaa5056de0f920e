import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { isAlive, waitUntil } from '../processes.mjs';

/**
 * @typedef {{ pid: number, port: number, ready: boolean }} Postmaster
 * @typedef {{
 *   binaries: import('./binaries.mjs').Binaries,
 *   user: import('./system-user.mjs').SystemUser | null,
 *   dataFolder: string,
 *   logFile: string,
 *   settings: Record<string, string>,
 * }} StartOptions
 */

const START_TIMEOUT_MS = 120_000;

/**
 * The server running on a data folder, from its postmaster.pid: line 1 its process, 4 its port, 8 its state.
 * A file left behind by a dead server, or by a process that has its number now, counts as none.
 * @param {string} dataFolder
 * @returns {Postmaster | null}
 */
export function runningPostmaster(dataFolder) {
  let lines;
  try {
    lines = readFileSync(join(dataFolder, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return null;
  }
  const pid = Number(lines[0]);
  if (!isAlive(pid) || !isPostgres(pid)) return null;
  return { pid, port: Number(lines[3] ?? 0), ready: (lines[7] ?? '').trim() === 'ready' };
}

/** @param {number} pid */
function isPostgres(pid) {
  if (process.platform !== 'linux') return true;
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'postgres';
  } catch {
    return false;
  }
}

/**
 * Starts a server and waits until it takes connections. It is detached: a Ctrl-C in the terminal must not reach it
 * before its users have finished.
 * @param {StartOptions} options
 * @param {number | null} wantedPort the port to try first
 * @returns {Promise<Postmaster>}
 */
export async function startPostmaster(options, wantedPort) {
  let port = wantedPort ?? (await freePort());
  for (let attempt = 1; ; attempt++) {
    const started = await attemptStart(options, port);
    if (started) return started;
    const complaint = logTail(options.logFile);
    if (attempt >= 6) throw new Error(`PostgreSQL did not start. Its log (${options.logFile}) ends:\n${complaint}`);
    if (/could not (bind|create any TCP)/.test(complaint)) port = await freePort();
    // After a kill −9 the old server's last processes hold its shared memory for a moment.
    else await waitUntil(() => false, 400 * attempt);
  }
}

/**
 * @param {StartOptions} options
 * @param {number} port
 * @returns {Promise<Postmaster | null>} null when the server ended instead
 */
async function attemptStart({ binaries, user, dataFolder, logFile, settings }, port) {
  if (!runningPostmaster(dataFolder)) rmSync(join(dataFolder, 'postmaster.pid'), { force: true });
  trimLog(logFile);
  const log = openSync(logFile, 'a', 0o600);
  const args = ['-D', dataFolder, '-p', String(port)];
  for (const [name, value] of Object.entries(settings)) args.push('-c', `${name}=${value}`);
  const child = spawn(binaries.postgres, args, {
    detached: true,
    cwd: '/',
    stdio: ['ignore', log, log],
    env: serverEnvironment(),
    ...(user && { uid: user.uid, gid: user.gid }),
  });
  closeSync(log);
  child.unref();
  let ended = false;
  child.once('exit', () => {
    ended = true;
  });
  child.once('error', () => {
    ended = true;
  });
  const isReady = () => runningPostmaster(dataFolder)?.ready === true;
  await waitUntil(() => ended || isReady(), START_TIMEOUT_MS, 10);
  const running = runningPostmaster(dataFolder);
  if (!ended && running?.ready) return running;
  if (!ended) child.kill('SIGKILL');
  return null;
}

/** PostgreSQL needs nothing of the caller's environment, and must not inherit a PG… variable or a foreign language. */
export function serverEnvironment() {
  return { PATH: process.env.PATH, LANG: 'C', LC_ALL: 'C', TZ: 'UTC', SYSTEMROOT: process.env.SYSTEMROOT };
}

/**
 * Stops a server: open connections are ended and everything is written (fast); after a time without that (immediate),
 * which its next start repairs from its log.
 * @param {string} dataFolder
 */
export async function stopPostmaster(dataFolder, timeoutMs = 30_000) {
  const running = runningPostmaster(dataFolder);
  if (!running) return;
  for (const signal of /** @type {NodeJS.Signals[]} */ (['SIGINT', 'SIGQUIT', 'SIGKILL'])) {
    try {
      process.kill(running.pid, signal);
    } catch {
      return;
    }
    if (await waitUntil(() => !isAlive(running.pid), signal === 'SIGINT' ? timeoutMs : 5_000)) return;
  }
}

/** @returns {Promise<number>} */
export function freePort(host = '127.0.0.1') {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, host, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** @param {string} logFile */
function logTail(logFile) {
  try {
    return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-6).join('\n');
  } catch {
    return '(empty)';
  }
}

/** @param {string} logFile */
function trimLog(logFile) {
  try {
    if (statSync(logFile).size > 10 * 1024 * 1024) rmSync(logFile);
  } catch {
    // No log yet.
  }
}
