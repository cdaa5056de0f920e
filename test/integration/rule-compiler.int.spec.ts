import { RELATED_KINDS } from '@steward/shared/related';
import { RULE_LIMITS } from '@steward/shared/rule-limits';
import { leavesOf, type Rule, ruleSchema } from '@steward/shared/rules';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { Partitions } from '../../apps/api/src/db/partitions.js';
import { Binder } from '../../apps/api/src/db/rules/binder.js';
import { stageIsBefore } from '../../apps/api/src/db/rules/bindings.js';
import { checkRule, type RulePurpose, stageOf } from '../../apps/api/src/db/rules/check-rule.js';
import { compileRule, compileRules, compileRulesWithLeaves } from '../../apps/api/src/db/rules/compile-rule.js';
import {
  contactsKnown as areKnown,
  contactCatalogue,
  contactFields,
} from '../../apps/api/src/db/rules/contact-fields.js';
import type { RuleContext } from '../../apps/api/src/db/rules/rule-scope.js';
import { scopeOf } from '../../apps/api/src/platform/auth/scope.js';
import { insertRows } from '../support/insert-rows.js';
import { type MigratedDatabase, migratedDatabase } from '../support/migrated-database.js';
import { contactsKnown } from '../support/related-oracle.js';
import {
  accounts,
  changeOf,
  eventCount,
  known,
  LIVE,
  leafOf,
  overRows,
  PAST,
  PAST_DAY,
  rowFields,
  rowLeaf,
  ruleOf,
  running,
  transition,
} from '../support/rule-arbitraries.js';
import { BACKGROUND, FACT_TABLES, RATES, SEGMENTS } from '../support/rule-facts.js';
import { holds, isoDay, type OracleAccount, type OracleReading } from '../support/rule-oracle.js';
import { accountRow, catalogue, fieldRows, snapshotRows, stateRow, TODAY, USERS } from '../support/rule-world.js';

const asker = { id: USERS[0], teamIds: [USERS[1]] };
const csm = { id: USERS[0], role: 'csm', teamIds: [], standsInForIds: [] } as const;
const BOOK = scopeOf(csm, { everyoneSeesAll: false });
/** Filters are asked by somebody who sees a part of the accounts; a run asks everybody's. */
const readerIn = (context: RuleContext) => (isOfRun(context) ? null : BOOK);
const isOfRun = (context: RuleContext) => context.kind !== 'live' && context.stage !== undefined;

let database: MigratedDatabase;
let db: DataSource;

const insert = (table: string, rows: Record<string, unknown>[]) => insertRows(db, table, rows);

beforeAll(async () => {
  database = await migratedDatabase();
  db = database.dataSource;
  await new Partitions(db).ensure(['account_snapshot'], isoDay(TODAY - 60), isoDay(TODAY));
  await new Partitions(db).ensure(['event'], isoDay(TODAY - 30), isoDay(TODAY + 30));
  await new Partitions(db).ensure(['usage_contact_month'], isoDay(TODAY - 60), isoDay(TODAY + 30));
  await insert('account', accounts.map(accountRow));
  await insert('event_name', [{ name: BACKGROUND, background: true }]);
  await insert(
    'exchange_rate',
    RATES.map((rate) => ({ ...rate, from_day: isoDay(rate.from_day) })),
  );
  await insert(
    'segment',
    SEGMENTS.map((id, place) => ({
      id,
      of: 'account',
      visibility: place === 0 ? 'shared' : 'private',
      owner_user_id: place === 1 ? USERS[0] : USERS[1],
    })),
  );
  for (const table of FACT_TABLES) {
    await insert(
      table,
      accounts.flatMap(({ facts }) => facts[table]),
    );
  }
  await insert('account_field', accounts.flatMap(fieldRows));
  await insert(
    'account_state',
    accounts.map((account) => stateRow(account, TODAY)),
  );
  await insert(
    'account_rebuild',
    accounts.map((account) => stateRow(account, TODAY)),
  );
  await insert('account_snapshot', accounts.flatMap(snapshotRows));
});

afterAll(() => database?.close());

const FROM: Record<RuleContext['kind'], string> = {
  live: 'steward.account_state s JOIN steward.account a ON a.id = s.account_id',
  run: 'steward.account_rebuild s JOIN steward.account a ON a.id = s.account_id',
  past: `steward.account_snapshot s JOIN steward.account a ON a.id = s.account_id AND s.day = '${isoDay(PAST_DAY)}'`,
};

interface Contact {
  key: string;
  account: OracleAccount;
  facts: OracleAccount['facts'];
}

const contacts = contactCatalogue(catalogue);
const contactReadingOf = (context: RuleContext): OracleReading => ({
  ...readingOf(context),
  closed: (key) => !key.startsWith('contact.') && readingOf(context).closed(key),
  isSignal: (key) => !key.startsWith('contact.') && readingOf(context).isSignal(key),
});

/** A contact is its account with values of its own on the day, its own events, and its own memberships. */
function contactsOf(account: OracleAccount, reading: OracleReading): Contact[] {
  const { facts } = account;
  const today = account.days.get(reading.day);
  if (today === undefined) return [];
  return contactsKnown(facts, reading).map(({ id, values }) => {
    const own = Object.fromEntries(Object.entries(values).map(([key, value]) => [`contact.${key}`, value]));
    const days = new Map([...account.days, [reading.day, { ...today, values: { ...today.values, ...own } }]]);
    const event = facts.event.filter(({ contact_id }) => contact_id === id);
    return { key: `${account.id} ${id}`, account: { ...account, days }, facts: { ...facts, event } };
  });
}

/** Asked alone, and twice in one statement that looks up once what both read: null where the two disagree. */
async function askedOfContacts(rule: Rule, context: RuleContext): Promise<Record<string, boolean | null>> {
  const binder = new Binder();
  const reader = readerIn(context);
  const options = { catalogue: contacts, context, binder, asker, reader, of: 'contact' } as const;
  const { sql } = compileRule(rule, options);
  const twice = compileRules([rule, rule], { ...options, gathers: true });
  const day = `'${context.day}'::date`;
  const rows: { id: string; contact: string; holds: boolean | null; held: number[] }[] = await db.query(
    `SELECT s.account_id AS id, x.id AS contact, ${sql} AS holds, ${twice.sql} AS held FROM ${FROM[context.kind]}
     JOIN steward.contact x ON ${areKnown(day)} ${twice.gathered}`,
    [...binder.values],
  );
  return Object.fromEntries(
    rows.map(({ id, contact, holds: alone, held }) => [
      `${id} ${contact}`,
      held.join() === (alone ? '0,1' : '') ? alone : null,
    ]),
  );
}

/** What the database says of every account: true or false, never null. */
async function asked(rule: Rule, context: RuleContext, manyAccounts = false): Promise<Record<string, boolean | null>> {
  const binder = new Binder();
  const { sql } = compileRule(rule, { catalogue, context, binder, asker, reader: readerIn(context), manyAccounts });
  const rows = (await db.query(`SELECT s.account_id AS id, ${sql} AS holds FROM ${FROM[context.kind]}`, [
    ...binder.values,
  ])) as { id: string; holds: boolean | null }[];
  return Object.fromEntries(rows.map(({ id, holds: answer }) => [id, answer]));
}

function told(rule: Rule, reading: OracleReading): Record<string, boolean> {
  return Object.fromEntries(accounts.map((account) => [account.id, holds(rule, account, reading)]));
}

function readingOf(context: RuleContext): OracleReading {
  return {
    day: context.kind === 'past' ? PAST_DAY : TODAY,
    versions: context.kind === 'past' || (context.kind === 'run' && context.versions),
    inRun: isOfRun(context),
    sees: ({ owners }) =>
      readerIn(context) === null || owners.includes(asker.id) || owners.every((owner) => owner === null),
    closed: (key) => {
      const field = catalogue.fields.get(key)!.field;
      return context.kind === 'run' && !stageIsBefore(field.stage, context.stage);
    },
    isSignal: (key) => catalogue.fields.get(key)!.binding.kind === 'signal' || key === 'health.coverage',
    me: asker.id,
    team: asker.teamIds,
  };
}

describe('the rule compiler', () => {
  const cases: { name: string; purpose: RulePurpose; context: RuleContext; runs: number; manyAccounts?: true }[] = [
    { name: 'a filter over the state of now', purpose: 'filter', context: LIVE, runs: 280 },
    { name: 'a filter over an earlier day', purpose: 'filter', context: PAST, runs: 130 },
    { name: 'a filter put to all accounts', purpose: 'filter', context: LIVE, runs: 100, manyAccounts: true },
    { name: 'the same over an earlier day', purpose: 'filter', context: PAST, runs: 50, manyAccounts: true },
    ...(['tier', 'profileScope', 'cap', 'stage', 'segment'] as const).flatMap((purpose) => [
      { name: `${purpose} rules of a running day`, purpose, context: running(stageOf(purpose), false), runs: 30 },
      { name: `${purpose} rules of a rebuilt day`, purpose, context: running(stageOf(purpose), true), runs: 25 },
    ]),
  ];

  it.each(cases)(
    'means the same as the oracle: $name',
    async ({ purpose, context, runs, manyAccounts }) => {
      const rules = ruleOf(leafOf(purpose));
      const reading = readingOf(context);
      await fc.assert(
        fc.asyncProperty(rules, async (rule) => {
          fc.pre(ruleSchema.safeParse(rule).success);
          expect(checkRule(rule, catalogue, { purpose })).toEqual([]);
          expect(await asked(rule, context, manyAccounts)).toEqual(told(rule, reading));
        }),
        { numRuns: runs },
      );
    },
    120_000,
  );

  /** Many rules in one statement, by account the places of those that hold. */
  async function heldOf(rules: readonly Rule[], context: RuleContext): Promise<Record<string, number[]>> {
    const binder = new Binder();
    const { sql } = compileRules(rules, { catalogue, context, binder, asker, reader: readerIn(context) });
    const rows: { id: string; held: number[] }[] = await db.query(
      `SELECT s.account_id AS id, ${sql} AS held FROM ${FROM[context.kind]}`,
      [...binder.values],
    );
    return Object.fromEntries(rows.map(({ id, held }) => [id, held]));
  }

  function toldOf(rules: readonly Rule[], context: RuleContext): Record<string, number[]> {
    const reading = readingOf(context);
    const held = (account: OracleAccount) =>
      rules.flatMap((rule, index) => (holds(rule, account, reading) ? [index] : []));
    return Object.fromEntries(accounts.map((account) => [account.id, held(account)]));
  }

  const someRules = (seed: number) => fc.sample(ruleOf(leafOf('filter')), { numRuns: 40, seed });
  const ofCustomers: Rule = { kind: 'compare', field: 'account.status', op: 'in', value: ['customer', 'trial'] };
  /** Most rules are about customers, which is asked once for all of them. */
  const mostOfCustomers = (seed: number) =>
    someRules(seed).map((rule, index): Rule => (index % 4 === 0 ? rule : { kind: 'all', rules: [ofCustomers, rule] }));

  it('asks once whether an account is a customer where most rules do', () => {
    const options = { catalogue, context: LIVE, binder: new Binder(), asker, reader: BOOK };
    expect(compileRules(mostOfCustomers(13), options).sql).toMatch(/^array_remove\(CASE WHEN \(s\.status /);
    expect(compileRules(someRules(11), options).sql).toMatch(/^array_remove\(ARRAY\[/);
  });

  it.each([
    ['each of its own', someRules(11)],
    ['most of them about customers', mostOfCustomers(13)],
  ])('asks many rules in one statement, with the answers of each alone: %s', async (_, rules) => {
    expect(await heldOf(rules, LIVE)).toEqual(toldOf(rules, LIVE));
    const none = compileRules([], { catalogue, context: LIVE, binder: new Binder(), reader: null });
    expect(none.sql).toBe(`'{}'::int[]`);
  });

  it.each([
    ['now', LIVE],
    ['an earlier day', PAST],
    ['a running day', running('segments', false)],
    ['a running day of which tier, stage and band are not known yet', running('tiers', true)],
  ] as const)(
    'counts events, sees moves and measures the score’s changes as the oracle does, as of %s',
    async (_, context) => {
      const moving = known.filter(({ binding }) => binding.kind === 'state' && binding.since !== null);
      const rules = [
        ...fc.sample(eventCount, { numRuns: 200, seed: 11 }),
        ...moving.flatMap((bound) => fc.sample(transition(bound), { numRuns: 60, seed: 11 })),
        ...fc.sample(changeOf(catalogue.fields.get('health.score')!), { numRuns: 80, seed: 11 }),
      ];
      expect(moving.map(({ field }) => field.key)).toEqual(['tier', 'health.band', 'stage']);
      expect(await heldOf(rules, context)).toEqual(toldOf(rules, context));
    },
  );

  it.each([
    ['each of its own', someRules(12)],
    ['most of them about customers', mostOfCustomers(14)],
  ])('tells of rules that hold which of their conditions do: %s', async (_, rules) => {
    const binder = new Binder();
    const { sql } = compileRulesWithLeaves(
      rules.map((rule) => ({ rule, leaves: leavesOf(rule) })),
      { catalogue, context: LIVE, binder, asker, reader: BOOK },
    );
    const rows: { id: string; held: string }[] = await db.query(
      `SELECT s.account_id AS id, ${sql} AS held FROM ${FROM.live}`,
      [...binder.values],
    );
    const toldOfAll = rules.map((rule) => [rule, ...leavesOf(rule)].map((each) => told(each, readingOf(LIVE))));
    expect(rows).toHaveLength(accounts.length);
    for (const { id, held } of rows) {
      const expected = toldOfAll.flatMap(([holdsFor, ...leaves], place) =>
        holdsFor?.[id] ? [`${place} ${leaves.map((leaf) => (leaf[id] ? '1' : '0')).join('')}`] : [],
      );
      expect(held).toBe(expected.join());
    }
  });

  it('knows who is in a segment, and who was', async () => {
    const rules = SEGMENTS.map((segment): Rule => ({ kind: 'member', segment, is: true }));
    for (const context of [LIVE, PAST]) {
      expect(await heldOf(rules, context)).toEqual(toldOf(rules, context));
    }
    const context = running('segments', false);
    const { sql } = compileRule(rules[2]!, { catalogue, context, binder: new Binder(), reader: null });
    expect(sql).not.toContain('visibility');
  });

  it('knows of an earlier day when a customer was to leave, as the oracle does', async () => {
    const rules = fc.sample(rowLeaf(catalogue.fields.get('account.leavesOn')!, true), { numRuns: 40, seed: 11 });
    for (const context of [PAST, running('segments', true)]) {
      expect(await heldOf(rules, context)).toEqual(toldOf(rules, context));
    }
  });

  it.each(RELATED_KINDS)('reads every field of a related %s as the oracle does', async (of) => {
    const rules = rowFields(of, true).flatMap((bound) =>
      fc.sample(overRows(of, rowLeaf(bound, true)), { numRuns: 40, seed: 11 }),
    );
    for (const context of [LIVE, PAST, { ...PAST, stage: 'segments' } as const, running('segments', true)]) {
      expect(await heldOf(rules, context)).toEqual(toldOf(rules, context));
    }
  });

  const hostile = [
    "'; DROP TABLE steward.account; --",
    "' OR '1'='1",
    '$1',
    '\\',
    "\\'; SELECT pg_sleep(5); --",
    '%',
    '_',
    '{"a"}',
    'a'.repeat(RULE_LIMITS.textLength),
    '\u{1F4A5}\ud800',
  ];

  it.each(hostile)('takes %j as nothing but a text', async (text) => {
    const fields = ['account.industry', 'account.name', 'attribute.note', 'account.tags', 'attribute.labels'];
    for (const field of fields) {
      for (const op of ['eq', 'contains', 'startsWith', 'notContains'] as const) {
        const rule: Rule = { kind: 'compare', field, op, value: text };
        if (checkRule(rule, catalogue, { purpose: 'filter' }).length > 0) continue;
        for (const context of [LIVE, PAST]) {
          expect(await asked(rule, context)).toEqual(told(rule, readingOf(context)));
        }
      }
    }
    expect(await db.query('SELECT count(*)::int AS n FROM steward.account')).toEqual([{ n: accounts.length }]);
  });

  it.each([
    ['now', 'filter', LIVE, 60],
    ['as of an earlier day', 'filter', PAST, 60],
    ['in a running day', 'segment', running('segments', false), 60],
  ] as const)(
    'means the same of contacts as the oracle, %s',
    async (_, purpose, context, runs) => {
      const own = contactFields(catalogue).filter(
        ({ field }) => !field.key.includes('attribute') && (purpose === 'filter' || field.history !== 'now-only'),
      );
      const leaf = fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(...own).chain((bound) => rowLeaf(bound, purpose === 'filter')) },
        { weight: 1, arbitrary: leafOf(purpose) },
        { weight: 1, arbitrary: eventCount },
      );
      const reading = contactReadingOf(context);
      await fc.assert(
        fc.asyncProperty(ruleOf(leaf), async (rule) => {
          fc.pre(ruleSchema.safeParse(rule).success);
          expect(checkRule(rule, contacts, { purpose })).toEqual([]);
          const told = accounts.flatMap((account) =>
            contactsOf(account, reading).map(({ key, account: each, facts }) => [
              key,
              holds(rule, { ...each, facts }, reading),
            ]),
          );
          expect(await askedOfContacts(rule, context)).toEqual(Object.fromEntries(told));
        }),
        { numRuns: runs },
      );
    },
    120_000,
  );

  it('survives numbers at the edge of what can be held', async () => {
    for (const field of ['usage.active_contacts', 'account.arr', 'account.seats', 'attribute.size', 'health.score']) {
      for (const value of [Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE, 1e-45, Number.MAX_SAFE_INTEGER]) {
        const rule: Rule = { kind: 'compare', field, op: 'lt', value };
        expect(await asked(rule, LIVE)).toEqual(told(rule, readingOf(LIVE)));
      }
    }
  });
});
