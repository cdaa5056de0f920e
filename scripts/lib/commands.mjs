import { spawn } from 'node:child_process';
import { root } from './places.mjs';

/**
 * Runs a program to its end, keeping what it prints for the case that it fails.
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, failure: string }} options
 * @returns {Promise<string>} what it printed
 */
export function runQuietly(program, args, { cwd = root, env = process.env, failure }) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: isWindowsScript(program),
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.once('error', (error) => reject(new Error(`${failure}: ${error.message}`)));
    child.once('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${failure}:\n${output.trim()}`));
    });
  });
}

/**
 * Runs a program in this terminal and returns its exit code. It is ended when it takes longer than it may.
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, hideStdout?: boolean }} [options]
 * @returns {Promise<number>}
 */
export function runHere(program, args, { cwd = root, env = process.env, timeoutMs, hideStdout = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env,
      stdio: ['inherit', hideStdout ? 'ignore' : 'inherit', 'inherit'],
      shell: isWindowsScript(program),
    });
    // A Ctrl-C reaches the child by the terminal; a SIGTERM is passed on. Either way its end is waited for.
    const ignore = () => {};
    const pass = () => child.kill('SIGTERM');
    process.on('SIGINT', ignore);
    process.on('SIGTERM', pass);
    const timer = timeoutMs
      ? setTimeout(() => {
          process.stderr.write(`\n${args[0] ?? program} took longer than ${timeoutMs / 1000} s and is ended.\n`);
          child.kill('SIGTERM');
          setTimeout(() => child.kill('SIGKILL'), 10_000).unref();
        }, timeoutMs)
      : undefined;
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      process.off('SIGINT', ignore);
      process.off('SIGTERM', pass);
      resolve(code ?? (signal === 'SIGINT' ? 130 : 143));
    });
  });
}

/** @param {string} program */
const isWindowsScript = (program) => process.platform === 'win32' && program === 'npx';
