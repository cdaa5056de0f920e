import { randomUUID } from 'node:crypto';
import { enteredBehind, slowBehind, stageBehind } from '@steward/shared/portfolio-behind';
import { STAGE_OUTCOMES } from '@steward/shared/report-parts';
import { Partitions } from '../../../apps/api/src/db/partitions.js';
import { ApiServer, type Caller } from '../../support/api-server.js';
import { insertRows, insertStates } from '../../support/insert-rows.js';

const TODAY = '2026-04-15';
const DAYS = ['2026-02-28', '2026-03-31', TODAY] as const;

let server: ApiServer;
let admin: Caller;
let csm: Caller;
let csmId: string;

interface Given {
  region?: string;
  owner?: string | null;
  since?: string;
  arr?: number;
  /** Day → stage, the oldest first. The account is there, found, when the first is on the workspace's first day. */
  moves: [string, string][];
}

/** An account that moved through the stages, with its state of today and snapshots of the other days. */
async function anAccount({ region = 'North', owner = null, since = '2025-06-01', arr = 1_000_00, moves }: Given) {
  const id = randomUUID();
  const db = server.dataSource;
  const stageOn = (day: string) => moves.filter(([on]) => on <= day).at(-1) ?? [null, null];
  const statusOn = (day: string) => (stageOn(day)[1] === 'churned' ? 'churned' : 'customer');
  const account = { id, external_id: id, name: `Account ${id}`, status: statusOn(TODAY), region, revision: 1 };
  await insertRows(db, 'account', [{ ...account, csm_user_id: owner, customer_since: since, tags: [] }]);
  const at = (day: string) => {
    const [stage_since, stage] = stageOn(day);
    return { account_id: id, status: statusOn(day), stage, stage_since, arr_minor: arr, csm_user_id: owner };
  };
  await insertStates(db, [{ ...at(TODAY), as_of: TODAY }]);
  await insertRows(
    db,
    'account_snapshot',
    DAYS.slice(0, 2).map((day) => ({ ...at(day), day })),
  );
  await insertRows(
    db,
    'stage_move',
    moves.map(([moved_on, to_stage], index) => ({
      ...{ account_id: id, id: randomUUID(), from_stage: moves[index - 1]?.[1] ?? null, to_stage, moved_on },
      ...{ reason: 'rule', created_at: `2026-04-15T00:00:0${index}Z` },
    })),
  );
  return id;
}

const get = async (path: string, caller = admin): Promise<any> => {
  const { status, body } = await caller.get(`/api/v1/reports/lifecycle${path}`);
  expect({ path, status, body }).toMatchObject({ status: 200 });
  return body;
};
const behind = async ({ rule, asOf, parts }: ReturnType<typeof stageBehind>): Promise<number> =>
  (await admin.post('/api/v1/accounts/count', { rule, asOf, parts })).body.accounts;
const stage = (body: any, key: string) => body.stages.find((each: any) => each.key === key);
const pageOf = (day: string, filters: object = {}) => ({
  filters: { ...filters },
  day,
  live: day === TODAY,
  role: 'csm' as const,
});

beforeAll(async () => {
  server = await ApiServer.start();
  admin = await server.as('admin');
  const person = await server.person('csm');
  csmId = person.id;
  csm = await server.signedIn(person);
  await new Partitions(server.dataSource).ensure(['account_snapshot'], '2026-02-01', TODAY);
  const found: [string, string] = ['2025-12-01', 'onboarding'];
  await anAccount({
    owner: csmId,
    arr: 9_000_00,
    moves: [found, ['2026-02-10', 'adoption'], ['2026-03-12', 'established']],
  });
  await anAccount({
    owner: csmId,
    since: '2026-01-05',
    moves: [
      ['2026-01-05', 'onboarding'],
      ['2026-02-04', 'adoption'],
    ],
  });
  await anAccount({
    since: '2026-01-20',
    moves: [
      ['2026-01-20', 'onboarding'],
      ['2026-04-01', 'churned'],
    ],
  });
  await anAccount({ since: '2026-02-01', arr: 5_000_00, moves: [['2026-02-01', 'onboarding']] });
  await anAccount({
    moves: [found, ['2026-02-05', 'churned'], ['2026-03-01', 'onboarding'], ['2026-04-05', 'adoption']],
  });
  await anAccount({
    region: 'Steps',
    moves: [
      ['2025-12-01', 'established'],
      ['2026-02-10', 'advocate'],
      ['2026-02-20', 'established'],
      ['2026-03-20', 'advocate'],
    ],
  });
  await anAccount({ region: 'Late', since: '2024-01-01', moves: [['2026-02-15', 'established']] });
  await anAccount({
    region: 'Gone',
    moves: [
      ['2025-12-01', 'established'],
      ['2026-03-10', 'churned'],
    ],
  });
});

afterAll(() => server?.close());

describe('where accounts stand', () => {
  it.each(DAYS)('agrees with plain SQL as of %s, with the accounts behind it', async (day) => {
    const body = await get(`?asOf=${day}`);
    const state = day === TODAY ? 'account_state' : `account_snapshot WHERE day = '${day}'`;
    const rows: any[] = await server.dataSource.query(
      `SELECT stage, count(*)::int AS accounts, sum(arr_minor)::bigint AS arr,
         count(*) FILTER (WHERE '${day}'::date - stage_since > 60 AND stage = 'onboarding')::int AS stuck
       FROM steward.${state} GROUP BY stage`,
    );
    for (const each of body.stages) {
      const row = rows.find((one) => one.stage === each.key);
      expect(each).toMatchObject({ accounts: row?.accounts ?? 0, arrMinor: row?.arr ?? null });
      expect(each.pace.on_track + each.pace.behind + each.pace.stuck).toBe(each.accounts);
      expect(await behind(stageBehind(pageOf(day), each.key))).toBe(each.accounts);
    }
    expect(stage(body, 'onboarding').pace.stuck).toBe(rows.find((row) => row.stage === 'onboarding')?.stuck ?? 0);
  });
});

describe('the funnel', () => {
  it('counts accounts once a stage, by what became of them', async () => {
    const body = await get('/funnel?from=2026-01');
    expect(stage(body, 'onboarding')).toMatchObject({
      ...{ entered: 4, movedOn: 2, lost: 1, wentBack: 0, stillThere: 1, conversion: 50, reEntries: 0, found: 0 },
    });
    expect(stage(body, 'adoption')).toMatchObject({ entered: 3, movedOn: 1, stillThere: 2, conversion: 33.33 });
    expect(stage(body, 'churned')).toMatchObject({ entered: 3 });
  });

  it('takes a return after churn for an entry, falling back for none, and a second time for a re-entry', async () => {
    const body = await get('/funnel?from=2026-01&region=Steps');
    expect(stage(body, 'advocate')).toMatchObject({ entered: 1, wentBack: 1, conversion: 0, reEntries: 1 });
    expect(stage(body, 'established')).toMatchObject({ entered: 0, conversion: null, fellBackInto: 1 });
  });

  it('leaves out who was found in a stage: on the first day, or long after the account began', async () => {
    expect(stage(await get('/funnel?from=2026-01&region=Late'), 'established')).toMatchObject({ entered: 0, found: 1 });
    expect(stage(await get('/funnel?from=2025-12'), 'onboarding')).toMatchObject({ entered: 4, found: 2 });
  });

  it.each(DAYS)('by month adds up to the whole as of %s, each with the accounts behind it', async (day) => {
    const body = await get(`/funnel?from=2026-01&asOf=${day}`);
    for (const { key, ...figures } of body.stages) {
      const cells = body.cohorts.map((cohort: any) => stage(cohort, key));
      expect(cells.reduce((sum: number, cell: any) => sum + cell.entered, 0)).toBe(figures.entered);
      for (const became of STAGE_OUTCOMES) {
        expect(await behind(enteredBehind(pageOf(day), '2026-01', key, { became }))).toBe(figures[became]);
      }
    }
    for (const { month, stages } of body.cohorts) {
      for (const { key, entered } of stages) {
        expect(await behind(enteredBehind(pageOf(day), '2026-01', key, { month }))).toBe(entered);
      }
    }
    const [{ n }] = await server.dataSource.query(
      `SELECT count(DISTINCT account_id)::int AS n FROM steward.stage_move
       WHERE to_stage = 'onboarding' AND moved_on BETWEEN '2026-01-01' AND '${day}'`,
    );
    expect(stage(body, 'onboarding').entered).toBe(n);
  });
});

describe('time in a stage', () => {
  it('tells stays that ended from those that run, and both from those since an unknown day', async () => {
    const body = await get('/time-in-stage?from=2026-01');
    // 30 days, 71 days until churn, 35 days after the return; found ones left out.
    expect(stage(body, 'onboarding').completed).toEqual({ stays: 3, median: 35, p90: 63.8 });
    expect(stage(body, 'onboarding').running).toEqual({ accounts: 1, median: 73, p90: 73, found: 0 });
    expect(stage(body, 'established').running).toMatchObject({ accounts: 2, median: 34, found: 1 });
    expect(stage(body, 'prospect')).toMatchObject({
      completed: { stays: 0, median: null, p90: null },
      running: { accounts: 0, median: null, p90: null, found: 0 },
    });
  });

  it('counts everybody who is in a stage, also those of whom no move is known', async () => {
    const { stages } = await get('');
    const body = await get('/time-in-stage');
    for (const { key, accounts } of stages) expect([key, stage(body, key).running.accounts]).toEqual([key, accounts]);
  });

  it('looks no further than the day', async () => {
    const { completed, running } = stage(await get('/time-in-stage?from=2026-01&asOf=2026-03-31'), 'onboarding');
    expect(completed).toMatchObject({ stays: 1, median: 30 });
    expect(running).toMatchObject({ accounts: 3, median: 58 });
  });
});

describe('stuck accounts', () => {
  it('are listed by ARR, with how long they have been there', async () => {
    const { total, arrMinor, rows } = await get('/stuck');
    expect({ total, arrMinor }).toEqual({ total: 1, arrMinor: 5_000_00 });
    expect(rows[0]).toMatchObject({ days: 73, pace: 'stuck', stage: { key: 'onboarding' }, stuckDays: 60 });
    const { stages } = await get('');
    expect(await behind(slowBehind(pageOf(TODAY), stages, 'stuck'))).toBe(1);
  });

  it('come in pages, behind ones with them where they are asked for', async () => {
    const first = await get('/stuck?pace=behind&asOf=2026-03-31&limit=1');
    const second = await get('/stuck?pace=behind&asOf=2026-03-31&limit=1&offset=1');
    expect([first.rows.length, second.rows.length]).toEqual([1, 1]);
    expect(first.rows[0].account.id).not.toBe(second.rows[0].account.id);
    expect(first.rows[0].account.arrMinor).toBeGreaterThanOrEqual(second.rows[0].account.arrMinor);
    const { stages } = await get('?asOf=2026-03-31');
    expect(await behind(slowBehind(pageOf('2026-03-31'), stages, 'behind'))).toBe(first.total);
  });
});

it('holds within the scope of the reader', async () => {
  const body = await get('', csm);
  const accounts = body.stages.reduce((sum: number, each: any) => sum + each.accounts, 0);
  const [{ n }] = await server.dataSource.query(
    'SELECT count(*)::int AS n FROM steward.account WHERE csm_user_id = $1 OR (csm_user_id IS NULL AND am_user_id IS NULL)',
    [csmId],
  );
  expect(accounts).toBe(n);
});

it.each(['', '/funnel', '/time-in-stage', '/stuck'])('lifecycle%s of no account makes nothing up', async (path) => {
  expect(JSON.stringify(await get(`${path}?region=Nowhere`))).not.toMatch(/NaN|Infinity/);
});

it('tells of accounts that have all gone', async () => {
  const body = await get('/funnel?region=Gone&from=2026-01');
  expect(stage(body, 'churned')).toMatchObject({ entered: 1, stillThere: 1, conversion: 0 });
});

it.each(['stages', 'funnel', 'cohorts', 'timeInStage', 'stuck'])('writes %s as a file', async (table) => {
  const { status, body } = await admin.get(`/api/v1/reports/lifecycle/csv?table=${table}`);
  expect(status).toBe(200);
  expect(body.split('\r\n').length).toBeGreaterThan(1);
});
