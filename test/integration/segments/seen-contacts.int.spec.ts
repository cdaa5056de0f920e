import { randomUUID } from 'node:crypto';
import type { FactRow } from '../../../apps/api/src/domain/values/fact-rows.js';
import { insertRows } from '../../support/insert-rows.js';
import { anAccount, anEvent, aTicket, PipelineWorld } from '../pipeline/pipeline-world.js';

const RULES = {
  active: { kind: 'date', field: 'contact.lastActive', op: 'inLastDays', days: 5 },
  known: { kind: 'date', field: 'contact.firstSeen', op: 'moreThanDaysAgo', days: 30 },
};
const ACCOUNTS = ['later', 'earlier', 'ticket'];

const named = (account: string) => ({ externalId: `${account}-c1`, email: null, name: null });
const aContact = (account: string, fields: object): FactRow => ({
  ...{ kind: 'contact', account: { via: 'externalId', id: account }, contact: named(account) },
  ...{ fields, attributes: {}, effectiveOn: null },
});

/** Their memberships are settled before, so that nothing but a mark on their account has them asked again. */
describe('contacts that are seen on further days', () => {
  let world: PipelineWorld;

  beforeAll(async () => {
    world = await PipelineWorld.open('2026-04-15T10:00:00Z');
    for (const [name, rule] of Object.entries(RULES)) {
      const [{ version }] = await world.query(`SELECT nextval('steward.segment_rule_version')::int AS version`);
      await insertRows(world.dataSource, 'segment', [
        { id: randomUUID(), name, of: 'contact', rule, visibility: 'shared', rule_version: version, revision: 1 },
      ]);
    }
    for (const account of ACCOUNTS) await world.deliver(anAccount(account), anEvent(account, '2026-04-01'));
    await world.deliver(aTicket('ticket', 't1', '2026-04-02', { subject: 'As it is now' }));
    await world.closeDays();
    await world.drain();
    await world.refresh();
  });
  afterAll(() => world?.close());

  const members = async (account: string) => {
    const rows = await world.query(
      `SELECT g.name FROM steward.segment_member m JOIN steward.segment g ON g.id = m.segment_id
         JOIN steward.account a ON a.id = m.account_id WHERE a.external_id = $1 ORDER BY 1`,
      [account],
    );
    return rows.map(({ name }) => name);
  };

  it.each([
    ['later', 'later than known', () => world.deliver(aContact('later', { lastSeenOn: '2026-04-14' })), 'active'],
    ['earlier', 'earlier than known', () => world.deliver(aContact('earlier', { firstSeenOn: '2026-01-01' })), 'known'],
    [
      'ticket',
      'by a fact of which a newer version is known',
      async () => {
        world.now = '2026-04-15T09:00:00Z';
        await world.deliver(aTicket('ticket', 't1', '2026-04-13', { contact: named('ticket') }));
        world.now = '2026-04-15T10:00:00Z';
      },
      'active',
    ],
  ])('come into segments that ask for it: %s, %s', async (account, _, arrive, segment) => {
    expect(await members(account)).toEqual([]);
    await arrive();
    await world.drain();
    await world.refresh();
    expect(await members(account)).toEqual([segment]);
  });
});
