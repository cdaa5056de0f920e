import { readdirSync, readFileSync } from 'node:fs';
import type pg from 'pg';

/** Linux counts processor time in hundredths of a second, on every machine that Node runs on. */
const TICKS_PER_SECOND = 100;

/**
 * Seconds of processor time, user and system together, of a process and its ended children. Linux tells it; null
 * elsewhere.
 */
export function processorSeconds(pid: number): number | null {
  try {
    const { ticks } = statusOf(pid);
    return ticks / TICKS_PER_SECOND;
  } catch {
    return null;
  }
}

/** The same of a whole PostgreSQL server on this machine: its postmaster and all processes that belong to it. */
export async function serverSeconds(pool: pg.Pool): Promise<number | null> {
  const { rows } = await pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  try {
    const postmaster = statusOf(rows[0]!.pid).parent;
    let ticks = statusOf(postmaster).ticks;
    for (const name of readdirSync('/proc')) {
      if (!/^\d+$/.test(name)) continue;
      const status = statusIfAlive(Number(name));
      if (status?.parent === postmaster) ticks += status.ticks;
    }
    return ticks / TICKS_PER_SECOND;
  } catch {
    return null;
  }
}

function statusIfAlive(pid: number) {
  try {
    return statusOf(pid);
  } catch {
    return null;
  }
}

function statusOf(pid: number): { parent: number; ticks: number } {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name stands in brackets and may hold anything; what follows is numbers.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const number = (index: number) => Number(fields[index]);
  return { parent: number(1), ticks: number(11) + number(12) + number(13) + number(14) };
}
