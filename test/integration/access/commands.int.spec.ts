import { Command } from 'commander';
import { addApiKeyCommands } from '../../../apps/api/src/records/api-keys/api-keys.cli.js';
import { addUserCommands } from '../../../apps/api/src/records/users/users.cli.js';
import { ApiServer } from '../../support/api-server.js';

let server: ApiServer;

beforeAll(async () => {
  server = await ApiServer.start();
});

afterAll(() => server?.close());

/** Runs a command line on the running product; answers what it printed. */
async function run(line: string[]): Promise<string> {
  const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  addUserCommands(program, (work) => work(server.app));
  addApiKeyCommands(program, (work) => work(server.app));
  for (const command of program.commands) {
    for (const leaf of command.commands) leaf.exitOverride().configureOutput({ writeErr: () => undefined });
  }
  const printed: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  try {
    await program.parseAsync(line, { from: 'user' });
  } finally {
    write.mockRestore();
  }
  return printed.join('').trim();
}

const person = (email: string, ...rest: string[]) =>
  run(['user', 'create', '--email', email, '--name', 'Ana Silva', '--role', 'csm', ...rest]);

describe('commands for people and keys', () => {
  it('add a person with a password that works', async () => {
    await person('ana@example.com', '--password', 'a long password');
    expect(await server.cookieOf({ id: '', email: 'ana@example.com' }, 'a long password')).toContain('steward_session');
  });

  it('make up a password where none is given, and show it', async () => {
    const password = (await person('bo@example.com')).split(' ').at(-1)!;
    expect(await server.cookieOf({ id: '', email: 'bo@example.com' }, password)).toContain('steward_session');
    expect(await run(['user', 'list'])).toContain('bo@example.com\tAna Silva\tcsm\tactive');
  });

  it('put a person under a manager by address', async () => {
    await run(['user', 'create', '--email', 'lead@example.com', '--name', 'Lead', '--role', 'manager']);
    await person('cy@example.com', '--manager', 'Lead@example.com');
    const [row] = await server.dataSource.query(
      `SELECT m.email FROM steward.app_user u JOIN steward.app_user m ON m.id = u.manager_id WHERE u.email = 'cy@example.com'`,
    );
    expect(row.email).toBe('lead@example.com');
    await expect(person('dee@example.com', '--manager', 'nobody@example.com')).rejects.toThrow('nobody@example.com');
  });

  it('give a new password and end the sessions of the old one', async () => {
    const someone = await server.person('viewer');
    const before = await server.signedIn(someone);
    await run(['user', 'set-password', '--email', someone.email, '--password', 'brand new password']);
    expect((await before.get('/api/v1/me')).status).toBe(401);
    expect(await server.cookieOf(someone, 'brand new password')).toContain('steward_session');
  });

  it('make a key that works', async () => {
    const secret = await run(['api-key', 'create', '--name', 'Warehouse', '--scope', 'facts:write', 'accounts:read']);
    expect((await server.withKey(secret).get('/api/v1/workspace')).status).toBe(200);
    expect(await run(['api-key', 'list'])).toContain('Warehouse\tfacts:write,accounts:read');
  });

  it.each([
    [['user', 'create', '--email', 'x@example.com', '--name', 'X', '--role', 'owner']],
    [['user', 'create', '--email', 'nonsense', '--name', 'X', '--role', 'csm']],
    [['user', 'create', '--email', 'x@example.com', '--name', 'X', '--role', 'csm', '--password', 'short']],
    [['user', 'create', '--email', 'ana@example.com', '--name', 'X', '--role', 'csm']],
    [['user', 'create', '--name', 'X']],
    [['api-key', 'create', '--name', 'X', '--scope', 'everything']],
  ])('refuse %j', async (line) => {
    await expect(run(line)).rejects.toThrow();
  });
});
