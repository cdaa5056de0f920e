import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { addLease, countLeases, lockHolder, tryLock, withLock } from '../../../scripts/lib/locks.mjs';

const locksModule = resolve(__dirname, '../../../scripts/lib/locks.mjs');

describe('locks between processes', () => {
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'steward-locks-'));
    path = join(folder, 'server.lock');
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function holdElsewhere() {
    const program = `
      const { tryLock } = await import(${JSON.stringify(locksModule)});
      process.send(tryLock(${JSON.stringify(path)}, 'elsewhere').holder === null);
      setInterval(() => {}, 1000);
    `;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    await once(child, 'message');
    return child;
  }

  it('belong to one, and tell the other who has them', async () => {
    const child = await holdElsewhere();
    expect(tryLock(path).holder).toMatchObject({ pid: child.pid, note: 'elsewhere' });
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    expect(tryLock(path, 'here').holder).toBeNull();
    expect(lockHolder(path)).toMatchObject({ pid: process.pid, note: 'here' });
  });

  it('leave nothing behind', () => {
    const lock = tryLock(path);
    lock.release?.();
    expect(existsSync(path)).toBe(false);
    expect(tryLock(path).holder).toBeNull();
  });

  it('do not believe a process that has only the number of the holder', () => {
    writeFileSync(path, JSON.stringify({ pid: process.pid, started: 'another life' }));
    expect(tryLock(path).holder).toBeNull();
  });

  it('make those who wait take turns', async () => {
    const order: string[] = [];
    const turn = (name: string) =>
      withLock(path, async () => {
        order.push(`${name} in`);
        await new Promise((resume) => setImmediate(resume));
        order.push(`${name} out`);
      });
    await Promise.all([turn('a'), turn('b')]);
    expect([order.slice(0, 2), order.slice(2)].map(([first = '']) => first[0]).toSorted()).toEqual(['a', 'b']);
    expect(order[1]).toBe(`${order[0]?.[0]} out`);
  });

  it('count only the living among those who use a thing', () => {
    const leases = join(folder, 'users');
    const lease = addLease(leases);
    writeFileSync(join(leases, '999999-x'), JSON.stringify({ pid: 999_999, started: '' }));
    expect(countLeases(leases)).toBe(1);
    lease.end();
    expect(countLeases(leases)).toBe(0);
  });
});
