import { Command } from 'commander';
import { accountIdOf } from '../../../apps/api/src/intake/facts/account-ids.js';
import { addAccountCommands } from '../../../apps/api/src/pipeline/run/accounts.cli.js';
import { LiveRefresh } from '../../../apps/api/src/pipeline/run/live-refresh.service.js';
import { ApiServer } from '../../support/api-server.js';

const ACME = `/api/v1/accounts/${accountIdOf('acme')}`;

describe('an account that is set aside', () => {
  let server: ApiServer;
  beforeAll(async () => {
    server = await ApiServer.start();
    const sender = server.withKey((await server.key(['facts:write'])).secret);
    await sender.post('/api/v1/facts/account', [
      { account: 'acme', name: 'Acme', seats: 4_000_000 },
      { account: 'zenith', name: 'Zenith', seats: 4 },
    ]);
    await server.dataSource.query(
      'ALTER TABLE steward.account_state ADD CONSTRAINT refused CHECK (seats < 1000000) NOT VALID',
    );
    await server.app.get(LiveRefresh, { strict: false }).drain();
  });
  afterAll(() => server?.close());

  async function explained(account: string, ...options: string[]): Promise<string> {
    const program = new Command();
    addAccountCommands(program, (work) => work(server.app));
    const printed: string[] = [];
    const out = jest.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
    try {
      await program.parseAsync(['explain', account, ...options], { from: 'user' });
    } finally {
      out.mockRestore();
    }
    return printed.join('');
  }

  it('says so on its page, and nobody else does', async () => {
    const reader = await server.as('admin');
    expect((await reader.get(ACME)).body.setAside).toEqual({ asOf: '2026-04-15', code: '23514' });
    const zenith = await reader.get(`/api/v1/accounts/${accountIdOf('zenith')}`);
    expect([zenith.status, zenith.body.setAside]).toEqual([200, null]);
    // The day before it was not computed either, but nobody tried.
    expect((await reader.get(`${ACME}?asOf=2026-04-14`)).body.setAside).toBeNull();
  });

  it('says why, and what brings it back, when it is explained', async () => {
    expect(await explained('acme')).toMatch(/^Set aside since 2026-04-15: .*23514.*"refused".*next fact/);
    expect(JSON.parse(await explained('acme', '--format', 'json')).setAside).toEqual([
      expect.objectContaining({ work: 'daily', asOf: '2026-04-15', code: '23514' }),
    ]);
    expect(await explained('zenith')).not.toMatch(/set aside/i);
  });

  it('is counted for whoever watches the server, which serves on', async () => {
    const { status, body } = await server.anonymous.get('/health/ready');
    expect(status).toBe(200);
    expect(body.checks).toContainEqual({
      name: 'accounts',
      ok: true,
      note: 'set aside because their data cannot be computed: 1',
    });
  });
});
