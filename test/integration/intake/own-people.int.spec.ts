import { OwnPeople } from '../../../apps/api/src/intake/contacts/own-people.service.js';
import { aContact, aContactRow, anAccount, anEvent } from './a-fact.js';
import { FactWorld, RECEIVED } from './fact-world.js';

describe('the workspace’s own e-mail domains, when they change', () => {
  let world: FactWorld;
  const own = (...domains: string[]) =>
    world.db.query('UPDATE steward.workspace SET own_email_domains = $1', [domains]);
  const recheck = () => new OwnPeople(world.unitOfWork).recheck(RECEIVED);
  const internal = async () =>
    (await world.db.query('SELECT email FROM steward.contact WHERE internal ORDER BY email')).map(
      ({ email }: { email: string }) => email,
    );
  const counted = async () => {
    const row = await world.one<{ people: number; events: number }>(
      `SELECT (SELECT count(*) FROM steward.usage_contact_month WHERE days <> 0)::int AS people,
         (SELECT coalesce(sum(c), 0) FROM steward.usage_event_month u, unnest(u.counts) c)::int AS events`,
    );
    return [row.people, row.events];
  };

  beforeAll(async () => {
    world = await FactWorld.open({ own_email_domains: ['us.example'] });
    const by = (email: string) => ({ contact: aContact({ email }) });
    await world.take([
      anAccount(),
      anEvent({ ...by('ann@us.example'), messageId: 'm1' }),
      anEvent({ ...by('bob@Sister.example'), messageId: 'm2' }),
      anEvent({ ...by('cid@customer.example'), messageId: 'm3' }),
      anEvent({ ...by('partner@sister.example'), messageId: 'm4' }),
      aContactRow({ email: 'partner@sister.example' }, { internal: false }),
    ]);
    await recheck();
    await world.db.query('DELETE FROM steward.dirty_account');
  });
  afterAll(() => world?.close());

  it('tell contacts from own people anew, whose usage then counts nowhere', async () => {
    expect([await internal(), await counted()]).toEqual([['ann@us.example'], [3, 3]]);
    await own('us.example', 'Sister.example');
    expect(await recheck()).toBe(1);
    // Who is said to be none of our own stays a contact.
    expect([await internal(), await counted()]).toEqual([
      ['ann@us.example', 'bob@sister.example'],
      [2, 2],
    ]);
    expect(await world.db.query('SELECT 1 FROM steward.dirty_account')).toHaveLength(1);
  });

  it('bring people back with all they did', async () => {
    await own();
    expect(await recheck()).toBe(2);
    expect([await internal(), await counted()]).toEqual([[], [4, 4]]);
  });

  it('are looked at once: nothing is done while they are as they were', async () => {
    await world.db.query(`UPDATE steward.contact SET internal = true WHERE email = 'cid@customer.example'`);
    expect(await recheck()).toBe(0);
  });
});
