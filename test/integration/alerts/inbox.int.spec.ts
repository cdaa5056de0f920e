import { randomUUID } from 'node:crypto';
import { anAlert, anAlertRule } from '../../support/alerts.js';
import { ApiServer, type Caller, type TestPerson } from '../../support/api-server.js';
import { insertRows, insertStates } from '../../support/insert-rows.js';

describe('the inbox', () => {
  let server: ApiServer;
  let csm: Caller;
  let am: Caller;
  let lead: Caller;
  let admin: Caller;
  let people: Record<'csm' | 'peer' | 'am' | 'stranger', TestPerson>;
  const accounts: Record<string, string> = {};

  const anAccount = async (name: string, csmId: string | null, amId: string | null, arrMinor: number | null) => {
    const id = randomUUID();
    const owners = { csm_user_id: csmId, am_user_id: amId };
    await insertRows(server.dataSource, 'account', [
      { id, external_id: name, name, status: 'customer', ...owners, first_seen_on: '2026-01-01', revision: 1 },
    ]);
    await insertStates(server.dataSource, [
      { account_id: id, as_of: '2026-04-15', status: 'customer', ...owners, arr_minor: arrMinor },
    ]);
    accounts[name] = id;
  };
  const alert = (name: string, overrides: object = {}) => anAlert(server.dataSource, accounts[name]!, { ...overrides });

  beforeAll(async () => {
    server = await ApiServer.start();
    const manager = await server.person('manager');
    people = {
      csm: await server.person('csm', { managerId: manager.id }),
      peer: await server.person('csm', { managerId: manager.id }),
      am: await server.person('am'),
      stranger: await server.person('csm'),
    };
    csm = await server.signedIn(people.csm);
    am = await server.signedIn(people.am);
    lead = await server.signedIn(manager);
    admin = await server.as('admin');
    await anAccount('Large', people.csm.id, people.am.id, 900);
    await anAccount('Small', people.csm.id, people.am.id, 100);
    await anAccount('Growing', people.csm.id, people.am.id, 5000);
    await anAccount('Peer', people.peer.id, null, 70);
    await anAccount('Nobody', null, null, null);
    await anAccount('100%_Hidden', people.stranger.id, null, 1_000_000);
    const byAm = await anAlertRule(server.dataSource, { name: 'Seats', kind: 'expansion', owner_role: 'am' });
    await alert('Small', { severity: 'critical', reason: 'Champion left' });
    await alert('Large', { severity: 'high', opened_at: '2026-04-10T08:00:00Z' });
    await alert('Large', { severity: 'high', kind: 'renewal', opened_at: '2026-04-12T08:00:00Z' });
    await alert('Large', { severity: 'low', kind: 'billing', unread: false });
    await alert('Large', { severity: 'critical', state: 'snoozed', snoozed_until: '2026-05-01' });
    await alert('Large', { severity: 'critical', state: 'pending' });
    await alert('Growing', { severity: 'high', kind: 'expansion', rule_id: byAm });
    await alert('Peer', { severity: 'high' });
    await alert('Nobody', { severity: 'medium', kind: 'lifecycle' });
    await alert('100%_Hidden', { severity: 'critical' });
  }, 120_000);
  afterAll(() => server?.close());

  const inbox = async (who: Caller, query: string) => {
    const { status, body } = await who.get(`/api/v1/alerts?${query}`);
    expect({ status, body: status === 200 ? null : body }).toEqual({ status: 200, body: null });
    return body;
  };
  const names = ({ rows }: { rows: { account: { name: string } }[] }) => rows.map(({ account }) => account.name);

  it('has a row an account, the severest first, then the largest ARR at stake', async () => {
    const all = await inbox(csm, 'scope=all');
    expect(names(all)).toEqual(['Small', 'Large', 'Growing', 'Nobody']);
    expect(all.rows[1]).toMatchObject({
      account: { name: 'Large', arrMinor: 900, csm: { userId: people.csm.id } },
      top: { kind: 'renewal', severity: 'high' },
      more: 2,
      others: [{ kind: 'churn' }, { kind: 'billing' }],
    });
  });

  it('adds up the ARR of each account once, and what is in play apart', async () => {
    const { totals } = await inbox(csm, 'scope=all');
    expect(totals).toMatchObject({
      accounts: 4,
      alerts: 6,
      unread: 5,
      arrMinor: 6000,
      arrAtStakeMinor: 1000,
      arrInPlayMinor: 5000,
      bySeverity: { critical: 1, high: 3, medium: 1, low: 1, info: 0 },
      byKind: { churn: 2, renewal: 1, billing: 1, expansion: 1, lifecycle: 1, data: 0 },
    });
    expect((await inbox(csm, 'scope=all&kind=data')).totals).toMatchObject({
      accounts: 0,
      arrMinor: null,
      arrAtStakeMinor: null,
    });
  });

  it('is each person’s own: what they should act on, their team’s, or all that they may see', async () => {
    expect(names(await inbox(csm, 'scope=mine'))).toEqual(['Small', 'Large']);
    expect(names(await inbox(csm, ''))).toEqual(['Small', 'Large']);
    expect(names(await inbox(am, 'scope=mine'))).toEqual(['Growing']);
    expect(names(await inbox(lead, 'scope=mine'))).toEqual([]);
    expect(names(await inbox(lead, 'scope=team'))).toEqual(['Small', 'Large', 'Peer']);
    expect(names(await inbox(lead, 'scope=all'))).toEqual(['Small', 'Large', 'Peer', 'Growing', 'Nobody']);
    expect(names(await inbox(admin, 'scope=all'))[0]).toBe('100%_Hidden');
  });

  it('goes to the assignee instead of the owner', async () => {
    const given = await alert('Small', { kind: 'data', assignee_user_id: people.am.id, severity: 'info' });
    expect(names(await inbox(am, 'scope=mine'))).toEqual(['Growing', 'Small']);
    await server.dataSource.query('DELETE FROM steward.alert WHERE id = $1', [given.id]);
  });

  it('counts for whoever stands in today', async () => {
    const standIn = {
      user_id: people.peer.id,
      stand_in_id: people.csm.id,
      from_day: '2026-04-01',
      to_day: '2026-04-30',
    };
    await insertRows(server.dataSource, 'stand_in', [standIn]);
    expect(names(await inbox(csm, 'scope=mine'))).toEqual(['Small', 'Large', 'Peer']);
    await server.dataSource.query('DELETE FROM steward.stand_in');
  });

  it('says what holds now while the rule goes on holding, and keeps what was said when it opened', async () => {
    const rule = await anAlertRule(server.dataSource, { reason: 'Health is {{health.score}}; ARR {{account.arr}}' });
    const evidence = { values: [{ field: 'health.score', value: 41 }], leaves: [0], loss: null };
    const said = { rule_id: rule, severity: 'info', kind: 'data', evidence, reason: 'Health is 41; ARR 5,000 USD' };
    const at = `UPDATE steward.account_state SET score = 33.5 WHERE account_id = '${accounts.Peer}'`;
    await server.dataSource.query(at);
    const going = await alert('Peer', said);
    const read = async ({ accountId, id }: { accountId: string; id: string }) => {
      const { body } = await admin.get(`/api/v1/alerts/${accountId}/${id}`);
      return { reason: body.reason, atOpen: body.reasonAtOpen, evidence: body.evidence };
    };
    const held = (value: number) => [{ field: 'health.score', label: 'Health score', value, noted: 41 }];
    expect(await read(going)).toEqual({
      reason: 'Health is 33.5; ARR 1 USD',
      atOpen: said.reason,
      evidence: held(33.5),
    });
    const ofAccount = (await admin.get(`/api/v1/accounts/${accounts.Peer}/alerts?state=open`)).body.alerts;
    expect(ofAccount.map(({ reason }: { reason: string }) => reason)).toContain('Health is 33.5; ARR 1 USD');
    expect((await inbox(admin, 'scope=all&kind=data')).rows[0].top.reason).toBe('Health is 33.5; ARR 1 USD');
    for (const set of [`last_matched_day = '2026-04-14'`, `held_reason = 'unknown', last_matched_day = NULL`]) {
      await server.dataSource.query(`UPDATE steward.alert SET ${set} WHERE id = $1`, [going.id]);
      expect(await read(going)).toEqual({ reason: said.reason, atOpen: null, evidence: held(41) });
    }
    await server.dataSource.query('DELETE FROM steward.alert WHERE id = $1', [going.id]);
  });

  it('filters, and pages over accounts', async () => {
    expect(names(await inbox(csm, 'scope=all&severity=high,medium'))).toEqual(['Large', 'Growing', 'Nobody']);
    expect(names(await inbox(csm, 'scope=all&kind=billing,lifecycle'))).toEqual(['Nobody', 'Large']);
    expect(names(await inbox(csm, 'scope=all&state=snoozed'))).toEqual(['Large']);
    expect(names(await inbox(csm, 'scope=all&state='))).toEqual([]);
    expect(names(await inbox(csm, `scope=all&accountId=${accounts.Growing}`))).toEqual(['Growing']);
    expect(names(await inbox(csm, 'scope=all&text=champion'))).toEqual(['Small']);
    const second = await inbox(csm, 'scope=all&offset=1&limit=1');
    expect({ names: names(second), accounts: second.totals.accounts }).toEqual({ names: ['Large'], accounts: 4 });
  });

  it('takes text as text, and refuses what it does not know', async () => {
    expect(names(await inbox(csm, 'scope=all&text=%25'))).toEqual([]);
    expect(names(await inbox(admin, 'scope=all&text=%25_H'))).toEqual(['100%_Hidden']);
    expect(names(await inbox(csm, `scope=all&text=${encodeURIComponent(`' OR '1'='1`)}`))).toEqual([]);
    for (const query of [
      'text=%00',
      'kind=churn%27',
      'kind=everything',
      'state=pending',
      'severity=high%27%20OR%201=1',
      'scope=everyone',
      'ruleId=1',
      'limit=10000',
      'offset=-1',
      'sort=name',
      `kind=${'churn,'.repeat(1_000)}`,
    ]) {
      const { status } = await csm.get(`/api/v1/alerts?${query}`);
      expect({ query: query.slice(0, 60), status }).toEqual({ query: query.slice(0, 60), status: 400 });
    }
  });
});
