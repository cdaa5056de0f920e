import type { TimelineEntry } from '@steward/shared/timeline';
import { Partitions } from '../../../apps/api/src/db/partitions.js';
import type { Tx } from '../../../apps/api/src/db/unit-of-work.js';
import { TimelineRepository } from '../../../apps/api/src/desk/timeline/timeline.repository.js';
import { DEFAULT_DEAL_STAGES } from '../../../apps/api/src/domain/deals/stages.js';
import { accountIdOf } from '../../../apps/api/src/intake/facts/account-ids.js';
import { ApiServer, type Caller, type TestPerson } from '../../support/api-server.js';
import { insertRows } from '../../support/insert-rows.js';

const ACCOUNT = accountIdOf('acme');
const NEIGHBOUR = accountIdOf('neighbour');
const NO_CONTACT = '00000000-0000-0000-0000-000000000000';
const id = (n: number) => `30000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

let server: ApiServer;
let cora: TestPerson;
let csm: Caller;
let am: Caller;

const account = { status: 'customer', first_seen_on: '2026-01-01', revision: 1 };
const of = { account_id: ACCOUNT };

beforeAll(async () => {
  server = await ApiServer.start();
  cora = await server.person('csm');
  csm = await server.signedIn(cora);
  am = await server.as('viewer');
  const { dataSource } = server;
  await new Partitions(dataSource).ensure(['account_snapshot'], '2026-03-01', '2026-04-15');
  await insertRows(dataSource, 'account', [
    { ...account, id: ACCOUNT, external_id: 'acme', name: 'Acme', csm_user_id: cora.id },
    { ...account, id: NEIGHBOUR, external_id: 'neighbour', name: 'Neighbour' },
  ]);
  await insertRows(dataSource, 'contact', [{ ...of, id: id(1), external_id: 'u-1', name: 'Ann Ash' }]);
  await insertRows(dataSource, 'touchpoint', [
    {
      ...of,
      id: 't-1',
      kind: 'call',
      at: '2026-04-10T08:00:00Z',
      on_day: '2026-04-10',
      text: 'Saved 100% of_the time',
      counts: true,
      links: ['https://acme.test'],
      contact_ids: [id(1)],
      author_user_id: cora.id,
    },
    { ...of, id: 't-2', kind: 'note', at: '2026-04-20T08:00:00Z', on_day: '2026-04-20', text: 'tomorrow’s', links: [] },
    { account_id: NEIGHBOUR, id: 't-3', kind: 'call', at: '2026-04-10T08:00:00Z', on_day: '2026-04-10', links: [] },
  ]);
  await insertRows(dataSource, 'ticket', [
    {
      ...of,
      id: 'k-1',
      opened_at: '2026-04-08T10:00:00Z',
      opened_on: '2026-04-08',
      closed_at: '2026-04-11T10:00:00Z',
      closed_on: '2026-04-11',
      priority: 'urgent',
      status: 'closed',
      subject: 'Export fails',
    },
  ]);
  const invoice = { ...of, amount_minor: 120_050, currency: 'EUR' };
  await insertRows(dataSource, 'invoice', [
    { ...invoice, id: 'i-1', issued_on: '2026-03-01', due_on: '2026-03-15', status: 'paid', paid_on: '2026-03-20' },
    { ...invoice, id: 'i-2', issued_on: '2026-04-01', due_on: '2026-04-15', status: 'open', amount_minor: 120_000 },
  ]);
  const answer = { ...of, kind: 'nps', scale_min: 0, scale_max: 10, contact_id: id(1) };
  await insertRows(dataSource, 'survey_answer', [
    { ...answer, id: 'a-1', answered_on: '2026-04-05', score: 3, comment: 'Too slow' },
  ]);
  await insertRows(dataSource, 'deal', [
    {
      ...of,
      id: 'd-1',
      kind: 'expansion',
      name: 'More seats',
      state: 'won',
      opened_on: '2026-03-02',
      ended_on: '2026-04-02',
      amount_minor: 500_000,
      currency: 'EUR',
    },
  ]);
  await insertRows(dataSource, 'subscription', [
    { ...of, id: 's-1', plan: 'Team', quantity: 20, starts_on: '2026-01-01', ends_on: '2026-03-31' },
    {
      ...of,
      id: 's-2',
      plan: 'Pro',
      starts_on: '2026-01-01',
      ends_on: '2026-03-31',
      auto_renew: true,
      term_months: 12,
    },
  ]);
  await insertRows(dataSource, 'pulse', [
    { ...of, day: '2026-04-03', value: 2, note: 'Sponsor left', author_user_id: cora.id },
  ]);
  const snapshot = { ...of, status: 'customer' };
  await insertRows(dataSource, 'account_snapshot', [
    { ...snapshot, day: '2026-04-01', band: 'healthy', score: 80.5 },
    { ...snapshot, day: '2026-04-02', band: 'healthy', score: 79 },
    { ...snapshot, day: '2026-04-03', band: 'at_risk', score: 30.99 },
    { ...snapshot, day: '2026-04-04', band: 'unknown', score: null },
  ]);
  await insertRows(dataSource, 'stage_move', [
    { ...of, id: id(10), from_stage: 'onboarding', to_stage: 'adoption', moved_on: '2026-03-10', reason: 'rule' },
  ]);
  await insertRows(dataSource, 'tier_move', [
    { ...of, id: id(11), to_tier: 'T2', moved_on: '2026-03-05', reason: 'rule' },
  ]);
  const segment = { of: 'account', rule: {}, rule_version: 1, revision: 1 };
  await insertRows(dataSource, 'segment', [
    { ...segment, id: id(20), name: 'Ours', visibility: 'shared', owner_user_id: cora.id },
    { ...segment, id: id(21), name: 'Cora’s own', visibility: 'private', owner_user_id: cora.id },
  ]);
  const entered = { ...of, contact_id: NO_CONTACT, kind: 'entered', at: '2026-04-06T05:00:00Z', day: '2026-04-06' };
  await insertRows(dataSource, 'segment_event', [
    { ...entered, id: id(30), segment_id: id(20), how: 'rule' },
    { ...entered, id: id(31), segment_id: id(21), how: 'rule' },
    { ...entered, id: id(32), segment_id: id(20), how: 'baseline', day: '2026-03-01' },
  ]);
  await insertRows(dataSource, 'alert', [
    {
      ...of,
      id: id(40),
      kind: 'churn',
      severity: 'high',
      state: 'resolved',
      started: 'change',
      reason: 'Score fell',
      outcome: 'successful',
      outcome_note: 'Trained them',
      opened_day: '2026-04-07',
    },
    {
      ...of,
      id: id(41),
      kind: 'churn',
      severity: 'high',
      state: 'pending',
      started: 'change',
      reason: 'Hidden reason',
    },
  ]);
  const event = { ...of, alert_id: id(40) };
  await insertRows(dataSource, 'alert_event', [
    // Found in the night after the day that it is about.
    { ...event, id: id(42), kind: 'opened', at: '2026-04-08T00:05:00Z', day: '2026-04-07' },
    { ...event, id: id(43), kind: 'resolved', at: '2026-04-09T12:00:00Z', day: '2026-04-09', by_user_id: cora.id },
    { ...event, id: id(45), kind: 'resolved', at: '2026-04-08T11:00:00Z', day: '2026-04-08', by_user_id: cora.id },
    {
      ...event,
      id: id(46),
      kind: 'undone',
      at: '2026-04-08T11:00:05Z',
      day: '2026-04-08',
      by_user_id: cora.id,
      details: { undoes: id(45), kind: 'resolved' },
    },
    { ...event, id: id(47), kind: 'acknowledged', at: '2026-04-08T10:00:00Z', day: '2026-04-08', by_user_id: cora.id },
    {
      ...event,
      id: id(48),
      kind: 'undone',
      at: '2026-04-09T10:00:00Z',
      day: '2026-04-09',
      by_user_id: cora.id,
      details: { undoes: id(47), kind: 'acknowledged' },
    },
    { ...event, id: id(44), alert_id: id(41), kind: 'opened', at: '2026-04-08T00:05:00Z', day: '2026-04-07' },
  ]);
  await insertRows(dataSource, 'account_field', [
    { ...of, field: 'csm', from_day: '2026-01-01', value: { userId: null, text: 'Old Hand' }, source: 'files/account' },
    { ...of, field: 'csm', from_day: '2026-03-08', value: { userId: cora.id, text: 'Cora' }, source: 'files/account' },
    { ...of, field: 'csm', from_day: '2026-03-09', value: { userId: cora.id, text: 'Cora' }, source: 'files/account' },
  ]);
});

afterAll(() => server?.close());

const path = `/api/v1/accounts/${ACCOUNT}/timeline`;
const entries = async (query = '', by = csm): Promise<TimelineEntry[]> => {
  const answer = await by.get(`${path}?limit=200&${query}`);
  expect(answer).toMatchObject({ status: 200 });
  return answer.body.entries;
};
const told = (list: TimelineEntry[]) => list.map(({ day, title }) => `${day} ${title}`);

describe('the timeline of an account', () => {
  it('tells all that happened and was not taken back, newest first, and nothing of other accounts or days to come', async () => {
    expect(told(await entries())).toEqual([
      '2026-04-11 Ticket closed: Export fails',
      '2026-04-10 Call',
      '2026-04-09 Alert resolved, successful (high): raised by hand',
      '2026-04-08 Ticket opened (urgent): Export fails',
      '2026-04-07 Alert (high): raised by hand',
      '2026-04-06 Entered Cora’s own',
      '2026-04-06 Entered Ours',
      '2026-04-05 NPS 3 of 10',
      '2026-04-04 Health: at risk (30) → unknown',
      '2026-04-03 Pulse 2 of 6',
      '2026-04-03 Health: healthy (79) → at risk (30)',
      '2026-04-02 Expansion deal won: More seats, 5,000 EUR',
      '2026-04-01 Subscription ended: Team',
      '2026-04-01 Invoice i-2 issued, 1,200 EUR',
      '2026-03-20 Invoice i-1 paid, 1,200.50 EUR',
      '2026-03-16 Invoice i-1 overdue, 1,200.50 EUR',
      '2026-03-10 Stage: Onboarding → Adoption',
      '2026-03-08 CSM: Old Hand → Cora',
      '2026-03-05 Tier: Tier 2',
      '2026-03-02 Expansion deal opened: More seats, 5,000 EUR',
      '2026-03-01 Invoice i-1 issued, 1,200.50 EUR',
      '2026-01-01 Subscription begun: Pro',
      '2026-01-01 Subscription begun: Team × 20',
    ]);
  });

  it('shows of a touch who, with whom and where to read on', async () => {
    const [touch] = await entries('kinds=touchpoint');
    expect(touch).toEqual({
      id: 'touchpoint:t-1',
      kind: 'touchpoint',
      what: 'call',
      at: '2026-04-10T08:00:00.000Z',
      day: '2026-04-10',
      dayOnly: false,
      title: 'Call',
      text: 'Saved 100% of_the time',
      by: { userId: cora.id, name: 'csm 1' },
      with: ['Ann Ash'],
      subjectId: 't-1',
      links: ['https://acme.test'],
    });
  });

  it('keeps what was found at night on the day that it is about', async () => {
    const opened = (await entries('kinds=alert')).find(({ what }) => what === 'opened');
    expect(opened).toMatchObject({ day: '2026-04-07', dayOnly: true, text: 'Score fell' });
  });

  it.each([
    ['2026-04-08', 'kinds=ticket', ['2026-04-08 Ticket opened (urgent): Export fails']],
    ['2026-03-15', 'kinds=invoice', ['2026-03-01 Invoice i-1 issued, 1,200.50 EUR']],
    [
      '2026-04-08',
      'kinds=alert',
      ['2026-04-08 Alert acknowledged (high): raised by hand', '2026-04-07 Alert (high): raised by hand'],
    ],
    ['2026-04-02', 'kinds=health', []],
    ['2026-03-31', 'kinds=subscription,deal', expect.not.arrayContaining([expect.stringMatching(/won|ended/)])],
  ])('as of %s tells what had happened by then', async (asOf, kinds, expected) => {
    expect(told(await entries(`asOf=${asOf}&${kinds}`))).toEqual(expected);
  });

  it('does not look ahead', async () => {
    expect(await csm.get(`${path}?asOf=2026-04-16`)).toMatchObject({ status: 400, body: { code: 'AS_OF_IN_FUTURE' } });
  });

  it.each([
    ['100%', ['Call']],
    ['of_the', ['Call']],
    ['100_', []],
    ['%', ['Call']],
    ['EXPORT FAILS', ['Ticket closed: Export fails', 'Ticket opened (urgent): Export fails']],
    ['ann ash', ['Call', 'NPS 3 of 10']],
    ['Trained', ['Alert resolved, successful (high): raised by hand']],
    ['Hidden reason', []],
    ["'; DROP TABLE steward.touchpoint; --", []],
  ])('finds “%s” as it is written', async (text, titles) => {
    expect((await entries(`text=${encodeURIComponent(text)}`)).map(({ title }) => title)).toEqual(titles);
  });

  it('counts by kind what the text finds, with the first page only', async () => {
    const all = (await csm.get(`${path}?kinds=touchpoint`)).body;
    expect(all.counts).toMatchObject({ touchpoint: 1, ticket: 2, invoice: 4, segment: 2, health: 2, owner: 1 });
    expect(all.entries).toHaveLength(1);
    const found = (await csm.get(`${path}?text=ann%20ash`)).body;
    expect(found.counts).toEqual({ touchpoint: 1, survey: 1 });
    const first = (await csm.get(`${path}?limit=5`)).body;
    expect((await csm.get(`${path}?limit=5&before=${first.next}`)).body.counts).toBeNull();
  });

  it.each([1, 3, 7])('is the same in pages of %s, though something new comes in between', async (limit) => {
    const whole = (await entries()).map((entry) => entry.id);
    const paged: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const { body }: { body: any } = await csm.get(`${path}?limit=${limit}${next && `&before=${next}`}`);
      paged.push(...body.entries.map((entry: TimelineEntry) => entry.id));
      if (next === '') {
        const late = { ...of, id: `late-${limit}`, kind: 'call', on_day: '2026-04-15', links: [] };
        await insertRows(server.dataSource, 'touchpoint', [{ ...late, at: '2026-04-15T08:00:00.123456Z' }]);
      }
      next = body.next;
    }
    await server.dataSource.query(`DELETE FROM steward.touchpoint WHERE id LIKE 'late-%'`);
    expect(paged).toEqual(whole);
  });

  it.each(['x', 'bm9wZQ', Buffer.from('["2026-04-01T00:00:00Z", 1]').toString('base64url')])(
    'refuses “%s” as the place to go on from',
    async (before) => {
      expect(await csm.get(`${path}?before=${before}`)).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT' } });
    },
  );

  it('does not give away a private segment', async () => {
    expect(told(await entries('kinds=segment', am))).toEqual(['2026-04-06 Entered Ours']);
  });

  it('has what people edit, with their names', async () => {
    await csm.put(`/api/v1/accounts/${ACCOUNT}/plan`, {
      revision: 0,
      note: 'Careful',
      objectives: [],
      nextStep: { text: 'Call', day: null, ownerUserId: null },
      links: [],
    });
    expect(await entries('kinds=edit')).toEqual([
      expect.objectContaining({
        what: 'plan',
        title: 'Plan changed: next step, note',
        day: '2026-04-15',
        by: { userId: cora.id, name: 'csm 1' },
      }),
    ]);
  });

  it('is read by the key of its account, whatever the neighbours have', async () => {
    const { dataSource } = server;
    const many = `SELECT $1::uuid AS account_id, gen_random_uuid() AS id, n FROM generate_series(1, 50000) n`;
    await dataSource.query(
      `INSERT INTO steward.touchpoint (account_id, id, kind, at, on_day, links, counts, contact_ids, observed_at, received_at)
       SELECT account_id, 'n-' || n, 'call', '2026-04-01', '2026-04-01', '[]', TRUE, '{}', now(), now() FROM (${many}) m`,
      [NEIGHBOUR],
    );
    await dataSource.query(
      `INSERT INTO steward.segment_event (account_id, id, segment_id, contact_id, kind, day, at, since_day, since_at, how)
       SELECT account_id, id, id, id, 'left', '2026-04-01', now(), '2026-04-01', now(), 'rule' FROM (${many}) m`,
      [NEIGHBOUR],
    );
    await dataSource.query(
      `INSERT INTO steward.audit_log (id, at, actor_kind, actor_name, action, subject_kind, subject_id, account_id, changes)
       SELECT id, now(), 'user', 'x', 'account.edited', 'account', 'x', account_id, '{}' FROM (${many}) m`,
      [NEIGHBOUR],
    );
    await dataSource.query('ANALYZE');
    let asked: { sql: string; values: unknown[] } = { sql: '', values: [] };
    const listening = {
      query: async (sql: string, values: unknown[]) => {
        asked = { sql, values };
        return { records: [] };
      },
    };
    const question = { accountId: ACCOUNT, day: '2026-04-15', timeZone: 'UTC', userId: cora.id, labels: {} };
    await server.app
      .get(TimelineRepository, { strict: false })
      .page(listening as unknown as Tx, { ...question, kinds: null, text: '' }, null, 51);
    const plan: { 'QUERY PLAN': string }[] = await dataSource.query(`EXPLAIN ${asked.sql}`, asked.values);
    const lines = plan.map((line) => line['QUERY PLAN']).join('\n');
    expect(lines).not.toMatch(/Seq Scan on (touchpoint|segment_event|audit_log)/);
    const before = performance.now();
    await entries();
    expect(performance.now() - before).toBeLessThan(2_000);
  }, 120_000);

  it('tells how a deal moved, that a customer leaves and has left, and what was taken back of it no more', async () => {
    const { dataSource } = server;
    await insertRows(dataSource, 'deal_event', [
      {
        ...of,
        id: id(60),
        deal_id: 'd-1',
        kind: 'moved',
        at: '2026-03-05T09:00:00Z',
        day: '2026-03-05',
        by_user_id: cora.id,
        details: { stage: { from: null, to: DEFAULT_DEAL_STAGES[1]!.key } },
      },
    ]);
    const left = { ...of, by_user_id: cora.id, at: '2026-04-14T09:00:00Z' };
    await insertRows(dataSource, 'leaving', [
      { ...left, id: id(61), notice_given_on: '2026-04-10', leaves_on: '2026-06-30' },
      { ...left, id: id(62), notice_given_on: '2026-04-11', taken_back_at: '2026-04-12T09:00:00Z' },
    ]);
    await insertRows(dataSource, 'churn_record', [
      {
        ...left,
        id: id(63),
        churned_on: '2026-04-14',
        reason_key: 'price',
        reason_label: 'Price',
        competitor: 'Rival',
      },
    ]);
    expect(told(await entries('kinds=renewal,deal'))).toEqual([
      '2026-04-14 Churned: Price (to Rival)',
      '2026-04-10 Notice given, leaves on 2026-06-30',
      '2026-04-02 Expansion deal won: More seats, 5,000 EUR',
      `2026-03-05 Deal moved to ${DEFAULT_DEAL_STAGES[1]!.label}: More seats`,
      '2026-03-02 Expansion deal opened: More seats, 5,000 EUR',
    ]);
    for (const table of ['deal_event', 'leaving', 'churn_record'])
      await dataSource.query(`DELETE FROM steward.${table}`);
  });

  it('refuses kinds that there are not', async () => {
    expect(await csm.get(`${path}?kinds=touchpoint,gossip`)).toMatchObject({ status: 400 });
  });
});
