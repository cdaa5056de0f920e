import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { useCluster } from '../../../scripts/lib/embedded-postgres/cluster.mjs';
import { runningPostmaster, stopPostmaster } from '../../../scripts/lib/embedded-postgres/postmaster.mjs';
import { temporaryFolder } from '../../../scripts/lib/embedded-postgres/temporary.mjs';
import { isAlive, waitUntil } from '../../../scripts/lib/processes.mjs';

const clusterModule = resolve(__dirname, '../../../scripts/lib/embedded-postgres/cluster.mjs');

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Another process that uses the cluster until it is told to leave, or is killed. */
async function anotherUser(home: string, purpose: 'shipped' | 'test' = 'test') {
  const program = `
    const { useCluster } = await import(${JSON.stringify(clusterModule)});
    const cluster = await useCluster(${JSON.stringify(home)}, { purpose: '${purpose}' });
    process.on('message', async () => { await cluster.leave(); process.exit(0); });
    process.send(cluster.url);
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [url] = (await once(child, 'message')) as [string];
  return {
    url,
    async leave() {
      const ended = once(child, 'exit');
      child.send('leave');
      await ended;
    },
    async kill() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

describe('the embedded PostgreSQL', () => {
  let home: string;

  beforeEach(() => {
    home = temporaryFolder();
  });

  afterEach(async () => {
    await stopPostmaster(join(home, 'postgres-18'));
    rmSync(home, { recursive: true, force: true });
  });

  it('takes a password that only its owner can read, and sorts text by code point everywhere alike', async () => {
    const cluster = await useCluster(home, { purpose: 'test' });
    const [row] = await query(
      cluster.url,
      `SELECT datlocprovider::text AS provider, datlocale AS locale, pg_encoding_to_char(encoding) AS encoding
       FROM pg_database WHERE datname = current_database()`,
    );
    expect(row).toEqual({ provider: 'b', locale: 'C.UTF-8', encoding: 'UTF8' });
    expect(statSync(join(home, 'postgres-password')).mode & 0o777).toBe(0o600);
    const wrong = new URL(cluster.url);
    wrong.password = 'wrong';
    await expect(query(wrong.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
    await cluster.leave();
  });

  it('keeps full durability unless it is for tests', async () => {
    const cluster = await useCluster(home);
    const settings = await query(
      cluster.url,
      `SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') ORDER BY name`,
    );
    expect(settings.map((row) => row.setting)).toEqual(['on', 'on', 'on']);
    await cluster.leave();
  });

  it('runs until the last of its users leaves', async () => {
    const first = await useCluster(home, { purpose: 'test' });
    const other = await anotherUser(home);
    expect(other.url).toBe(first.url);
    await first.leave();
    expect(await query(other.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await other.leave();
    expect(runningPostmaster(first.dataFolder)).toBeNull();
    expect(existsSync(join(first.dataFolder, 'postmaster.pid'))).toBe(false);
  });

  it('has lost nothing that was committed when everything was killed', async () => {
    const other = await anotherUser(home, 'shipped');
    await query(other.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await other.kill();
    const { pid } = runningPostmaster(join(home, 'postgres-18'))!;
    process.kill(pid, 'SIGKILL');
    await waitUntil(() => !isAlive(pid), 5_000);
    const next = await useCluster(home);
    expect(await query(next.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    await next.leave();
    expect(runningPostmaster(next.dataFolder)).toBeNull();
  });

  it('adopts the running server that a killed user left, and stops it at the end', async () => {
    const other = await anotherUser(home);
    const before = runningPostmaster(join(home, 'postgres-18'));
    await other.kill();
    const next = await useCluster(home, { purpose: 'test' });
    expect(runningPostmaster(next.dataFolder)?.pid).toBe(before?.pid);
    await next.leave();
    expect(runningPostmaster(next.dataFolder)).toBeNull();
  });

  it('starts again at the same address when it died', async () => {
    const cluster = await useCluster(home, { purpose: 'test' });
    const { pid } = runningPostmaster(cluster.dataFolder)!;
    process.kill(pid, 'SIGKILL');
    await waitUntil(() => !isAlive(pid), 5_000);
    expect(await cluster.ensureRunning()).toBe(true);
    expect(await query(cluster.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await cluster.leave();
  });

  it('is made once when two begin at the same time', async () => {
    const [a, b] = await Promise.all([anotherUser(home), anotherUser(home)]);
    expect(a.url).toBe(b.url);
    await Promise.all([a.leave(), b.leave()]);
    const password = readFileSync(join(home, 'postgres-password'), 'utf8');
    expect(new URL(a.url).password).toBe(password);
    expect(runningPostmaster(join(home, 'postgres-18'))).toBeNull();
  });
});
