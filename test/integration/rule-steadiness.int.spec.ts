import type { Rule } from '@steward/shared/rules';
import fc from 'fast-check';
import { Partitions } from '../../apps/api/src/db/partitions.js';
import { Binder } from '../../apps/api/src/db/rules/binder.js';
import { compileRules } from '../../apps/api/src/db/rules/compile-rule.js';
import { CONTACTS_OF_ANY_DAY, contactCatalogue, contactFields } from '../../apps/api/src/db/rules/contact-fields.js';
import { isSteady } from '../../apps/api/src/db/rules/steady-sql.js';
import { insertRows } from '../support/insert-rows.js';
import { type MigratedDatabase, migratedDatabase } from '../support/migrated-database.js';
import { accounts, readableFor, rowLeaf, ruleOf } from '../support/rule-arbitraries.js';
import { isoDay } from '../support/rule-oracle.js';
import { accountRow, catalogue, stateRow, TODAY } from '../support/rule-world.js';

const DAYS = 40;
const contacts = contactCatalogue(catalogue);
const some = accounts.slice(0, 20);
const date = (key: string, op: string, more: object): Rule => ({ kind: 'date', field: key, op, ...more }) as Rule;

const steadyFields = [...readableFor('segment'), ...contactFields(catalogue)].filter((bound) =>
  isSteady({ kind: 'compare', field: bound.field.key, op: 'isSet' }, contacts),
);

const contactRow = fc.record({
  first: fc.option(fc.integer({ min: -40, max: DAYS + 10 }), { freq: 3 }),
  active: fc.uniqueArray(fc.integer({ min: -80, max: DAYS }), { maxLength: 10 }),
  later: fc.option(fc.integer({ min: 0, max: 20 }), { freq: 2 }),
  left: fc.option(fc.integer({ min: -20, max: DAYS }), { freq: 2 }),
  internal: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
});

const DAYS_ISO = Array.from({ length: DAYS + 1 }, (_, index) => isoDay(TODAY + index));
const contactId = (index: number) => `20000000-0000-4000-8000-${String(index).padStart(12, '0')}`;

let database: MigratedDatabase;

beforeAll(async () => {
  database = await migratedDatabase();
  const insert = (table: string, rows: Record<string, unknown>[]) => insertRows(database.dataSource, table, rows);
  const ledger = new Partitions(database.dataSource);
  await ledger.ensure(['usage_contact_month'], isoDay(TODAY - 90), isoDay(TODAY + DAYS + 31));
  await insert('account', some.map(accountRow));
  await insert(
    'account_state',
    some.map((account) => stateRow(account, TODAY)),
  );
  const rows = fc.sample(contactRow, { seed: 5, numRuns: some.length * 8 });
  const dayOf = (of: number | null) => (of === null ? null : isoDay(TODAY + of));
  const accountOf = (index: number) => some[index % some.length]!.id;
  await insert(
    'contact',
    rows.map(({ first, active, later, left, internal }, index) => ({
      ...{
        account_id: accountOf(index),
        id: contactId(index),
        first_seen: dayOf(first),
        left_on: dayOf(left),
        internal,
      },
      last_seen: dayOf(active.length === 0 ? later : Math.max(...active) + (later ?? 0)),
    })),
  );
  const months = rows.flatMap(({ active }, index) => {
    const bits = new Map<string, number>();
    for (const iso of active.map((of) => isoDay(TODAY + of))) {
      const month = `${iso.slice(0, 7)}-01`;
      bits.set(month, (bits.get(month) ?? 0) | (1 << (Number(iso.slice(8)) - 1)));
    }
    return [...bits].map(([month, days]) => ({
      account_id: accountOf(index),
      contact_id: contactId(index),
      month,
      days,
    }));
  });
  await insert('usage_contact_month', months);
});

afterAll(() => database?.close());

/** Of each contact, what the rules say on a day, and the last day through which they are said to say it. */
async function told(rules: readonly Rule[], day: number, versions: boolean) {
  const binder = new Binder();
  const context = { kind: 'run', day: isoDay(day), stage: 'segments', versions } as const;
  const { sql, gathered, steadiness } = compileRules(rules, {
    ...{ catalogue: contacts, context, binder, of: 'contact', reader: null, gathers: true, tellsSteady: true },
  });
  const rows: { id: string; held: number[]; through: string | null }[] = await database.dataSource.query(
    `SELECT x.id, CASE WHEN x.first_seen > '${isoDay(day)}' THEN NULL ELSE ${sql} END AS held, ${steadiness?.through} AS through
     FROM steward.account_state s JOIN steward.contact x ON ${CONTACTS_OF_ANY_DAY} ${gathered}`,
    [...binder.values],
  );
  return new Map(rows.map(({ id, held, through }) => [id, { held: JSON.stringify(held), through }]));
}

/** Asks on every day; answers on how many days of all a contact was said to stay as it is beyond the day. */
async function proveSteady(rules: readonly Rule[], versions = false): Promise<number> {
  const days = [];
  for (let day = TODAY; day <= TODAY + DAYS; day += 1) days.push(await told(rules, day, versions));
  const turned: object[] = [];
  let steady = 0;
  let asked = 0;
  for (const [on, ofDay] of days.entries()) {
    for (const [id, { held, through }] of ofDay) {
      for (let later = on + 1; later < days.length; later += 1) {
        if (through !== null && through < DAYS_ISO[later]!) break;
        const then = days[later]?.get(id)?.held;
        if (then !== held) turned.push({ id, on, through, later, held, then });
      }
      asked += 1;
      if (through === null || through > DAYS_ISO[on]!) steady += 1;
    }
  }
  expect(turned.slice(0, 3)).toEqual([]);
  return steady / asked;
}

describe('until when rules over contacts stay as they are', () => {
  it('is never said of a later day than the one before they turn', async () => {
    expect(steadyFields.map(({ field }) => field.key)).toEqual(
      expect.arrayContaining(['contact.firstSeen', 'contact.lastActive', 'account.status', 'usage.active_contacts']),
    );
    const leaf = fc.constantFrom(...steadyFields).chain((bound) => rowLeaf(bound, false));
    const dates = steadyFields.filter(({ field }) => field.key.startsWith('contact.'));
    const ofDates = fc.constantFrom(...dates).chain((bound) => rowLeaf(bound, false));
    await fc.assert(
      fc.asyncProperty(ruleOf(fc.oneof(leaf, ofDates, ofDates)), fc.boolean(), async (rule, versions) => {
        await proveSteady([rule], versions);
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  const within = (days: number) => date('contact.lastActive', 'inLastDays', { days });
  const each: [string, Rule, number][] = [
    ['first seen lately', date('contact.firstSeen', 'inLastDays', { days: 7 }), 0.9],
    ['active lately', within(28), 0.6],
    ['active ever', { kind: 'compare', field: 'contact.lastActive', op: 'isSet' }, 0.6],
    ['active within years', within(800), 0.6],
    ['left', { kind: 'compare', field: 'contact.leftOn', op: 'isSet' }, 0.9],
    ['seen this quarter', date('contact.lastSeen', 'inThis', { period: 'quarter' }), 0.9],
    ['renewing soon', date('account.renewalDate', 'inNextDays', { days: 30 }), 0.9],
  ];
  it.each(each)('is said of most days of most contacts: %s', async (_, rule, most) => {
    expect(await proveSteady([rule])).toBeGreaterThan(most);
  });

  it.each(['firstSeen', 'leftOn', 'lastSeen', 'lastActive'])('is true of each way to ask for %s', async (key) => {
    const ways: [string, object][] = [
      ['inLastDays', { days: 1 }],
      ['inLastDays', { days: 6 }],
      ['inNextDays', { days: 4 }],
      ['moreThanDaysAgo', { days: 5 }],
      ['moreThanDaysAhead', { days: 3 }],
      ['onOrAfter', { day: isoDay(TODAY + 9) }],
      ['inThis', { period: 'week' }],
    ];
    for (const [op, more] of ways) await proveSteady([date(`contact.${key}`, op, more)]);
  });

  it('is not known of what has a history, counts, or rests on other members', () => {
    const rules: Rule[] = [
      { kind: 'compare', field: 'contact.role', op: 'eq', value: 'champion' },
      { kind: 'compare', field: 'account.industry', op: 'isSet' },
      { kind: 'eventCount', event: 'login', op: 'gte', count: 1, inLastDays: 5 },
      { kind: 'member', segment: contactId(0), is: true },
      { kind: 'not', rule: { kind: 'held', field: 'tier', op: 'eq', value: 'T1', days: 3 } },
      { kind: 'compare', field: 'constructor', op: 'isSet' },
    ];
    for (const rule of rules) expect(isSteady(rule, contacts)).toBe(false);
  });
});
