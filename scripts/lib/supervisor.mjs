import { spawn } from 'node:child_process';
import { root } from './places.mjs';
import { isAlive, pause, waitUntil } from './processes.mjs';
import { note } from './progress.mjs';

const STOP_TIMEOUT_MS = 20_000;
const LONGEST_PAUSE_MS = 30_000;
const STABLE_AFTER_MS = 60_000;

/**
 * A program that is kept running until it is told to stop. Its own process group keeps the terminal's Ctrl-C away from
 * it, so that it is stopped in order; the channel to this process tells it when this process is gone.
 * @param {{ name: string, script: string, env: NodeJS.ProcessEnv, flags?: string[] }} options
 */
export function keepRunning({ name, script, env, flags = [] }) {
  /** @type {import('node:child_process').ChildProcess | null} */
  let child = null;
  let stopping = false;
  let failures = 0;

  function launch() {
    const startedAt = Date.now();
    child = spawn(process.execPath, [...flags, script], {
      cwd: root,
      env,
      detached: true,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    child.once('exit', async (code, signal) => {
      if (stopping) return;
      failures = Date.now() - startedAt > STABLE_AFTER_MS ? 1 : failures + 1;
      const wait = Math.min(1000 * 2 ** (failures - 1), LONGEST_PAUSE_MS);
      note(`The ${name} ended (${signal ?? `code ${code}`}) and is started again in ${wait / 1000} s.`);
      await pause(wait);
      if (!stopping) launch();
    });
  }

  launch();
  return {
    name,
    pid: () => child?.pid,
    hasFailed: () => failures > 0,
    async stop() {
      stopping = true;
      await end(child);
    },
    kill() {
      stopping = true;
      child?.kill('SIGKILL');
    },
  };
}

/** @param {import('node:child_process').ChildProcess | null} child */
async function end(child) {
  if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return;
  const { pid } = child;
  child.kill('SIGTERM');
  if (!(await waitUntil(() => !isAlive(pid), STOP_TIMEOUT_MS))) child.kill('SIGKILL');
  await waitUntil(() => !isAlive(pid), 2_000);
}

/**
 * Calls back once when this process is asked to stop: Ctrl-C, SIGTERM, a closed terminal, or the end of the npm that
 * started it (npm does not pass SIGTERM on). A second Ctrl-C is for the impatient.
 * @param {{ stop: () => void, stopNow: () => void }} on
 */
export function onStopRequest(on) {
  let asked = false;
  const request = () => {
    if (asked) on.stopNow();
    else on.stop();
    asked = true;
  };
  for (const signal of /** @type {NodeJS.Signals[]} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, request);
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent && !asked) request();
  }, 1_000).unref();
}
