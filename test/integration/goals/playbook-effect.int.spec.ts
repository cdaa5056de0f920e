import { randomUUID } from 'node:crypto';
import { Partitions } from '../../../apps/api/src/db/partitions.js';
import { aPlaybook } from '../../../apps/api/src/domain/goals/goal.factory.js';
import { all } from '../../../apps/api/src/domain/rule-builders.js';
import { anAlert, anAlertRule } from '../../support/alerts.js';
import { ApiServer, type Caller } from '../../support/api-server.js';
import { insertRows } from '../../support/insert-rows.js';

/** Whose events and memberships are the account's own. */
const NIL = '00000000-0000-0000-0000-000000000000';

/** It is 15 April 2026, and the playbook takes 30 days. */
describe('the effect of a playbook', () => {
  let server: ApiServer;
  let admin: Caller;
  let csm: Caller;
  let csmId: string;
  let otherId: string;
  let segment: string;
  let rule: string;
  let playbook: string;

  const insert = (table: string, row: Record<string, unknown>) => insertRows(server.dataSource, table, [row]);
  const effect = async (caller: Caller, id = playbook, query = '') => {
    const { status, body } = await caller.get(`/api/v1/playbooks/${id}/effect${query}`);
    expect({ status, body }).toMatchObject({ status: 200 });
    return body;
  };
  const create = async (definition: object) =>
    (await admin.post('/api/v1/playbooks', { definition: aPlaybook({ durationDays: 30, ...definition }) })).body.id;

  /** Days with what the account was at their close: score, ARR and status. */
  type Days = Record<string, [number | null, number | null, string?]>;
  const anAccount = async (days: Days = {}, ownerId = csmId) => {
    const id = randomUUID();
    await insert('account', {
      id,
      external_id: id,
      name: 'An account',
      status: 'customer',
      csm_user_id: ownerId,
      revision: 1,
    });
    for (const [day, [score, arr, status = 'customer']] of Object.entries(days)) {
      await insert('account_snapshot', { account_id: id, day, score, arr_minor: arr, status });
    }
    return id;
  };
  const aGoal = (accountId: string, startDay: string, goal: object = {}) =>
    insert('goal', {
      account_id: accountId,
      id: randomUUID(),
      playbook_id: playbook,
      playbook_version: 1,
      kind: 'retention',
      status: 'inProgress',
      started: 'segment',
      start_day: startDay,
      due_day: '2026-12-31',
      revision: 1,
      ...goal,
    });
  const entered = (accountId: string, day: string, event: object = {}) =>
    insert('segment_event', {
      account_id: accountId,
      id: randomUUID(),
      segment_id: segment,
      contact_id: NIL,
      kind: 'entered',
      day,
      since_day: day,
      how: 'rule',
      ...event,
    });
  const alerted = (accountId: string, day: string, alert: object = {}) =>
    anAlert(server.dataSource, accountId, {
      rule_id: rule,
      opened_day: day,
      state: 'cleared',
      ended_day: day,
      ...alert,
    });

  beforeAll(async () => {
    server = await ApiServer.start();
    await server.dataSource.query('UPDATE steward.workspace SET everyone_sees_all = false');
    await new Partitions(server.dataSource).ensure(['account_snapshot'], '2025-12-01', '2026-04-15');
    admin = await server.as('admin');
    const person = await server.person('csm');
    csmId = person.id;
    csm = await server.signedIn(person);
    otherId = (await server.person('csm')).id;
    const [{ version }] = await server.dataSource.query(
      `SELECT nextval('steward.segment_rule_version')::int AS version`,
    );
    segment = randomUUID();
    await insert('segment', {
      id: segment,
      name: 'Review',
      of: 'account',
      rule: all(),
      visibility: 'shared',
      rule_version: version,
      revision: 1,
    });
    rule = await anAlertRule(server.dataSource);
    playbook = await create({ triggers: { segmentIds: [segment], alertRuleIds: [rule] } });

    // With it. Reached after 20 days: +35 points; a second goal of the account counts among the goals alone.
    const reached = await anAccount({ '2026-01-10': [40, 100], '2026-01-30': [75, 120], '2026-02-09': [1, 1] });
    await aGoal(reached, '2026-01-10', { status: 'achieved', ended_day: '2026-01-30', started: 'hand' });
    await aGoal(reached, '2026-03-01', { status: 'achieved', ended_day: '2026-03-11', playbook_version: 2 });
    // Missed on the day after; measured after 30 days: +2.
    const missed = await anAccount({ '2026-01-10': [50, 200], '2026-02-09': [52, 200], '2026-02-10': [1, 1] });
    await aGoal(missed, '2026-01-10', { status: 'missed', ended_day: '2026-02-10' });
    // Given up by a person, and lost: −5, and all of its ARR.
    const given = await anAccount({ '2026-02-01': [45, 100], '2026-02-11': [40, 100, 'churned'] });
    await aGoal(given, '2026-02-01', { status: 'cancelled', ended_day: '2026-02-11', ended_by: csmId });
    // Cancelled by a run; its score at the start is unknown.
    const unknown = await anAccount({ '2026-02-01': [null, null], '2026-02-21': [60, 50] });
    await aGoal(unknown, '2026-02-01', { status: 'cancelled', ended_day: '2026-02-21' });
    // Goes on.
    await aGoal(await anAccount({ '2026-04-01': [40, 100] }), '2026-04-01');
    // Has not begun.
    await aGoal(await anAccount(), '2026-05-01', { status: 'notStarted' });

    // Without it: +5 and −5, each from the first trigger on.
    await entered(await anAccount({ '2026-01-10': [50, 300], '2026-02-09': [55, 330] }), '2026-01-10');
    const both = await anAccount({ '2026-01-15': [60, 100], '2026-02-14': [55, 100], '2026-03-22': [99, 900] });
    await alerted(both, '2026-01-15');
    await entered(both, '2026-02-20');
    // Its 30 days are not over.
    await entered(await anAccount({ '2026-04-10': [50, 100] }), '2026-04-10');
    // Of somebody else: +25.
    await entered(await anAccount({ '2026-01-10': [50, 300], '2026-02-09': [75, 300] }, otherId), '2026-01-10');
    // Nobody to compare with: true at start, pending, left, of a contact, churned by then, and one on which it ran then.
    const days: Days = { '2026-01-10': [10, 1], '2026-02-09': [90, 9] };
    await alerted(await anAccount(days), '2026-01-10', { started: 'start' });
    await alerted(await anAccount(days), '2026-01-10', { state: 'pending', ended_day: null });
    await entered(await anAccount(days), '2026-01-10', { kind: 'left' });
    await entered(await anAccount(days), '2026-01-10', { contact_id: randomUUID() });
    await entered(await anAccount({ ...days, '2026-01-10': [10, 1, 'churned'] }), '2026-01-10');
    const ranThen = await anAccount(days);
    await aGoal(ranThen, '2025-04-01', { status: 'achieved', ended_day: '2026-01-12' });
    await entered(ranThen, '2026-01-10');
  }, 180_000);
  afterAll(() => server?.close());

  it('is what came of its goals', async () => {
    const body = await effect(csm);
    expect(body).toMatchObject({
      from: '2025-04-16',
      to: '2026-04-15',
      started: 6,
      ended: 5,
      achieved: 2,
      missed: 1,
      cancelled: 2,
    });
    // 2 of 4: one was cancelled by itself. Reached after 20 and 10 days.
    expect(body.successRate).toBe(0.5);
    expect(body.successInterval.map((each: number) => Number(each.toFixed(3)))).toEqual([0.15, 0.85]);
    expect(body.medianDays).toBe(15);
  });

  it('is the change of accounts that got it against those that met a trigger and did not', async () => {
    const { treated, compared, scoreDifference } = await effect(csm);
    // (35 + 2 − 5) ÷ 3; 100 + 200 + 100 → 120 + 200 + 0.
    expect(treated).toMatchObject({ accounts: 5, scoreKnown: 3, arrKnown: 3, arrChangePercent: -20 });
    expect(treated.scoreChange).toBeCloseTo(32 / 3, 9);
    // (5 − 5) ÷ 2; 300 + 100 → 330 + 100.
    expect(compared).toEqual({ accounts: 3, scoreKnown: 2, scoreChange: 0, arrKnown: 2, arrChangePercent: 7.5 });
    // Variances 456.33 and 50: 10.67 ± t(2)·√(456.33/3 + 50/2) = 10.67 ± 4.303·13.31.
    expect(scoreDifference.points).toBeCloseTo(32 / 3, 9);
    expect(scoreDifference.interval.map((each: number) => Number(each.toFixed(1)))).toEqual([-46.6, 67.9]);
  });

  it('says how far to trust it, the most important first', async () => {
    expect((await effect(csm)).cautions).toEqual([
      'The comparison rests on 3 accounts that got it and 2 that did not: under 30 in a group, chance weighs heavily.',
      'The difference may be chance alone: its 95 % interval reaches from −46.6 to +67.9 points.',
      'The groups were not alike at the start: a mean score of 45 with it and of 55 without. Low scores tend to rise by themselves.',
      expect.stringMatching(/^People chose who gets it in 1 of 6 goals/),
      'By then 1 had churned with it and 0 without it: they count with their last score, and with no ARR.',
      'A goal that ended early is measured on that day, often at its best; everything else after 30 days.',
      'The goals are of 2 versions of the playbook, taken together.',
      'Not in the success rate: 1 goal that ended because the reason or the customer had gone.',
      'The score at one end is not known for 1 account with it and 0 without it: they are left out.',
    ]);
  });

  it('is of the accounts that the reader sees', async () => {
    expect((await effect(admin)).compared).toMatchObject({ accounts: 4, scoreKnown: 3, scoreChange: 25 / 3 });
    const another = await server.as('csm');
    const nothing = await effect(another);
    expect(nothing).toMatchObject({ started: 0, successRate: null, medianDays: null, scoreDifference: null });
    expect(nothing).toMatchObject({ treated: { accounts: 0 }, compared: { accounts: 0 } });
    expect(nothing.cautions).toEqual(['No goal of it started in this time.']);
  });

  it('is of the time that is asked for', async () => {
    const february = await effect(csm, playbook, '?from=2026-02-01&to=2026-02-28');
    // The account with the alert of January entered the segment in February, and is measured from then on.
    expect(february).toMatchObject({ started: 2, treated: { accounts: 2 }, compared: { accounts: 1, scoreKnown: 0 } });
    expect(await effect(csm, playbook, '?to=2030-01-01')).toMatchObject({ from: '2025-04-16', to: '2026-04-15' });
    for (const query of ['?from=2026-03-01&to=2026-02-01', '?from=2020-01-01', '?from=yesterday']) {
      const refused = await csm.get(`/api/v1/playbooks/${playbook}/effect${query}`);
      expect(refused).toMatchObject({ status: 400, body: { details: [{ path: 'from' }] } });
    }
    expect((await csm.get(`/api/v1/playbooks/${randomUUID()}/effect`)).status).toBe(404);
  });

  it('compares with nobody where it has no triggers', async () => {
    const byHand = await create({});
    await aGoal(await anAccount({ '2026-01-10': [40, 100], '2026-02-09': [50, 100] }), '2026-01-10', {
      playbook_id: byHand,
      started: 'hand',
    });
    const body = await effect(csm, byHand);
    expect(body).toMatchObject({ treated: { accounts: 1, scoreChange: 10 }, compared: null, scoreDifference: null });
    expect(body.cautions[0]).toMatch(/^It has no triggers, so there is nobody to compare with/);
  });
});
