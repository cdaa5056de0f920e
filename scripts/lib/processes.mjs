import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * A process as others can recognise it later: a number alone may have been given to another process since.
 * @typedef {{ pid: number, started: string }} ProcessIdentity
 */

/** @param {number} pid */
export function isAlive(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
  return !isZombie(pid);
}

/** @param {number} pid */
function isZombie(pid) {
  return linuxStat(pid)?.[0] === 'Z';
}

/**
 * The fields of /proc/<pid>/stat after the command name (which may hold blanks and brackets).
 * @param {number} pid
 */
function linuxStat(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

/**
 * When a process started, as text that only that process has; '' where the system does not tell.
 * @param {number} pid
 */
export function startedAt(pid) {
  const stat = linuxStat(pid);
  if (stat) return `${bootId()}:${stat[19]}`;
  if (process.platform === 'win32' || process.platform === 'linux') return '';
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return '';
  }
}

function bootId() {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim().slice(0, 8);
  } catch {
    return '';
  }
}

/** @returns {ProcessIdentity} */
export function thisProcess() {
  return { pid: process.pid, started: startedAt(process.pid) };
}

/** @param {ProcessIdentity} identity */
export function isStillRunning(identity) {
  return isAlive(identity.pid) && startedAt(identity.pid) === identity.started;
}

/** @param {number} ms */
export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Waits until the condition holds; false when the time is over.
 * @param {() => boolean | Promise<boolean>} condition
 * @param {number} timeoutMs
 */
export async function waitUntil(condition, timeoutMs, everyMs = 25) {
  const end = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > end) return false;
    await pause(everyMs);
  }
  return true;
}
