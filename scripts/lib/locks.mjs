import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isStillRunning, pause, thisProcess } from './processes.mjs';

/**
 * Locks are files that name the process holding them. One whose process is gone (kill −9, power cut) counts for
 * nothing and is taken over.
 * @typedef {import('./processes.mjs').ProcessIdentity & { note?: string }} Holder
 */

/**
 * @param {string} path
 * @returns {Holder | null}
 */
export function lockHolder(path) {
  try {
    const holder = /** @type {Holder} */ (JSON.parse(readFileSync(path, 'utf8')));
    return isStillRunning(holder) ? holder : null;
  } catch {
    return null;
  }
}

/**
 * Takes the lock at once, or tells who has it.
 * @param {string} path
 * @param {string} [note] what the holder wants others to read
 * @returns {{ release: () => void, tell: (note: string) => void, holder: null } | { release: null, tell: null, holder: Holder }}
 */
export function tryLock(path, note) {
  mkdirSync(dirname(path), { recursive: true });
  const own = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(own, JSON.stringify({ ...thisProcess(), note }));
  try {
    for (let attempt = 0; attempt < 20; attempt++) {
      try {
        linkSync(own, path);
        const tell = (/** @type {string} */ news) =>
          writeFileSync(path, JSON.stringify({ ...thisProcess(), note: news }));
        return { release: () => releaseLock(path), tell, holder: null };
      } catch (error) {
        if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
      }
      const holder = lockHolder(path);
      if (holder) return { release: null, tell: null, holder };
      discardStale(path, own);
    }
    throw new Error(`The lock ${path} could be neither taken nor read`);
  } finally {
    rmSync(own, { force: true });
  }
}

/**
 * Moves a dead holder's file aside. Between reading and moving, another process may have put its own lock there;
 * then that one is put back.
 * @param {string} path
 * @param {string} own
 */
function discardStale(path, own) {
  const aside = `${own}.stale`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  if (lockHolder(aside)) {
    try {
      linkSync(aside, path);
    } catch {
      // A third process took the free place: its own loop will see who came first.
    }
  }
  rmSync(aside, { force: true });
}

/** @param {string} path */
function releaseLock(path) {
  const holder = lockHolder(path);
  if (holder?.pid === process.pid) rmSync(path, { force: true });
}

/**
 * Runs the work while holding the lock, waiting for it as long as another process has it.
 * @template T
 * @param {string} path
 * @param {() => T | Promise<T>} work
 * @param {{ onWait?: (holder: Holder) => void, timeoutMs?: number }} [options]
 */
export async function withLock(path, work, { onWait, timeoutMs = 600_000 } = {}) {
  const end = Date.now() + timeoutMs;
  let told = false;
  for (;;) {
    const lock = tryLock(path);
    if (!lock.holder) {
      try {
        return await work();
      } finally {
        lock.release();
      }
    }
    if (!told) onWait?.(lock.holder);
    told = true;
    if (Date.now() > end) throw new Error(`Process ${lock.holder.pid} has held ${path} for too long`);
    await pause(50);
  }
}

/**
 * Leases count who uses a thing: one file a process in a folder. Whoever leaves last learns it.
 * @param {string} folder
 */
export function addLease(folder) {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${process.pid}-${randomBytes(4).toString('hex')}`);
  writeFileSync(path, JSON.stringify(thisProcess()));
  return { end: () => rmSync(path, { force: true }) };
}

/**
 * How many live processes hold a lease. Those of dead ones are removed.
 * @param {string} folder
 */
export function countLeases(folder) {
  let live = 0;
  for (const name of safeList(folder)) {
    const path = join(folder, name);
    if (lockHolder(path)) live++;
    else rmSync(path, { force: true });
  }
  return live;
}

/** @param {string} folder */
function safeList(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
