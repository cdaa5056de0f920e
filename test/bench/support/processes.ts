import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { WORKER_FLAGS } from '../../../scripts/lib/worker-flags.mjs';

const programOf = (door: string) => fileURLToPath(new URL(`../../../apps/api/bundle/${door}.js`, import.meta.url));

/** Processes of the product as it is shipped, on a database and a free port; all of them end with `stop`. */
export class Processes {
  private readonly children: ChildProcess[] = [];
  private readonly files = mkdtempSync(join(tmpdir(), 'steward-bench-'));

  constructor(private readonly databaseUrl: string) {}

  /** Answers its address once it serves. */
  async api(): Promise<string> {
    const port = await freePort();
    const child = this.start('main', [], { PORT: String(port) });
    const url = `http://127.0.0.1:${port}`;
    for (;;) {
      if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}`);
      const ready = await fetch(`${url}/health/ready`).catch(() => null);
      if (ready?.ok) return url;
      await pause(100);
    }
  }

  worker(): ChildProcess {
    return this.start('worker', []);
  }

  command(...args: string[]): ChildProcess {
    return this.start('cli', args);
  }

  /** Of those that still run. */
  pids(): number[] {
    return this.children.flatMap(({ pid, exitCode }) => (pid === undefined || exitCode !== null ? [] : [pid]));
  }

  private start(door: string, args: string[], environment: Record<string, string> = {}): ChildProcess {
    const flags = door === 'worker' ? WORKER_FLAGS : [];
    const child = spawn(process.execPath, [...flags, programOf(door), ...args], {
      env: {
        ...process.env,
        DATABASE_URL: this.databaseUrl,
        LOG_LEVEL: 'error',
        FILES_FOLDER: this.files,
        ...environment,
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    this.children.push(child);
    return child;
  }

  async stop(): Promise<void> {
    for (const child of this.children) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 20_000);
      await ended;
      clearTimeout(late);
    }
    rmSync(this.files, { recursive: true, force: true });
  }
}

/** From now on the peak of this process is told anew. Does nothing where the system has none to tell. */
export function forgetPeak(): void {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
  } catch {
    // Only Linux has it.
  }
}

/** The most memory that a running process has held so far, in MB. Linux tells it; null elsewhere. */
export function peakMemoryMb({ pid }: Pick<ChildProcess, 'pid'>): number | null {
  try {
    const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kilobytes === undefined ? null : Number(kilobytes) / 1024;
  } catch {
    return null;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port is free');
  return address.port;
}
