import { randomUUID } from 'node:crypto';
import type { Rule } from '@steward/shared/rules';
import fc from 'fast-check';
import { Partitions } from '../../../apps/api/src/db/partitions.js';
import { addDays, type Day, isoOf, toDay } from '../../../apps/api/src/domain/calendar/day.js';
import { all, any, field, isNotSet, isSet, not } from '../../../apps/api/src/domain/rule-builders.js';
import { accountIdOf } from '../../../apps/api/src/intake/facts/account-ids.js';
import { AccountFieldsRepository } from '../../../apps/api/src/stages/signals/facts/account-fields.repository.js';
import { KeptFactsRepository } from '../../../apps/api/src/stages/signals/facts/kept-facts.repository.js';
import { insertRows } from '../../support/insert-rows.js';
import { anAccount, anEvent, PipelineWorld, usd } from '../pipeline/pipeline-world.js';

const FIRST = toDay('2026-04-15');
const DAYS = 12;
const ACCOUNTS = Array.from({ length: 16 }, (_, index) => `a-${index}`);

const date = (key: string, op: string, more: object): Rule => ({ kind: 'date', field: key, op, ...more }) as Rule;
const isLive = field('account.status', 'in', ['trial', 'customer']);

const RULES: Record<string, Rule> = {
  new: all(isLive, date('contact.firstSeen', 'inLastDays', { days: 7 })),
  active: all(isLive, date('contact.lastActive', 'inLastDays', { days: 9 })),
  inactive: all(
    isSet('contact.lastActive'),
    not(date('contact.lastActive', 'inLastDays', { days: 9 })),
    isNotSet('contact.leftOn'),
  ),
  gone: isSet('contact.leftOn'),
  renewsSoon: all(date('account.renewalDate', 'inNextDays', { days: 5 }), isSet('contact.firstSeen')),
  large: any(field('account.arr', 'gte', 5_000), field('usage.active_contacts', 'gte', 2)),
  // Not known until when: they stand beside the others.
  champions: field('contact.role', 'eq', 'champion'),
  opened: { kind: 'eventCount', event: 'opened', op: 'gte', count: 1, inLastDays: 5 },
};

const day = (from: number, to: number) => fc.integer({ min: FIRST + from, max: FIRST + to });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 3 });
const contactFacts = fc.record({
  firstSeen: maybe(day(-40, DAYS)),
  activeDays: fc.uniqueArray(day(-40, DAYS + 3), { maxLength: 12 }),
  seenLater: maybe(fc.integer({ min: 0, max: 12 })),
  leftOn: fc.option(day(-10, DAYS), { freq: 2 }),
  isChampion: fc.boolean(),
});

type ContactFacts = typeof contactFacts extends fc.Arbitrary<infer Facts> ? Facts : never;

/** What arrives about an account on one of the days, or is done to it. */
const arrival = fc.record({
  on: day(1, DAYS),
  account: fc.constantFrom(...ACCOUNTS),
  what: fc.constantFrom('event', 'leaves', 'status', 'renewal', 'internal', 'kept out', 'back again', 'nothing'),
  later: fc.boolean(),
});

async function addContact(world: PipelineWorld, account: string, id: string, facts: ContactFacts): Promise<void> {
  const { firstSeen, activeDays, seenLater, leftOn, isChampion } = facts;
  const account_id = accountIdOf(account);
  const last = activeDays.length === 0 ? null : Math.max(...activeDays) + (seenLater ?? 0);
  const iso = (of: number | null) => (of === null ? null : isoOf(of as Day));
  await insertRows(world.dataSource, 'contact', [
    {
      ...{ account_id, id, external_id: id, role: isChampion ? 'champion' : null },
      ...{ first_seen: iso(firstSeen), last_seen: iso(last), left_on: iso(leftOn) },
    },
  ]);
  const months = new Map<string, number>();
  for (const active of activeDays.map((of) => iso(of) as string)) {
    const month = `${active.slice(0, 7)}-01`;
    months.set(month, (months.get(month) ?? 0) | (1 << (Number(active.slice(8)) - 1)));
  }
  await insertRows(
    world.dataSource,
    'usage_contact_month',
    [...months].map(([month, days]) => ({ account_id, contact_id: id, month, days })),
  );
}

/** A process that keeps facts as all do, and uses none: nothing is settled for it. */
function forgetful(world: PipelineWorld): void {
  const fields = world.app.get(AccountFieldsRepository, { strict: false });
  jest
    .spyOn(world.app.get(KeptFactsRepository, { strict: false }), 'accounts')
    .mockImplementation(async (tx, batch) => (await fields.accounts(tx, batch)).map((row) => ({ ...row, kept: null })));
}

describe('contacts whose memberships are settled', () => {
  let settling: PipelineWorld;
  let asking: PipelineWorld;
  const worlds = () => [settling, asking];

  beforeAll(async () => {
    const world = await PipelineWorld.open(`${isoOf(addDays(FIRST, -1))}T09:00:00Z`);
    for (const [index, account] of ACCOUNTS.entries()) {
      const renewalDate = isoOf(addDays(FIRST, (index * 7) % 40));
      await world.deliver(
        anAccount(account, { arr: usd(800 * index), seats: 4, customerSince: '2024-01-01', renewalDate }),
      );
      await world.deliver(anEvent(account, '2026-04-14'));
    }
    const ledger = new Partitions(world.dataSource);
    await ledger.ensure(['usage_contact_month'], isoOf(addDays(FIRST, -80)), isoOf(addDays(FIRST, DAYS + 40)));
    const contacts = fc.sample(contactFacts, { seed: 7, numRuns: ACCOUNTS.length * 3 });
    for (const [index, facts] of contacts.entries()) {
      await addContact(world, ACCOUNTS[index % ACCOUNTS.length]!, randomUUID(), facts);
    }
    for (const [name, rule] of Object.entries(RULES)) {
      const [{ version }] = await world.query(`SELECT nextval('steward.segment_rule_version')::int AS version`);
      await insertRows(world.dataSource, 'segment', [
        { id: randomUUID(), name, of: 'contact', rule, visibility: 'shared', rule_version: version, revision: 1 },
      ]);
    }
    await world.drain();
    const kept = await world.keep();
    [settling, asking] = [await kept.copy(), await kept.copy()];
    forgetful(asking);
    await kept.close();
  }, 120_000);
  afterAll(() => Promise.all(worlds().map((world) => world?.close())));

  const memberships = async (world: PipelineWorld) => ({
    members: await world.query(
      `SELECT g.name, m.contact_id, m.since_day, m.how FROM steward.segment_member m
       JOIN steward.segment g ON g.id = m.segment_id ORDER BY 1, m.account_id, 2`,
    ),
    events: await world.query(
      `SELECT g.name, e.contact_id, e.kind, e.day, e.since_day, e.how, e.leaf FROM steward.segment_event e
       JOIN steward.segment g ON g.id = e.segment_id ORDER BY 1, e.account_id, 2, e.day, 3`,
    ),
  });
  const settledOn = async (of: string) => {
    const [row] = await settling.query(
      `SELECT count(*)::int AS n FROM steward.segment_evaluation WHERE contacts_from <= $1 AND contacts_through >= $1`,
      [of],
    );
    return row.n;
  };

  async function arrive(world: PipelineWorld, of: string, { account, what }: { account: string; what: string }) {
    const account_id = accountIdOf(account);
    const [segment] = await world.query(`SELECT id FROM steward.segment WHERE name = 'active'`);
    const contact = {
      kind: 'contact',
      account: { via: 'externalId', id: account },
      attributes: {},
      effectiveOn: null,
    } as const;
    const known = { ...contact, contact: { externalId: `${account}-c1`, email: null, name: null } };
    const markDue = () =>
      world.query(
        `INSERT INTO steward.dirty_account (account_id, since_day, token, marked_at) VALUES ($1, $2, gen_random_uuid(), now())
         ON CONFLICT DO NOTHING`,
        [account_id, of],
      );
    switch (what) {
      case 'event':
        return world.deliver(anEvent(account, of));
      case 'leaves':
        return world.deliver({ ...known, fields: { leftOn: of } });
      case 'internal':
        return world.deliver({ ...known, fields: { internal: true } });
      case 'status':
        return world.deliver(anAccount(account, { status: 'trial' }));
      case 'renewal':
        return world.deliver(anAccount(account, { renewalDate: isoOf(addDays(toDay(of), 9)) }));
      case 'kept out': {
        const until_day = isoOf(addDays(toDay(of), 3));
        await world.query('DELETE FROM steward.segment_exclusion WHERE account_id = $1', [account_id]);
        await insertRows(world.dataSource, 'segment_exclusion', [{ account_id, segment_id: segment.id, until_day }]);
        return markDue();
      }
      case 'back again':
        await world.query('DELETE FROM steward.segment_exclusion WHERE account_id = $1', [account_id]);
        return markDue();
    }
  }

  it('come and go on the days on which asking all of them finds it', async () => {
    const arrivals = fc.sample(arrival, { seed: 11, numRuns: 40 });
    let settled = 0;
    for (let on = addDays(FIRST, 0); on <= FIRST + DAYS; on = addDays(on, 1)) {
      const iso = isoOf(on);
      for (const world of worlds()) {
        world.now = `${iso}T08:00:00Z`;
        await world.closeDays();
        await world.drain();
        const ofDay = arrivals.filter((each) => each.on === on);
        for (const each of ofDay.filter(({ later }) => !later)) await arrive(world, iso, each);
        await world.refresh();
        for (const each of ofDay.filter(({ later }) => later)) await arrive(world, iso, each);
        await world.drain();
      }
      settled += await settledOn(iso);
      const [found, expected] = [await memberships(settling), await memberships(asking)];
      expect(found.events.filter(({ day: of }) => of === iso)).toEqual(
        expected.events.filter(({ day: of }) => of === iso),
      );
      expect(found).toEqual(expected);
    }
    expect(settled).toBeGreaterThan(ACCOUNTS.length / 2);
  }, 300_000);
});
