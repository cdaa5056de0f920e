import { BUILT_IN_SEGMENTS } from '../../../apps/api/src/domain/segments/built-in.js';
import { LiveRefresh } from '../../../apps/api/src/pipeline/run/live-refresh.service.js';
import { SampleService } from '../../../apps/api/src/sample/sample.service.js';
import { ApiServer } from '../../support/api-server.js';

const today = `DATE '2026-04-15'`;
const signal = (key: string, row = 's') =>
  `${row}.signals[(SELECT number FROM steward.signal_definition WHERE key = '${key}')]`;
const seats = signal('usage.seat_utilization');
const overdue = signal('billing.days_overdue');
const featuresBefore = `(SELECT ${signal('adoption.features', 'n')} FROM steward.account_snapshot n
  WHERE n.account_id = s.account_id AND n.day = ${today} - 28)`;
const fit = `coalesce(s.band, '') <> 'at_risk' AND (a.notice_given_on IS NULL OR a.notice_given_on > ${today})
  AND NOT coalesce(${overdue} > 30, false) AND NOT EXISTS (
    SELECT 1 FROM steward.deal d WHERE d.account_id = s.account_id AND d.kind = 'expansion' AND d.opened_on <= ${today}
      AND (d.ended_on IS NULL OR d.ended_on > ${today} OR d.state = 'won' AND d.ended_on > ${today} - 90))`;
const days = (column: string, from: number, to: number) =>
  `${column} BETWEEN ${today} + (${from}) AND ${today} + (${to})`;

/** The same accounts in plain SQL; all but the churned ones are among those that are live. */
const IN_PLAIN_SQL: Record<string, string> = {
  new_accounts: `${days('s.customer_since', -6, 0)} OR ${days('a.trial_since', -6, 0)}`,
  onboarding: `s.stage = 'onboarding'`,
  renewal_90: days('s.renewal_date', -59, 90),
  expansion_potential: `s.stage IN ('adoption', 'established', 'advocate') AND ${seats} >= 90
    AND (${signal('usage.events_change')} >= 20 OR ${signal('usage.active_contacts_change')} >= 20) AND ${fit}`,
  at_risk: `s.band = 'at_risk'`,
  falling_fast: `s.health_change <= -20 OR EXISTS (
    SELECT 1 FROM (
      SELECT day, band, lag(band) OVER (ORDER BY day) AS before FROM (
        SELECT day, band FROM steward.account_snapshot WHERE account_id = s.account_id AND day < ${today}
        UNION ALL SELECT ${today}, s.band) AS each_day) AS moves
    WHERE before = 'healthy' AND band = 'at_risk' AND ${days('day', -29, 0)})`,
  no_interaction_30: `${signal('relationship.days_since_touch')} > 30`,
  churned_60: `s.status = 'churned' AND ${days('a.churned_on', -59, 0)}`,
  unpaid_invoices: `${overdue} > 0 OR ${signal('billing.failed_payments')} > 0`,
  am_review: `coalesce(${seats} >= 95, false)::int
    + coalesce(${signal('usage.active_contacts_change')} >= 25 AND ${signal('usage.active_contacts')} >= 5, false)::int
    + coalesce(${signal('adoption.breadth_change')} >= 10 OR ${signal('adoption.features')} - ${featuresBefore} >= 2, false)::int
    + coalesce(${signal('sentiment.promoter')} = 1, false)::int >= 2 AND ${fit}`,
  vip: `s.tier = 'T1'`,
  single_threaded: `s.tier IN ('T1', 'T2') AND (
    SELECT count(*) FROM steward.contact c WHERE c.account_id = s.account_id AND NOT c.internal
      AND (${days('c.last_seen', -89, 0)} OR EXISTS (
        SELECT 1 FROM steward.touchpoint t WHERE t.account_id = c.account_id AND t.counts AND c.id = ANY(t.contact_ids)
          AND ${days('t.on_day', -89, 0)}))) <= 1`,
  health_unknown: `s.band = 'unknown'`,
  no_owner: `s.csm_user_id IS NULL AND s.am_user_id IS NULL`,
};

const CONTACTS_IN_PLAIN_SQL: Record<string, string> = {
  new_contacts: days('c.first_seen', -6, 0),
  active_contacts: days('c.last_seen', -27, 0),
  inactive_contacts: `c.last_seen < ${today} - 27 AND (c.left_on IS NULL OR c.left_on > ${today})`,
};

describe('the built-in segments on the sample company', () => {
  let server: ApiServer;
  beforeAll(async () => {
    server = await ApiServer.start();
    // Without the past of segments and alerts, which is made once a sample is there: members are those of now.
    const options = { accounts: 130, months: 4, seed: 1 };
    await server.app.get(SampleService, { strict: false }).load(options, () => undefined, { signIns: false });
    await server.app.get(LiveRefresh, { strict: false }).drain();
  }, 240_000);
  afterAll(() => server?.close());

  const idsOf = async (sql: string): Promise<string[]> =>
    (await server.dataSource.query(sql)).map(({ id }: { id: string }) => id);

  const ofAccounts = BUILT_IN_SEGMENTS.filter(({ of }) => of === 'account').map(({ key }) => key);
  const ofContacts = BUILT_IN_SEGMENTS.filter(({ of }) => of === 'contact').map(({ key }) => key);

  it.each(ofContacts)('%s holds the contacts whom plain SQL finds', async (key) => {
    const found = await idsOf(
      `SELECT c.id FROM steward.contact c JOIN steward.account_state s ON s.account_id = c.account_id
       WHERE NOT c.internal AND s.status IN ('trial', 'customer') AND (${CONTACTS_IN_PLAIN_SQL[key]}) ORDER BY 1`,
    );
    const members = await idsOf(
      `SELECT m.contact_id AS id FROM steward.segment_member m JOIN steward.segment g ON g.id = m.segment_id
       WHERE g.key = '${key}' ORDER BY 1`,
    );
    expect(members).toEqual(found);
    expect(found).not.toEqual([]);
  });

  it.each(ofAccounts)('%s holds whom plain SQL finds', async (key) => {
    const live = key === 'churned_60' ? '' : `AND s.status IN ('trial', 'customer')`;
    const found = await idsOf(
      `SELECT s.account_id AS id FROM steward.account_state s JOIN steward.account a ON a.id = s.account_id
       WHERE (${IN_PLAIN_SQL[key]}) ${live} ORDER BY 1`,
    );
    const members = await idsOf(
      `SELECT m.account_id AS id FROM steward.segment_member m JOIN steward.segment g ON g.id = m.segment_id
       WHERE g.key = '${key}' ORDER BY 1`,
    );
    expect(members).toEqual(found);
    expect(found).not.toEqual([]);
  });
});
