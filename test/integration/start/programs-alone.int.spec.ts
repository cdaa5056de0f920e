import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from '../../../scripts/lib/embedded-postgres/postmaster.mjs';
import { waitUntil } from '../../../scripts/lib/processes.mjs';
import { compileServer } from '../../support/compiled-server.js';
import { type MigratedDatabase, migratedDatabase } from '../../support/migrated-database.js';

const root = resolve(__dirname, '../../..');

/** What the image takes along, put where its Dockerfile would put it, by the same commands. */
function takeAlong(folder: string): void {
  const dockerfile = readFileSync(join(root, 'docker/Dockerfile'), 'utf8').replaceAll('\\\n', '');
  const commands = /^RUN (mkdir -p \/programs.*)$/m.exec(dockerfile)?.[1];
  if (commands === undefined) throw new Error('The Dockerfile no longer gathers the programs in /programs.');
  const { status, stderr } = spawnSync('sh', ['-ec', commands.replaceAll('/programs', folder)], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
}

describe('the programs, with nothing beside them but what the image takes along', () => {
  let folder: string;
  let database: MigratedDatabase;
  let environment: Record<string, string>;

  beforeAll(async () => {
    compileServer();
    folder = mkdtempSync(join(tmpdir(), 'steward-programs-'));
    takeAlong(folder);
    database = await migratedDatabase();
    environment = { PATH: process.env.PATH ?? '', DATABASE_URL: database.url, FILES_FOLDER: join(folder, 'files') };
  }, 120_000);
  afterAll(async () => {
    await database?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  const run = (program: string, ...args: string[]) =>
    spawnSync(process.execPath, [join(folder, 'bundle', program), ...args], {
      cwd: folder,
      env: environment,
      encoding: 'utf8',
    });

  it('bring a database up to date and add a person to it', () => {
    expect(run('migrate.js')).toMatchObject({ status: 0 });
    const person = ['--email', 'ada@example.com', '--name', 'Ada', '--role', 'admin', '--password', 'correct horse'];
    expect(run('cli.js', 'user', 'create', ...person)).toMatchObject({ status: 0 });
  });

  it('serve the API, check a password, and show the page that describes it', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const server = spawn(process.execPath, [join(folder, 'bundle', 'main.js')], {
      cwd: folder,
      env: { ...environment, HOST: '127.0.0.1', PORT: new URL(url).port, LOG_LEVEL: 'warn' },
      stdio: 'ignore',
    });
    const ended = once(server, 'exit');
    try {
      const statusOf = (path: string, asking?: RequestInit) =>
        fetch(`${url}${path}`, asking).then(
          async (answer) => {
            // What is not read keeps the server from ending.
            await answer.arrayBuffer();
            return answer.status;
          },
          () => null,
        );
      await waitUntil(async () => (await statusOf('/health/ready')) === 200, 30_000);
      const signIn = (password: string) =>
        statusOf('/api/v1/auth/sign-in', {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-steward-request': '1' },
          body: JSON.stringify({ email: 'ada@example.com', password }),
        });
      expect([await signIn('correct horse'), await signIn('wrong horse')]).toEqual([204, 401]);
      expect(await statusOf('/api/docs/swagger-ui-bundle.js')).toBe(200);
    } finally {
      server.kill('SIGTERM');
    }
    expect(await ended).toEqual([0, null]);
  });
});
