import type { FieldStage } from '@steward/shared/catalogue';
import { OPERATORS_BY_TYPE } from '@steward/shared/catalogue';
import { RELATED_KINDS, type RelatedKind } from '@steward/shared/related';
import { RULE_LIMITS, type Rule, type RuleLeaf, ruleSchema } from '@steward/shared/rules';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { Partitions } from '../../apps/api/src/db/partitions.js';
import { Binder } from '../../apps/api/src/db/rules/binder.js';
import { type BoundField, isNumeric, stageIsBefore } from '../../apps/api/src/db/rules/bindings.js';
import { checkRule, type RulePurpose, stageOf } from '../../apps/api/src/db/rules/check-rule.js';
import { compileRule, compileRules } from '../../apps/api/src/db/rules/compile-rule.js';
import {
  contactsKnown as areKnown,
  contactCatalogue,
  contactFields,
} from '../../apps/api/src/db/rules/contact-fields.js';
import { relatedCatalogue } from '../../apps/api/src/db/rules/related-fields.js';
import type { RuleContext } from '../../apps/api/src/db/rules/rule-scope.js';
import { insertRows } from '../support/insert-rows.js';
import { type MigratedDatabase, migratedDatabase } from '../support/migrated-database.js';
import { contactsKnown } from '../support/related-oracle.js';
import { BACKGROUND, EVENTS, FACT_TABLES, FEATURES, RATES, SEGMENTS } from '../support/rule-facts.js';
import { holds, isoDay, type OracleAccount, type OracleReading } from '../support/rule-oracle.js';
import {
  accountRow,
  catalogue,
  fieldRows,
  NUMBERS,
  randomAccounts,
  snapshotRows,
  stateRow,
  TAGS,
  TEXTS,
  TODAY,
  USERS,
} from '../support/rule-world.js';

const PAST_DAY = TODAY - 3;
const accounts = randomAccounts(60, 7);
const asker = { id: USERS[0], teamIds: [USERS[1]] };

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

async function askedOfContacts(rule: Rule, context: RuleContext): Promise<Record<string, boolean | null>> {
  const binder = new Binder();
  const { sql } = compileRule(rule, { catalogue: contacts, context, binder, asker, of: 'contact' });
  const day = `'${context.day}'::date`;
  const rows: { id: string; contact: string; holds: boolean | null }[] = await db.query(
    `SELECT s.account_id AS id, x.id AS contact, ${sql} AS holds FROM ${FROM[context.kind]}
     JOIN steward.contact x ON ${areKnown(day)}`,
    [...binder.values],
  );
  return Object.fromEntries(rows.map(({ id, contact, holds: answer }) => [`${id} ${contact}`, answer]));
}

/** What the database says of every account: true or false, never null. */
async function asked(rule: Rule, context: RuleContext): Promise<Record<string, boolean | null>> {
  const binder = new Binder();
  const { sql } = compileRule(rule, { catalogue, context, binder, asker });
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
    closed: (key) => {
      const field = catalogue.fields.get(key)!.field;
      return context.kind === 'run' && !stageIsBefore(field.stage, context.stage);
    },
    isSignal: (key) => catalogue.fields.get(key)!.binding.kind === 'signal' || key === 'health.coverage',
    me: asker.id,
    team: asker.teamIds,
  };
}

const LIVE: RuleContext = { kind: 'live', day: isoDay(TODAY) };
const PAST: RuleContext = { kind: 'past', day: isoDay(PAST_DAY) };
const running = (stage: FieldStage, versions: boolean): RuleContext => ({
  kind: 'run',
  day: isoDay(TODAY),
  stage,
  versions,
});

/** Fields of the random world; the days since which a value holds are tested by held states. */
const known = [...catalogue.fields.values()].filter(
  ({ field }) => accounts[0]!.fields[field.key] !== undefined || field.key in accounts[0]!.days.get(TODAY)!.values,
);

function operandOf({ field }: BoundField): fc.Arbitrary<string | number | boolean> {
  switch (field.type) {
    case 'boolean':
      return fc.boolean();
    case 'enum':
      return fc.constantFrom(...field.options!.map(({ value }) => value));
    case 'user':
      return fc.constantFrom<string>(...USERS);
    case 'tags':
      return fc.constantFrom<string>(...TAGS, 'nothing');
    case 'text':
      return fc.oneof(
        fc.constantFrom<string>(...TEXTS, 'sa', 'É', '_', '\\', "'; DROP TABLE account; --"),
        fc.string({ maxLength: 4, unit: 'grapheme-ascii' }),
      );
    default:
      return fc.oneof(
        fc.constantFrom<number>(...NUMBERS, 5000, 100, 30.99, 1e30, -1e-7),
        fc.integer({ min: -5, max: 60 }),
      );
  }
}

function compareLeaf(bound: BoundField, forFilter: boolean): fc.Arbitrary<RuleLeaf> {
  const one = operandOf(bound);
  const owner = fc.constantFrom<string>(...USERS, 'me', 'my_team');
  const operand = bound.field.type === 'user' && forFilter ? owner : one;
  return fc.constantFrom(...OPERATORS_BY_TYPE[bound.field.type]).chain((op): fc.Arbitrary<RuleLeaf> => {
    const leaf = (value: fc.Arbitrary<any>) =>
      value.map((each): RuleLeaf => ({ kind: 'compare', field: bound.field.key, op, value: each }));
    if (op === 'isSet' || op === 'isNotSet') return fc.constant({ kind: 'compare', field: bound.field.key, op });
    if (op === 'in' || op === 'notIn') return leaf(fc.array(operand, { minLength: 1, maxLength: 3 }));
    if (op === 'between') return leaf(fc.tuple(one, one).map(([a, b]) => (a <= b ? [a, b] : [b, a])));
    return leaf(operand);
  });
}

function dateLeaf(key: string): fc.Arbitrary<RuleLeaf> {
  const base = { kind: 'date' as const, field: key };
  return fc
    .oneof(
      fc.record({
        op: fc.constantFrom(
          'inNextDays' as const,
          'inLastDays' as const,
          'moreThanDaysAgo' as const,
          'moreThanDaysAhead' as const,
        ),
        days: fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constant(RULE_LIMITS.days)),
      }),
      fc.record({
        op: fc.constantFrom(
          'on' as const,
          'before' as const,
          'after' as const,
          'onOrBefore' as const,
          'onOrAfter' as const,
        ),
        day: fc.oneof(
          fc.integer({ min: -40, max: 40 }).map((n) => isoDay(TODAY + n)),
          fc.constant('9999-12-31'),
        ),
      }),
      fc.record({
        op: fc.constant('inThis' as const),
        period: fc.constantFrom('week' as const, 'month' as const, 'quarter' as const, 'year' as const),
      }),
    )
    .map((leaf): RuleLeaf => ({ ...base, ...leaf }));
}

const propertyFilter = fc.oneof(
  fc.record({
    property: fc.constantFrom('format', 'nothing'),
    op: fc.constantFrom('eq' as const, 'neq' as const),
    value: fc.constantFrom('pdf', 7, true, "'); DROP TABLE steward.event; --"),
  }),
  fc.record({
    property: fc.constant('format'),
    op: fc.constant('in' as const),
    value: fc.subarray(['pdf', 'csv', 7], { minLength: 1 }),
  }),
  fc.record({
    property: fc.constantFrom('size', 'format'),
    op: fc.constantFrom('gte' as const, 'lte' as const),
    value: fc.constantFrom(1, 7, 10.5),
  }),
);

const eventCount = fc.record(
  {
    kind: fc.constant('eventCount' as const),
    event: fc.constantFrom(...EVENTS, null, 'never seen'),
    where: fc.array(propertyFilter, { maxLength: 2 }),
    feature: fc.constantFrom(...FEATURES.map(({ key }) => key)),
    op: fc.constantFrom('gte' as const, 'lte' as const, 'eq' as const, 'lt' as const, 'gt' as const),
    count: fc.constantFrom(0, 1, 2, 5, 10),
    inLastDays: fc.oneof(fc.integer({ min: 1, max: 15 }), fc.constant(RULE_LIMITS.closedDays)),
  },
  { requiredKeys: ['kind', 'event', 'op', 'count', 'inLastDays'] },
);

function transition({ field }: BoundField): fc.Arbitrary<RuleLeaf> {
  const values = fc.subarray(
    field.options!.map(({ value }) => value),
    { minLength: 1 },
  );
  return fc.record(
    {
      kind: fc.constant('transition' as const),
      field: fc.constant(field.key),
      from: values,
      to: values,
      inLastDays: fc.integer({ min: 1, max: 20 }),
    },
    { requiredKeys: ['kind', 'field', 'to', 'inLastDays'] },
  );
}

function rowFields(of: RelatedKind, forFilter: boolean): BoundField[] {
  const fields = [...relatedCatalogue(of, catalogue).fields.values()];
  return fields.filter(({ field }) => forFilter || field.history !== 'now-only');
}

function rowLeaf(bound: BoundField, forFilter: boolean): fc.Arbitrary<RuleLeaf> {
  return bound.field.type === 'date' ? dateLeaf(bound.field.key) : compareLeaf(bound, forFilter);
}

function overRows(of: RelatedKind, rule: fc.Arbitrary<Rule>): fc.Arbitrary<RuleLeaf> {
  const base = { kind: fc.constant('related' as const), of: fc.constant(of), rule };
  return fc.oneof(
    fc.record({ ...base, quantifier: fc.constantFrom('any' as const, 'none' as const, 'all' as const) }),
    fc.record({ ...base, quantifier: fc.constant('atLeast' as const), n: fc.integer({ min: 1, max: 3 }) }),
  );
}

const member = fc.record({
  kind: fc.constant('member' as const),
  segment: fc.constantFrom(...SEGMENTS),
  is: fc.boolean(),
});

function related(forFilter: boolean): fc.Arbitrary<RuleLeaf> {
  return fc.constantFrom(...RELATED_KINDS).chain((of) => {
    const leaf = fc.constantFrom(...rowFields(of, forFilter)).chain((bound) => rowLeaf(bound, forFilter));
    return overRows(of, ruleOf(leaf));
  });
}

function leafOf(fields: readonly BoundField[], forFilter: boolean): fc.Arbitrary<RuleLeaf> {
  const dates = fields.filter(({ field }) => field.type === 'date');
  const money = fields.filter(({ field }) => field.type === 'money');
  const numbers = fields.filter((bound) => isNumeric(bound) && bound.field.type !== 'money');
  const tracked = fields.filter((bound) => isNumeric(bound) && bound.field.tracked);
  const held = fields.filter(({ binding }) => binding.kind === 'state' && binding.since !== null);
  const pairOf = (from: readonly BoundField[]) =>
    fc.record({
      kind: fc.constant('compareFields' as const),
      field: fc.constantFrom(...from).map(({ field }) => field.key),
      op: fc.constantFrom('gt' as const, 'gte' as const, 'lt' as const, 'lte' as const, 'eq' as const, 'neq' as const),
      times: fc.constantFrom(1, 0.5, 2, 0.1, 0),
      other: fc.constantFrom(...from).map(({ field }) => field.key),
    });
  const change = fc.constantFrom(...tracked).chain(({ field }) =>
    fc.record({
      kind: fc.constant('change' as const),
      field: fc.constant(field.key),
      direction: fc.constantFrom('up' as const, 'down' as const),
      by: fc.constantFrom(0, 0.01, 0.5, 1, 5, 9.99, 20, 25, 100),
      unit:
        field.key === 'health.score'
          ? fc.constant('points' as const)
          : fc.constantFrom('points' as const, 'percent' as const, 'absolute' as const),
      overDays: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constantFrom(28, 29, 30, 31, 32)),
    }),
  );
  const heldLeaf =
    held.length === 0
      ? dateLeaf(dates[0]!.field.key)
      : fc.constantFrom(...held).chain(({ field }): fc.Arbitrary<RuleLeaf> => {
          const option = fc.constantFrom(...field.options!.map(({ value }) => value));
          const days = fc.integer({ min: 1, max: 15 });
          return fc.oneof(
            fc.record({
              kind: fc.constant('held' as const),
              field: fc.constant(field.key),
              op: fc.constant('eq' as const),
              value: option,
              days,
            }),
            fc.record({
              kind: fc.constant('held' as const),
              field: fc.constant(field.key),
              op: fc.constant('in' as const),
              value: fc.uniqueArray(option, { minLength: 1, maxLength: 3 }),
              days,
            }),
          );
        });
  return fc.oneof(
    {
      weight: 8,
      arbitrary: fc
        .constantFrom(...fields)
        .chain((bound) => (bound.field.type === 'date' ? dateLeaf(bound.field.key) : compareLeaf(bound, forFilter))),
    },
    { weight: 2, arbitrary: fc.constantFrom(...dates).chain(({ field }) => dateLeaf(field.key)) },
    { weight: 2, arbitrary: fc.oneof(pairOf(numbers), pairOf(money)) },
    { weight: 3, arbitrary: change },
    { weight: 2, arbitrary: heldLeaf },
    { weight: 2, arbitrary: eventCount },
    { weight: 5, arbitrary: related(forFilter) },
    ...(forFilter ? [{ weight: 1, arbitrary: member }] : []),
    ...(held.length === 0 ? [] : [{ weight: 2, arbitrary: fc.constantFrom(...held).chain(transition) }]),
  );
}

function ruleOf(leaf: fc.Arbitrary<RuleLeaf>): fc.Arbitrary<Rule> {
  return fc.letrec<{ rule: Rule }>((tie) => ({
    rule: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc.record({ kind: fc.constant('not' as const), rule: tie('rule') }),
      fc.record({
        kind: fc.constantFrom('all' as const, 'any' as const),
        rules: fc.array(tie('rule'), { maxLength: 4 }),
      }),
      fc.array(tie('rule'), { minLength: 1, maxLength: 4 }).chain((rules) =>
        fc.record({
          kind: fc.constant('atLeast' as const),
          n: fc.integer({ min: 1, max: rules.length }),
          rules: fc.constant(rules),
        }),
      ),
    ),
  })).rule;
}

/** The fields that a rule for this purpose may read: those to which the check has no objection. */
function readableFor(purpose: RulePurpose): BoundField[] {
  return known.filter(
    ({ field }) => checkRule({ kind: 'compare', field: field.key, op: 'isSet' }, catalogue, { purpose }).length === 0,
  );
}

describe('the rule compiler', () => {
  const cases: { name: string; purpose: RulePurpose; context: RuleContext; runs: number }[] = [
    { name: 'a filter over the state of now', purpose: 'filter', context: LIVE, runs: 500 },
    { name: 'a filter over an earlier day', purpose: 'filter', context: PAST, runs: 400 },
    ...(['tier', 'profileScope', 'cap', 'stage', 'segment'] as const).flatMap((purpose) => [
      { name: `${purpose} rules of a running day`, purpose, context: running(stageOf(purpose), false), runs: 100 },
      { name: `${purpose} rules of a rebuilt day`, purpose, context: running(stageOf(purpose), true), runs: 60 },
    ]),
  ];

  it.each(cases)(
    'means the same as the oracle: $name',
    async ({ purpose, context, runs }) => {
      const rules = ruleOf(leafOf(readableFor(purpose), purpose === 'filter'));
      const reading = readingOf(context);
      await fc.assert(
        fc.asyncProperty(rules, async (rule) => {
          fc.pre(ruleSchema.safeParse(rule).success);
          expect(checkRule(rule, catalogue, { purpose })).toEqual([]);
          expect(await asked(rule, context)).toEqual(told(rule, reading));
        }),
        { numRuns: runs },
      );
    },
    120_000,
  );

  /** Many rules in one statement, by account the places of those that hold. */
  async function heldOf(rules: readonly Rule[], context: RuleContext): Promise<Record<string, number[]>> {
    const binder = new Binder();
    const { sql } = compileRules(rules, { catalogue, context, binder, asker });
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

  it('asks many rules in one statement, with the answers of each alone', async () => {
    const rules = fc.sample(ruleOf(leafOf(readableFor('filter'), true)), { numRuns: 40, seed: 11 });
    expect(await heldOf(rules, LIVE)).toEqual(toldOf(rules, LIVE));
    const none = compileRules([], { catalogue, context: LIVE, binder: new Binder() });
    expect(none.sql).toBe(`'{}'::int[]`);
  });

  it.each([
    ['now', LIVE],
    ['an earlier day', PAST],
    ['a running day', running('segments', false)],
    ['a running day of which tier, stage and band are not known yet', running('tiers', true)],
  ] as const)('counts events and sees moves as the oracle does, as of %s', async (_, context) => {
    const moving = known.filter(({ binding }) => binding.kind === 'state' && binding.since !== null);
    const rules = [
      ...fc.sample(eventCount, { numRuns: 200, seed: 11 }),
      ...moving.flatMap((bound) => fc.sample(transition(bound), { numRuns: 60, seed: 11 })),
    ];
    expect(moving.map(({ field }) => field.key)).toEqual(['tier', 'health.band', 'stage']);
    expect(await heldOf(rules, context)).toEqual(toldOf(rules, context));
  });

  it('knows who is in a segment, and who was', async () => {
    const rules = SEGMENTS.map((segment): Rule => ({ kind: 'member', segment, is: true }));
    for (const context of [LIVE, PAST]) {
      expect(await heldOf(rules, context)).toEqual(toldOf(rules, context));
    }
    const { sql } = compileRule(rules[2]!, { catalogue, context: running('segments', false), binder: new Binder() });
    expect(sql).not.toContain('visibility');
  });

  it.each(RELATED_KINDS)('reads every field of a related %s as the oracle does', async (of) => {
    const rules = rowFields(of, true).flatMap((bound) =>
      fc.sample(overRows(of, rowLeaf(bound, true)), { numRuns: 40, seed: 11 }),
    );
    for (const context of [LIVE, PAST, running('segments', true)]) {
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
    ['now', 'filter', LIVE, 150],
    ['as of an earlier day', 'filter', PAST, 150],
    ['in a running day', 'segment', running('segments', false), 150],
  ] as const)(
    'means the same of contacts as the oracle, %s',
    async (_, purpose, context, runs) => {
      const own = contactFields(catalogue).filter(
        ({ field }) => !field.key.includes('attribute') && (purpose === 'filter' || field.history !== 'now-only'),
      );
      const leaf = fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(...own).chain((bound) => rowLeaf(bound, purpose === 'filter')) },
        { weight: 1, arbitrary: leafOf(readableFor(purpose), purpose === 'filter') },
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

  it('refuses by name what the catalogue does not know, wherever it stands', () => {
    const evil = "x'; DROP TABLE steward.account; --";
    const codes = (rule: Rule, purpose: RulePurpose = 'filter') =>
      checkRule(rule, catalogue, { purpose }).map(({ path, code }) => `${path} ${code}`);
    expect(codes({ kind: 'compare', field: evil, op: 'isSet' })).toEqual(['field UNKNOWN_FIELD']);
    expect(codes({ kind: 'compareFields', field: 'account.arr', op: 'gt', times: 1, other: evil })).toEqual([
      'other UNKNOWN_FIELD',
    ]);
    expect(codes({ kind: 'compare', field: 'tier', op: 'eq', value: evil })).toEqual(['value UNKNOWN_OPTION']);
    expect(codes({ kind: 'compare', field: 'tier', op: 'in', value: ['T1', evil] })).toEqual([
      'value.1 UNKNOWN_OPTION',
    ]);
    expect(codes({ kind: 'compare', field: 'account.csm', op: 'eq', value: evil })).toEqual(['value BAD_VALUE']);
    expect(codes({ kind: 'compare', field: 'account.industry', op: 'eq', value: 'a\u0000b' })).toEqual([
      'value BAD_VALUE',
    ]);
    expect(codes({ kind: 'compare', field: 'account.industry', op: 'gte', value: 1 })).toEqual([
      'op OPERATOR_NOT_ALLOWED',
    ]);
    expect(codes({ kind: 'compare', field: 'account.arr', op: 'gte', value: '1' })).toEqual(['value BAD_VALUE']);
    expect(codes({ kind: 'compare', field: 'account.arr', op: 'between', value: [2, 1] })).toEqual(['value BAD_VALUE']);
    expect(codes({ kind: 'compare', field: 'account.arr', op: 'gte' })).toEqual(['value BAD_VALUE']);
    expect(codes({ kind: 'date', field: 'account.renewalDate', op: 'on', day: '0000-01-01' })).toEqual([
      'day BAD_VALUE',
    ]);
    expect(codes({ kind: 'date', field: 'account.renewalDate', op: 'inNextDays' })).toEqual(['days BAD_VALUE']);
    expect(
      codes({ kind: 'change', field: 'account.employees', direction: 'up', by: 1, unit: 'absolute', overDays: 7 }),
    ).toEqual(['field FIELD_NOT_TRACKED']);
    expect(codes({ kind: 'held', field: 'health.score', op: 'eq', value: 1, days: 7 })).toEqual([
      'field FIELD_NOT_TRACKED',
    ]);
    expect(codes({ kind: 'eventCount', event: 'x', feature: evil, op: 'gte', count: 1, inLastDays: 7 })).toEqual([
      'feature UNKNOWN_FEATURE',
    ]);
    expect(
      codes({
        kind: 'eventCount',
        event: null,
        where: [
          { property: 'a', op: 'gte', value: 'b' },
          { property: 'a', op: 'eq', value: ['b'] },
          { property: 'a', op: 'in', value: 'b' },
        ],
        op: 'gte',
        count: 0.5,
        inLastDays: 401,
      }),
    ).toEqual([
      'count BAD_VALUE',
      'inLastDays BAD_VALUE',
      'where.0.value BAD_VALUE',
      'where.1.value BAD_VALUE',
      'where.2.value BAD_VALUE',
    ]);
    const inRows = (rule: Rule, more: object = {}): Rule => ({
      kind: 'related',
      of: 'deal',
      quantifier: 'any',
      rule: { kind: 'not', rule },
      ...more,
    });
    expect(codes(inRows({ kind: 'compare', field: 'account.arr', op: 'isSet' }))).toEqual([
      'rule.rule.field UNKNOWN_FIELD',
    ]);
    expect(codes(inRows({ kind: 'compare', field: 'state', op: 'eq', value: evil }))).toEqual([
      'rule.rule.value UNKNOWN_OPTION',
    ]);
    expect(codes(inRows({ kind: 'compare', field: 'amount', op: 'contains', value: 'x' }))).toEqual([
      'rule.rule.op OPERATOR_NOT_ALLOWED',
    ]);
    expect(codes(inRows(inRows({ kind: 'all', rules: [] })))).toEqual(['rule.rule.kind CONDITION_NOT_ALLOWED']);
    expect(codes(inRows({ kind: 'all', rules: [] }, { quantifier: 'atLeast' }))).toEqual(['n BAD_VALUE']);
    expect(codes(inRows({ kind: 'all', rules: [] }, { n: 2 }))).toEqual(['n BAD_VALUE']);
    expect(codes(inRows({ kind: 'compare', field: 'stage', op: 'isSet' }), 'segment')).toEqual([
      'rule.rule.field FIELD_NOW_ONLY',
    ]);
    expect(codes(inRows({ kind: 'compare', field: 'owner', op: 'eq', value: 'me' }))).toEqual([]);
    expect(codes({ kind: 'transition', field: 'health.score', to: ['1'], inLastDays: 7 })).toEqual([
      'field FIELD_NOT_TRACKED',
    ]);
    expect(codes({ kind: 'transition', field: 'tier', from: ['T1', evil], to: [], inLastDays: 0 })).toEqual([
      'from.1 UNKNOWN_OPTION',
      'to BAD_VALUE',
      'inLastDays BAD_VALUE',
    ]);
    expect(codes({ kind: 'transition', field: 'tier', to: ['T1'], inLastDays: 7 }, 'tier')).toEqual([
      'field FIELD_NOT_READABLE',
    ]);
    expect(codes({ kind: 'compareFields', field: 'account.arr', op: 'gt', times: 1, other: 'account.seats' })).toEqual([
      ' FIELDS_NOT_COMPARABLE',
    ]);
    expect(
      codes({
        kind: 'not',
        rule: {
          kind: 'all',
          rules: [{ kind: 'atLeast', n: 2, rules: [{ kind: 'compare', field: 'nope', op: 'isSet' }] }],
        },
      }),
    ).toEqual(['rule.rules.0.rules.0.field UNKNOWN_FIELD', 'rule.rules.0.n BAD_VALUE']);
  });

  it('refuses by name a rule that reads what its stage may not', () => {
    const codes = (field: string, purpose: RulePurpose) =>
      checkRule({ kind: 'compare', field, op: 'isSet' }, catalogue, { purpose }).map(({ code }) => code);
    expect(codes('usage.active_contacts', 'tier')).toEqual([]);
    expect(codes('tier', 'tier')).toEqual(['FIELD_NOT_READABLE']);
    expect(codes('health.band', 'tier')).toEqual(['FIELD_NOT_READABLE']);
    expect(codes('tier', 'profileScope')).toEqual([]);
    expect(codes('stage', 'profileScope')).toEqual([]);
    expect(codes('health.score', 'profileScope')).toEqual(['FIELD_NOT_READABLE']);
    expect(codes('goals.onboarding_open', 'profileScope')).toEqual(['FIELD_NOT_READABLE']);
    expect(codes('health.trend', 'cap')).toEqual(['FIELD_NOT_READABLE']);
    expect(codes('health.band', 'cap')).toEqual([]);
    expect(codes('goals.onboarding_open', 'stage')).toEqual([]);
    expect(codes('account.externalId', 'tier')).toEqual(['FIELD_NOW_ONLY']);
    expect(codes('account.externalId', 'filter')).toEqual([]);
    const mine: Rule = { kind: 'compare', field: 'account.csm', op: 'eq', value: 'me' };
    expect(checkRule(mine, catalogue, { purpose: 'tier' })[0]?.code).toBe('BAD_VALUE');
    const member: Rule = { kind: 'member', segment: SEGMENTS[0], is: true };
    for (const purpose of ['tier', 'profileScope', 'cap', 'stage'] as const) {
      expect(checkRule(member, catalogue, { purpose }).map(({ code }) => code)).toEqual(['CONDITION_NOT_ALLOWED']);
    }
    expect(checkRule(member, catalogue, { purpose: 'segment' })).toEqual([]);
  });

  it('refuses what is too deep or too large', () => {
    const leaf: Rule = { kind: 'compare', field: 'account.arr', op: 'isSet' };
    let deep: Rule = leaf;
    for (let level = 0; level < 20_000; level += 1) deep = { kind: 'not', rule: deep };
    expect(checkRule(deep, catalogue, { purpose: 'filter' })[0]?.code).toBe('RULE_TOO_DEEP');
    expect(ruleSchema.safeParse(deep).success).toBe(false);
    const wide: Rule = { kind: 'all', rules: Array.from({ length: RULE_LIMITS.leaves + 1 }, () => leaf) };
    expect(checkRule(wide, catalogue, { purpose: 'filter' })[0]?.code).toBe('RULE_TOO_LARGE');
    const longest: Rule = { kind: 'any', rules: Array.from({ length: RULE_LIMITS.leaves }, () => leaf) };
    expect(checkRule(longest, catalogue, { purpose: 'filter' })).toEqual([]);
  });

  it('names the fields of now that a question about an earlier day used', () => {
    const rule: Rule = { kind: 'compare', field: 'account.externalId', op: 'startsWith', value: 'x' };
    expect(compileRule(rule, { catalogue, context: PAST, binder: new Binder() }).nowOnlyFields).toEqual([
      'account.externalId',
    ]);
    expect(compileRule(rule, { catalogue, context: LIVE, binder: new Binder() }).nowOnlyFields).toEqual([]);
    const stage: Rule = { kind: 'compare', field: 'stage', op: 'isSet' };
    const deals: Rule = { kind: 'related', of: 'deal', quantifier: 'any', rule: stage };
    expect(compileRule(deals, { catalogue, context: PAST, binder: new Binder() }).nowOnlyFields).toEqual([
      'deal.stage',
    ]);
  });

  it('survives numbers at the edge of what can be held', async () => {
    for (const field of ['usage.active_contacts', 'account.arr', 'account.seats', 'attribute.size', 'health.score']) {
      for (const value of [Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE, 1e-45, Number.MAX_SAFE_INTEGER]) {
        const rule: Rule = { kind: 'compare', field, op: 'lt', value };
        expect(await asked(rule, LIVE)).toEqual(told(rule, readingOf(LIVE)));
      }
    }
  });
});
