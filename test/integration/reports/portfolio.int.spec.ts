import { bandMoveBehind, bookBehind, churnBehind, renewalsBehind, workBehind } from '@steward/shared/portfolio-behind';
import { DAYS, PortfolioWorld, TODAY } from './portfolio-world.js';

let world: PortfolioWorld;
beforeAll(async () => {
  world = await PortfolioWorld.make();
});
afterAll(() => world?.close());

/** The state of a day as a table: today's, or a snapshot. */
const stateOf = (day: string) =>
  day === TODAY ? 'steward.account_state s' : `(SELECT * FROM steward.account_snapshot WHERE day = '${day}') s`;
const MODES = ['then', 'now'] as const;
const pageOf = (day: string, filters: object = {}) => ({
  filters: { ...filters },
  day,
  live: day === TODAY,
  role: 'csm' as const,
});

describe('books by owner', () => {
  const cases = DAYS.flatMap((day) =>
    MODES.flatMap((ownerMode) => MODES.map((tierMode) => ({ day, ownerMode, tierMode }))),
  );

  it.each(cases)('agree with plain SQL as of $day, owners of $ownerMode and tiers of $tierMode', async (given) => {
    const { day, ownerMode, tierMode } = given;
    const body = await world.get(`portfolio?asOf=${day}&ownerMode=${ownerMode}&tierMode=${tierMode}`);
    const owner = ownerMode === 'now' ? 'a.csm_user_id' : 's.csm_user_id';
    const tier = tierMode === 'now' ? 'n.tier' : 's.tier';
    const rows = await world.query<any>(
      `SELECT ${owner}::text AS owner, count(*)::int AS accounts, sum(s.arr_minor)::bigint AS arr,
         count(*) FILTER (WHERE s.band = 'at_risk')::int AS red, count(*) FILTER (WHERE ${tier} = 'T2')::int AS t2,
         round(avg(s.score), 2)::float8 AS mean
       FROM ${stateOf(day)} JOIN steward.account a ON a.id = s.account_id JOIN steward.account_state n ON n.account_id = a.id
       WHERE s.status IN ('trial', 'customer') GROUP BY 1`,
    );
    for (const row of rows) {
      const own = body.rows.filter((each: any) => each.owner.userId === row.owner);
      const sum = (of: (each: any) => number) => own.reduce((all: number, each: any) => all + of(each), 0);
      expect(sum((each) => each.accounts)).toBe(row.accounts);
      expect(sum((each) => each.arrMinor ?? 0)).toBe(row.arr ?? 0);
      expect(sum((each) => each.bands.at_risk.accounts)).toBe(row.red);
      expect(sum((each) => each.tiers[1].accounts)).toBe(row.t2);
      if (own.length === 1) expect(own[0].meanScore).toBeCloseTo(row.mean, 1);
    }
    expect(body.total.accounts).toBe(rows.reduce((all, { accounts }) => all + accounts, 0));
    const inTeams = body.teams.reduce((all: number, { accounts }: any) => all + accounts, 0);
    const ofNobody = body.rows.find(({ owner: { key } }: any) => key === 'none')?.accounts ?? 0;
    expect(inTeams + ofNobody).toBe(body.total.accounts);
    const tiered = body.total.tiers.reduce((all: number, { accounts }: any) => all + accounts, 0);
    expect(tiered + body.total.noTier).toBe(body.total.accounts);
    const loads = body.rows.filter(({ owner: { key } }: any) => key !== 'none').map(({ load }: any) => load);
    const mean = loads.reduce((all: number, load: number) => all + load, 0) / loads.length;
    expect(body.total.load).toBeCloseTo(mean, 0);
  });

  it.each(cases)('open exactly the accounts they count as of $day, $ownerMode, $tierMode', async (given) => {
    const { day, ownerMode, tierMode } = given;
    const filters = { ownerMode, tierMode, tier: ['T1', 'T2'] };
    const body = await world.get(`portfolio?asOf=${day}&ownerMode=${ownerMode}&tierMode=${tierMode}&tier=T1,T2`);
    const page = pageOf(day, filters);
    expect(await world.behind(bookBehind(page, null))).toBe(body.total.accounts);
    for (const row of body.rows.slice(0, 4)) {
      expect(await world.behind(bookBehind(page, [row.owner]))).toBe(row.accounts);
      expect(await world.behind(bookBehind(page, [row.owner], { band: 'watch' }))).toBe(row.bands.watch.accounts);
      expect(await world.behind(bookBehind(page, [row.owner], { tier: 'T1' }))).toBe(row.tiers[0].accounts);
    }
    const team = body.teams.find(({ manager }: any) => manager !== null);
    const owners = body.rows.filter(({ owner }: any) => team.owners.includes(owner.key)).map(({ owner }: any) => owner);
    expect(await world.behind(bookBehind(page, owners))).toBe(team.accounts);
  });

  it('name owners as they were delivered where they match nobody', async () => {
    const { rows } = await world.get('portfolio');
    expect(rows.find(({ owner }: any) => owner.key === 'text:Kim Former')).toMatchObject({ owner: { userId: null } });
    expect(rows.at(-1).owner).toMatchObject({ key: 'none', name: null });
  });

  it('hold within the scope of the reader', async () => {
    const { id, caller } = world.csms[0]!;
    const { rows, total } = await world.get('portfolio', caller);
    expect(rows.every(({ owner }: any) => owner.userId === id || owner.userId === null)).toBe(true);
    expect(total.accounts).toBe(await world.behind(bookBehind(pageOf(TODAY), null), caller));
  });

  it('say whose book is seen in part, and tell no load of it', async () => {
    const { caller } = world.csms[0]!;
    const { rows, teams, total } = await world.get('portfolio?role=am', caller);
    const inPart = rows.filter(({ owner }: any) => owner.userId !== null);
    expect(inPart).toHaveLength(1);
    expect(inPart[0]).toMatchObject({ owner: { partly: true }, load: null });
    for (const book of [inPart[0], teams[0], total]) {
      for (const tier of book.tiers) expect(tier).toMatchObject({ counted: 0, target: null, load: null });
      const tiered = book.tiers.reduce((all: number, { accounts }: any) => all + accounts, 0);
      expect(tiered + book.noTier).toBe(book.accounts);
    }
    const file = await caller.get('/api/v1/reports/portfolio/csv?table=books&role=am');
    const [headers, first] = file.body.split('\r\n').map((line: string) => line.split(','));
    expect(first[headers.indexOf('Seen')]).toBe('in part');
    expect(first[headers.indexOf('T1 target')]).toBe('');
    const whole = (await world.get('portfolio?role=am')).rows.filter(({ owner }: any) => owner.userId !== null);
    expect(whole).toHaveLength(1);
    expect(whole[0].owner.partly).toBe(false);
    expect(whole[0].load).toBeGreaterThan(0);
    expect(whole[0].accounts).toBeGreaterThan(inPart[0].accounts);
  });
});

describe('how bands moved', () => {
  it.each([
    ['2026-02-28', '2026-03-31'],
    ['2026-03-31', TODAY],
    ['2026-02-28', TODAY],
  ])('from %s to %s agrees with plain SQL, cell by cell with the accounts behind it', async (fromDay, toDay) => {
    const { cells, better, worse } = await world.get(`band-movement?fromDay=${fromDay}&toDay=${toDay}`);
    const band = (row: string) =>
      `CASE WHEN ${row}.status = 'customer' THEN coalesce(${row}.band, 'unknown') ELSE 'none' END`;
    const rows = await world.query<any>(
      `SELECT ${band('f')} AS "from", ${band('s')} AS "to", count(*)::int AS accounts FROM ${stateOf(toDay)}
       JOIN steward.account_snapshot f ON f.account_id = s.account_id AND f.day = $1 GROUP BY 1, 2`,
      [fromDay],
    );
    for (const cell of cells) {
      const row = rows.find(({ from, to }) => from === cell.from && to === cell.to);
      expect({ ...cell, accounts: row?.accounts ?? 0 }).toEqual(cell);
      const page = { filters: {}, role: 'csm' as const, fromDay, toDay, live: toDay === TODAY };
      if (cell.accounts > 0) expect(await world.behind(bandMoveBehind(page, cell))).toBe(cell.accounts);
    }
    expect(better.accounts + worse.accounts).toBeGreaterThan(0);
  });

  it('refuses days in reverse order and days to come', async () => {
    const { status } = await world.admin.get('/api/v1/reports/band-movement?fromDay=2026-04-01&toDay=2026-03-01');
    expect(status).toBe(400);
    expect((await world.admin.get('/api/v1/reports/band-movement?toDay=2026-05-01')).body.code).toBe('AS_OF_IN_FUTURE');
  });
});

describe('the work on accounts', () => {
  it.each(DAYS)('agrees with plain SQL as of %s', async (day) => {
    const { total } = await world.get(`portfolio/work?from=2026-02&asOf=${day}`);
    const [month] = [day.slice(0, 7)];
    const one = async (sql: string) => (await world.query<any>(sql))[0];
    const renewals = await one(
      `SELECT count(*)::int AS due, sum(amount_minor)::bigint AS arr,
         count(*) FILTER (WHERE outcome = 'lost' AND outcome_day <= '${day}')::int AS lost,
         count(*) FILTER (WHERE (outcome IS NULL OR outcome_day > '${day}') AND due_on < '${day}')::int AS overdue
       FROM steward.renewal WHERE due_on >= '2026-02-01' AND to_char(due_on, 'YYYY-MM') <= '${month}'`,
    );
    expect(total.renewals.due).toEqual({ renewals: renewals.due, arrMinor: renewals.arr });
    expect(total.renewals.byState.lost.renewals).toBe(renewals.lost);
    expect(total.renewals.byState.overdue.renewals).toBe(renewals.overdue);
    const touches = await one(
      `SELECT count(*)::int AS n FROM steward.touchpoint WHERE counts AND on_day BETWEEN '2026-02-01' AND '${day}'`,
    );
    expect(total.touches).toBe(touches.n);
    const tasks = await one(
      `SELECT count(*)::int AS n FROM steward.task WHERE due_day < '${day}' AND (ended_day IS NULL OR ended_day > '${day}')`,
    );
    expect(total.overdueTasks).toBe(tasks.n);
    const goals = await one(
      `SELECT count(*)::int AS n FROM steward.goal WHERE start_day <= '${day}' AND (ended_day IS NULL OR ended_day > '${day}')`,
    );
    expect(total.openGoals).toBe(goals.n);
    const alerts = await one(
      `SELECT count(*)::int AS n, count(acknowledged_at) FILTER (WHERE acknowledged_at < '${day}'::date + 1)::int AS answered,
         percentile_cont(0.5) WITHIN GROUP (ORDER BY ended_day - opened_day) FILTER (WHERE ended_day <= '${day}') AS days
       FROM steward.alert WHERE started = 'change' AND opened_day BETWEEN '2026-02-01' AND '${day}'`,
    );
    expect(total.alerts).toMatchObject({
      opened: alerts.n,
      answered: alerts.answered,
      medianDaysToResolve: alerts.days,
    });
  });

  it('opens the accounts behind each figure', async () => {
    const { rows } = await world.get('portfolio/work?from=2026-02');
    const page = pageOf(TODAY);
    const row = rows.find(({ owner }: any) => owner.userId === world.csms[1]!.id);
    const accounts = (which: Parameters<typeof workBehind>[3]) =>
      world.behind(workBehind(page, [row.owner], '2026-02', which));
    expect(await accounts('touched')).toBe(row.touchedAccounts);
    expect(await accounts('overdueTasks')).toBe(row.overdueTaskAccounts);
    expect(await accounts('openGoals')).toBe(row.openGoalAccounts);
    const months = { from: '2026-02', to: '2026-02' };
    const lost = await world.behind(renewalsBehind(page, [row.owner], months, { state: 'lost' }));
    expect(lost).toBe(row.renewals.byState.lost.renewals);
  });

  it('counts no business hours at night and at weekends', async () => {
    const [row] = await world.query<any>(
      `SELECT t.account_id, a.csm_user_id FROM steward.alert t JOIN steward.account a ON a.id = t.account_id
       WHERE a.region = 'North' LIMIT 1`,
    );
    // Friday 16:00 to Monday 10:00 in Berlin.
    await world.query(
      `UPDATE steward.alert SET started = 'change', state = 'acknowledged', opened_day = '2026-04-10',
         opened_at = '2026-04-10T14:00:00Z', acknowledged_at = '2026-04-13T08:00:00Z', ended_day = NULL WHERE account_id = $1`,
      [row.account_id],
    );
    await world.query(`UPDATE steward.account SET region = 'Alert' WHERE id = $1`, [row.account_id]);
    const { total } = await world.get('portfolio/work?region=Alert');
    expect(total.alerts.medianHoursToAcknowledge).toBe(2);
    await world.query(`UPDATE steward.account SET region = 'North' WHERE id = $1`, [row.account_id]);
  });
});

describe('renewals by month', () => {
  it('agree with plain SQL, and open the accounts behind them', async () => {
    const { months, total } = await world.get('renewals-by-month?from=2026-02&ahead=3');
    expect(months.map(({ month }: any) => month)).toEqual(
      ['2026-02', '2026-03', '2026-04', '2026-05', '2026-06', '2026-07'], // to three months ahead
    );
    const [row] = await world.query<any>(
      `SELECT count(*)::int AS n, sum(r.amount_minor)::bigint AS arr FROM steward.renewal r
       JOIN steward.account_state s USING (account_id)
       WHERE r.outcome IS NULL AND (r.due_on < '${TODAY}' OR s.band = 'at_risk' OR r.forecast_category = 'atRisk')`,
    );
    expect(total.atRisk).toEqual({ renewals: row.n, arrMinor: row.arr });
    const may = { from: '2026-05', to: '2026-05' };
    const atRisk = await world.behind(renewalsBehind(pageOf(TODAY), null, may, { atRisk: true }));
    expect(atRisk).toBe(months[3].atRisk.renewals);
  });
});

describe('why customers left', () => {
  it.each(DAYS)('agrees with plain SQL as of %s', async (day) => {
    const { total, reasons, influence, months } = await world.get(`churn-reasons?from=2026-02&asOf=${day}`);
    const [row] = await world.query<any>(
      `SELECT count(*)::int AS n, sum(coalesce(c.arr_lost_minor, b.arr_minor))::bigint AS arr FROM steward.account a
       LEFT JOIN steward.churn_record c ON c.account_id = a.id
       LEFT JOIN steward.account_snapshot b ON b.account_id = a.id AND b.day = a.churned_on - 1
       WHERE a.churned_on BETWEEN '2026-02-01' AND '${day}'`,
    );
    expect(total).toEqual({ accounts: row.n, arrLostMinor: row.arr });
    const sum = (of: any[]) => of.reduce((all, { accounts }) => all + accounts, 0);
    expect([sum(reasons), sum(influence), sum(months)]).toEqual([row.n, row.n, row.n]);
    const page = pageOf(day);
    for (const { reason, canInfluence, accounts } of reasons) {
      expect(await world.behind(churnBehind(page, '2026-02', { reason, canInfluence }))).toBe(accounts);
    }
  });

  it('tells the reason of the list where a file names it by its key', async () => {
    const { reasons, competitors } = await world.get('churn-reasons?from=2026-02');
    expect(reasons.map(({ reason }: any) => reason)).toEqual(expect.arrayContaining(['Merged', null]));
    expect(reasons.every(({ reason }: any) => reason !== 'price')).toBe(true);
    expect(competitors).toMatchObject([{ competitor: 'Rival' }]);
  });

  it('goes by the tier of the day before', async () => {
    const then = await world.get('churn-reasons?from=2026-02&tier=T1');
    const behind = await world.behind(churnBehind(pageOf(TODAY, { tier: ['T1'] }), '2026-02'));
    expect(behind).toBe(then.total.accounts);
  });
});

describe('what alerts and playbooks brought', () => {
  it.each(DAYS)('knows nothing as of %s of what came later', async (day) => {
    const { alertRules, playbooks } = await world.get(`plays?from=2026-02&asOf=${day}`);
    const sum = (of: 'fired' | 'toAcknowledge') => alertRules.reduce((all: number, rule: any) => all + rule[of], 0);
    const [alerts] = await world.query<any>(
      `SELECT count(*)::int AS fired, count(*) FILTER (WHERE t.acknowledged_at::date <= '${day}')::int AS answered
       FROM steward.alert t WHERE t.started = 'change' AND t.opened_day BETWEEN '2026-02-01' AND '${day}'`,
    );
    expect(sum('fired')).toBe(alerts.fired);
    expect(sum('toAcknowledge')).toBeGreaterThanOrEqual(alerts.answered);
    const inTime = alertRules.filter(({ acknowledgedInTimeRate }: any) => (acknowledgedInTimeRate ?? 0) > 0);
    expect(inTime.length).toBeLessThanOrEqual(alerts.answered);
    const told = (rate: string) => alertRules.filter((rule: any) => rule[rate] !== null).length;
    const [resolved] = await world.query<any>(
      `SELECT count(*)::int AS rules FROM steward.alert t WHERE t.started = 'change' AND t.state = 'resolved'
         AND t.opened_day BETWEEN '2026-02-01' AND '${day}' AND t.ended_day <= '${day}'`,
    );
    expect(told('falseAlarmRate')).toBe(resolved.rules);
    const [goals] = await world.query<any>(
      `SELECT count(*)::int AS started, count(*) FILTER (WHERE ended_day IS NULL OR ended_day > '${day}')::int AS running,
         count(*) FILTER (WHERE status = 'achieved' AND ended_day <= '${day}')::int AS achieved,
         count(*) FILTER (WHERE status = 'missed' AND ended_day <= '${day}')::int AS missed
       FROM steward.goal WHERE start_day BETWEEN '2026-02-01' AND '${day}'`,
    );
    expect(playbooks[0]).toMatchObject(goals);
  });
});

describe('where there is little or nothing', () => {
  const everything = ['portfolio', 'portfolio/work', 'band-movement', 'renewals-by-month', 'churn-reasons', 'plays'];

  it.each(everything)('%s of no account has no figure that is made up', async (path) => {
    const text = JSON.stringify(await world.get(`${path}?region=Nowhere`));
    expect(text).not.toMatch(/NaN|Infinity/);
  });

  it('knows no mean where no score is known, and no rate of nothing', async () => {
    const { total } = await world.get('portfolio?region=Unknown');
    expect(total).toMatchObject({ meanScore: null, scored: 0 });
    expect(total.bands.unknown.accounts).toBe(total.accounts);
    const work = await world.get('portfolio/work?region=Nowhere');
    expect(work.total.renewals.renewedRate).toBeNull();
  });

  it('tells of one account, and of accounts that have all gone', async () => {
    expect((await world.get('portfolio?region=One')).total.accounts).toBe(1);
    expect((await world.get('portfolio?region=Gone')).total).toMatchObject({ accounts: 0, arrMinor: null, load: null });
    expect((await world.get('churn-reasons?region=Gone&from=2026-02')).total.accounts).toBe(4);
  });

  it('says nothing of months without churn', async () => {
    const { total, reasons } = await world.get('churn-reasons?from=2025-06&to=2025-07');
    expect({ total, reasons }).toEqual({ total: { accounts: 0, arrLostMinor: null }, reasons: [] });
  });
});

it('refuses months in reverse order, too many, and segments that are not there', async () => {
  const code = async (query: string) => (await world.admin.get(`/api/v1/reports/portfolio?${query}`)).body.code;
  expect(await code('from=2026-04&to=2026-03')).toBe('INVALID_INPUT');
  expect(await code('from=2015-01&to=2026-03')).toBe('INVALID_INPUT');
  expect(await code('asOf=2026-04-16')).toBe('AS_OF_IN_FUTURE');
  expect(await code('segment=11111111-1111-4111-8111-111111111111')).toBe('FILTER_NOT_VALID');
});

it.each(['books', 'work', 'bandMovement', 'renewalsByMonth', 'churnReasons', 'alertRules', 'playbooks'])(
  'writes %s as a file',
  async (table) => {
    const { status, headers, body } = await world.admin.get(`/api/v1/reports/portfolio/csv?table=${table}`);
    expect([status, headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(body.split('\r\n').length).toBeGreaterThan(1);
  },
);
