import type { StudioOverview, StudioSignals } from '@steward/shared/health-figures';
import { ApiServer, type Caller } from '../../support/api-server.js';
import { published, withSample } from './studio-world.js';

const STUDIO = '/api/v1/health-studio';

let server: ApiServer;
let admin: Caller;
beforeAll(async () => {
  server = await ApiServer.start();
  admin = await server.as('admin');
  await withSample(server, { accounts: 14, months: 2, seed: 5 });
  // Too little is known of one account: it has no score, and is in no step of scores.
  await server.dataSource.query(
    `UPDATE steward.account_state SET score = NULL, band = 'unknown' WHERE account_id = (SELECT account_id
     FROM steward.account_state WHERE status = 'customer' AND score IS NOT NULL ORDER BY account_id LIMIT 1)`,
  );
}, 240_000);
afterAll(() => server.close());

interface State {
  score: number | null;
  band: string;
  arrMinor: number | null;
  version: number;
  caps: number[];
  signals: (number | null)[];
}
const stored = () =>
  server.dataSource.query(
    `SELECT s.score::float8, s.band, s.arr_minor AS "arrMinor", s.health_version_id AS version, s.caps, s.signals
     FROM steward.account_state s WHERE s.status IN ('trial', 'customer')`,
  ) as Promise<State[]>;

it('counts the accounts of each profile by band, score and cap as they are stored', async () => {
  const states = await stored();
  const { status, body } = (await admin.get(`${STUDIO}/overview`)) as { status: number; body: StudioOverview };
  expect(status).toBe(200);
  expect(body.accounts).toBe(states.length);
  for (const profile of await published(admin)) {
    const mine = states.filter(({ version }) => version === profile.versionId);
    const scores = mine.flatMap(({ score }) => (score === null ? [] : [score]));
    const found = body.profiles.find(({ profileId }) => profileId === profile.id);
    if (!found) throw new Error(`${profile.name} is missing`);
    expect([found.accounts, found.unknown]).toEqual([mine.length, mine.length - scores.length]);
    expect(found.mean ?? 0).toBeCloseTo(
      scores.length === 0 ? 0 : scores.reduce((sum, score) => sum + score, 0) / scores.length,
      6,
    );
    for (const { band, accounts } of found.bands) {
      expect(accounts).toBe(mine.filter((state) => state.band === band).length);
    }
    for (const { from, to, accounts } of found.histogram) {
      expect(accounts).toBe(scores.filter((score) => score >= from && (score < to || to === 100)).length);
    }
    for (const [place, { key }] of profile.body.limits.entries()) {
      expect(found.limits.find((each) => each.key === key)?.holds).toBe(
        mine.filter(({ caps }) => caps.includes(place)).length,
      );
    }
    expect(found.connectedMeasures + found.notConnected.length).toBe(found.countedMeasures);
  }
});

it('spreads the values of a signal over steps that hold every account with one', async () => {
  const states = await stored();
  const signals = ['usage.active_contacts', 'sentiment.nps', 'own.never_made'];
  const { body } = (await admin.post(`${STUDIO}/signals`, { signals })) as { body: StudioSignals };
  expect(body.signals.map(({ signal }) => signal).sort()).toEqual(['sentiment.nps', 'usage.active_contacts']);
  const found = body.signals.find(({ signal }) => signal === 'usage.active_contacts');
  const [{ number }] = await server.dataSource.query(
    `SELECT number FROM steward.signal_definition WHERE key = 'usage.active_contacts'`,
  );
  const values = states
    .flatMap((state) => (state.signals[number - 1] == null ? [] : [Number(state.signals[number - 1])]))
    .sort((a, b) => a - b);
  expect(found).toMatchObject({
    connected: true,
    withValue: values.length,
    withoutValue: states.length - values.length,
    min: values[0],
    max: values.at(-1),
  });
  expect(found?.bins.reduce((sum, { accounts }) => sum + accounts, 0)).toBe(values.length);
  expect(found?.bins.length).toBeLessThanOrEqual(30);
});

it('keeps the values of signals to those who may use the studio, and asks for at least one', async () => {
  const viewer = await server.as('viewer');
  expect((await viewer.post(`${STUDIO}/signals`, { signals: ['sentiment.nps'] })).status).toBe(403);
  expect((await viewer.get(`${STUDIO}/overview`)).status).toBe(200);
  expect((await admin.post(`${STUDIO}/signals`, { signals: [] })).status).toBe(400);
});

it('shows those who see only their own accounts nothing of the others', async () => {
  const csm = await server.as('csm');
  const { body } = (await csm.get(`${STUDIO}/overview`)) as { body: StudioOverview };
  const [{ own }] = await server.dataSource.query(
    `SELECT count(*)::int AS own FROM steward.account_state s JOIN steward.account a ON a.id = s.account_id
     WHERE s.status IN ('trial', 'customer') AND a.csm_user_id IS NULL AND a.am_user_id IS NULL`,
  );
  expect(body.accounts).toBe(own);
});
