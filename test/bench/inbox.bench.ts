import { readFileSync } from 'node:fs';
import { AlertsService } from '@steward/api/desk/alerts/alerts.service';
import { TodayService } from '@steward/api/desk/today/today.service';
import type { Principal } from '@steward/api/platform/auth/principal';
import { scopeOf } from '@steward/api/platform/auth/scope';
import { alertInboxQuerySchema } from '@steward/shared/alerts';
import type { Role } from '@steward/shared/common';
import type { TodayScope } from '@steward/shared/today';
import type pg from 'pg';
import { type BenchDatabase, withDatabase } from './support/database.js';
import { proves, quantile, say, sayMachine, seconds, verdict } from './support/measure.js';
import { optionsOf } from './support/options.js';
import { Product } from './support/product.js';

/**
 * The inbox and the page Today of an admin, a manager and a CSM over 100,000 accounts with more than as many live
 * alerts, stored as runs would have left them.
 */
const options = optionsOf({ accounts: 100_000, rounds: 20 }, { accounts: 10_000, rounds: 5 });
const TODAY = new Date().toISOString().slice(0, 10);

interface Person {
  principal: Principal;
  /** The accounts that the person may see, and whose alerts they are asked for with *mine* or *team*, over `a`. */
  sees: string;
  receivers: string;
}

interface Question {
  name: string;
  ask: () => Promise<unknown>;
  prove: () => Promise<void>;
}

async function main({ url, pool, fill }: BenchDatabase): Promise<void> {
  const product = await Product.open(url);
  try {
    await fill(async () => {
      const text = readFileSync(new URL('../bench/sql/make-inbox.sql', import.meta.url), 'utf8');
      await pool.query(text.replaceAll('{accounts}', String(options.accounts)));
    });
    product.setDay(TODAY);
    const { rows } = await pool.query<{ live: number }>(
      `SELECT count(*)::int AS live FROM steward.alert WHERE state IN ('open', 'acknowledged', 'snoozed')`,
    );
    const live = rows[0]?.live ?? 0;
    proves(`${live} alerts are live`, live > options.accounts);
    const questions = questionsOf(product, pool, await peopleOf(pool));
    for (const { prove } of questions) await prove();
    const times = questions.map(() => [] as number[]);
    for (let round = 0; round < options.rounds; round += 1) {
      for (const [index, { ask }] of questions.entries()) times[index]!.push(1000 * (await seconds(ask)));
    }
    say(`${options.rounds} rounds, ${options.accounts} accounts, ${live} live alerts; milliseconds, p50 and p95`);
    for (const [index, { name }] of questions.entries()) {
      say(`  ${name}: ${quantile(times[index]!, 0.5).toFixed(0)} ${quantile(times[index]!, 0.95).toFixed(0)}`);
    }
    for (const [index, { name }] of questions.entries()) {
      verdict(`${name}, p95`, quantile(times[index]!, 0.95), { most: 200 }, 'ms');
    }
  } finally {
    await product.close();
  }
}

async function peopleOf(pool: pg.Pool): Promise<Record<'admin' | 'manager' | 'csm', Person>> {
  const { rows } = await pool.query<{ id: string; email: string }>('SELECT id, email FROM steward.app_user');
  const idOf = (n: number) => rows.find(({ email }) => email === `person-${n}@steward.example`)!.id;
  const everyone = rows.map(({ id }) => id);
  const person = (id: string, role: Role, teamIds: string[]): Person => {
    const scope = scopeOf({ id, role, teamIds, standsInForIds: [] }, { everyoneSeesAll: false });
    const user = { id, email: '', fullName: '', role };
    const owners = [id, ...teamIds].map((each) => `'${each}'`).join(', ');
    return {
      principal: { kind: 'user', user, sessionHash: Buffer.alloc(0), scope, standsInForIds: [] },
      sees: role === 'admin' ? 'TRUE' : `(a.csm_user_id IN (${owners}) OR a.am_user_id IN (${owners}))`,
      receivers: owners,
    };
  };
  return {
    admin: person('00000000-0000-4000-8000-000000000000', 'admin', []),
    manager: person(
      idOf(0),
      'manager',
      everyone.filter((id) => id !== idOf(0)),
    ),
    csm: person(idOf(1), 'csm', []),
  };
}

function questionsOf(product: Product, pool: pg.Pool, people: Awaited<ReturnType<typeof peopleOf>>): Question[] {
  const { admin, manager, csm } = people;
  const inbox = (name: string, who: Person, asked: Record<string, string>, where = 'TRUE'): Question => {
    const query = alertInboxQuerySchema.parse(asked);
    const ask = () => product.get(AlertsService).inbox(who.principal, query);
    const ofPeople = query.scope === 'all' ? 'TRUE' : `receiver IN (${who.receivers})`;
    return {
      name,
      ask,
      prove: async () => {
        const { rows, totals } = await ask();
        const expected = await plainly(pool, `${who.sees} AND ${where} AND ${ofPeople}`, query);
        const found = { ...totals, ids: rows.map(({ account }) => account.id), tops: rows.map(({ top }) => top.id) };
        proves(`${name}: ${totals.alerts} alerts of ${totals.accounts} accounts`, same(found, expected));
      },
    };
  };
  const today = (name: string, who: Person, scope: TodayScope): Question => {
    const ask = () => product.get(TodayService).today(who.principal, scope);
    return {
      name,
      ask,
      prove: async () => {
        const { book, renewals, drops, expansion, owners } = await ask();
        const block = ({ accounts, arrMinor, rows }: typeof drops) => [accounts, arrMinor, ...rows.map(({ id }) => id)];
        const found = [
          [book.accounts, book.arrMinor, book.byBand.at_risk],
          block(renewals),
          block(drops),
          block(expansion),
          owners?.map(({ owner, ...line }) => [owner?.userId, line.accounts, line.arrMinor, line.atRisk]) ?? null,
        ];
        const expected = await plainToday(pool, who.sees, scope !== 'mine');
        proves(`${name}: ${book.accounts} accounts, ${drops.accounts} falling`, same(found, expected));
      },
    };
  };
  return [
    inbox('inbox of all, as an admin', admin, { scope: 'all' }),
    inbox('inbox of all, from row 5,000', admin, { scope: 'all', offset: '5000' }),
    inbox(
      'inbox of all, high and above',
      admin,
      { scope: 'all', severity: 'critical,high' },
      `severity IN ('critical', 'high')`,
    ),
    inbox('inbox of all, by name', admin, { scope: 'all', text: 'count 77' }, `a.name ILIKE '%count 77%'`),
    inbox('inbox of a team', manager, { scope: 'team' }),
    inbox('inbox of one CSM', csm, { scope: 'mine' }),
    today('Today of all, as an admin', admin, 'all'),
    today('Today of a team', manager, 'team'),
    today('Today of one CSM', csm, 'mine'),
  ];
}

function same(found: unknown, expected: unknown): boolean {
  const [a, b] = [JSON.stringify(sorted(found)), JSON.stringify(sorted(expected))];
  if (a !== b) say(`found    ${a.slice(0, 900)}\nexpected ${b.slice(0, 900)}`);
  return a === b;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort()
      .map(([key, each]) => [key, sorted(each)]),
  );
}

/** The inbox as somebody would ask for it by hand, figure by figure. */
async function plainly(pool: pg.Pool, where: string, { offset, limit }: { offset: number; limit: number }) {
  const { rows } = await pool.query(
    `WITH found AS (
       SELECT * FROM (
         SELECT t.account_id, t.id, t.kind, t.severity, t.unread, t.opened_at, s.arr_minor AS arr, a.name, a.csm_user_id,
           a.am_user_id, coalesce(t.assignee_user_id, CASE WHEN r.owner_role = 'am' THEN coalesce(a.am_user_id, a.csm_user_id)
             ELSE coalesce(a.csm_user_id, a.am_user_id) END) AS receiver,
           CASE t.severity WHEN 'critical' THEN 5 WHEN 'high' THEN 4 WHEN 'medium' THEN 3 WHEN 'low' THEN 2 ELSE 1 END AS rank
         FROM steward.alert t JOIN steward.alert_rule r ON r.id = t.rule_id JOIN steward.account a ON a.id = t.account_id
           JOIN steward.account_state s ON s.account_id = a.id
         WHERE t.state IN ('open', 'acknowledged')) AS a WHERE ${where}),
     account AS (
       SELECT account_id, max(rank) AS rank, max(arr) AS arr, bool_or(kind IN ('churn', 'renewal', 'billing')) AS at_stake,
         bool_or(kind = 'expansion') AS in_play FROM found GROUP BY 1),
     page AS (
       SELECT *, row_number() OVER (ORDER BY rank DESC, CASE WHEN at_stake THEN arr END DESC NULLS LAST, arr DESC NULLS LAST,
         account_id) AS place FROM account)
     SELECT (SELECT count(*)::int FROM account) AS accounts, (SELECT count(*)::int FROM found) AS alerts,
       (SELECT count(*)::int FROM found WHERE unread) AS unread,
       (SELECT sum(arr)::float8 FROM account) AS "arrMinor",
       (SELECT sum(arr)::float8 FROM account WHERE at_stake) AS "arrAtStakeMinor",
       (SELECT sum(arr)::float8 FROM account WHERE in_play) AS "arrInPlayMinor",
       (SELECT jsonb_object_agg(key, (SELECT count(*) FROM found WHERE severity = key))
          FROM unnest(ARRAY['info', 'low', 'medium', 'high', 'critical']) AS key) AS "bySeverity",
       (SELECT jsonb_object_agg(key, (SELECT count(*) FROM found WHERE kind = key))
          FROM unnest(ARRAY['churn', 'renewal', 'expansion', 'lifecycle', 'billing', 'data']) AS key) AS "byKind",
       (SELECT jsonb_agg(account_id ORDER BY place) FROM page WHERE place > ${offset} AND place <= ${offset + limit}) AS ids,
       (SELECT jsonb_agg((SELECT id FROM found f WHERE f.account_id = p.account_id ORDER BY rank DESC, opened_at DESC, id LIMIT 1)
          ORDER BY place) FROM page p WHERE place > ${offset} AND place <= ${offset + limit}) AS tops`,
  );
  return rows[0];
}

async function plainToday(pool: pg.Pool, sees: string, withOwners: boolean): Promise<unknown> {
  const live = `steward.account_state s JOIN steward.account a ON a.id = s.account_id
    WHERE s.status IN ('trial', 'customer') AND ${sees}`;
  const block = async (which: string, order: string) => {
    const counted = await pool.query(
      `SELECT count(*)::int AS n, sum(s.arr_minor)::float8 AS arr FROM ${live} AND ${which}`,
    );
    const first = await pool.query(`SELECT a.id FROM ${live} AND ${which} ORDER BY ${order}, a.id LIMIT 6`);
    return [counted.rows[0].n, counted.rows[0].arr, ...first.rows.map(({ id }) => id)];
  };
  const book = await pool.query(
    `SELECT count(*)::int AS n, sum(s.arr_minor)::float8 AS arr, count(*) FILTER (WHERE s.band = 'at_risk')::int AS risk FROM ${live}`,
  );
  const owners = await pool.query(
    `SELECT a.csm_user_id AS id, count(*)::int AS n, sum(s.arr_minor)::float8 AS arr,
       count(*) FILTER (WHERE s.band = 'at_risk')::int AS risk FROM ${live} GROUP BY 1
     ORDER BY sum(s.arr_minor) FILTER (WHERE s.band = 'at_risk') DESC NULLS LAST, arr DESC NULLS LAST, id LIMIT 30`,
  );
  return [
    [book.rows[0].n, book.rows[0].arr, book.rows[0].risk],
    await block(`s.renewal_date BETWEEN DATE '${TODAY}' - 59 AND DATE '${TODAY}' + 90`, 's.renewal_date'),
    await block('s.health_change <= -5', 's.health_change'),
    await block(
      `EXISTS (SELECT 1 FROM steward.segment_member m JOIN steward.segment g ON g.id = m.segment_id
         WHERE m.account_id = a.id AND g.key IN ('expansion_potential', 'am_review'))`,
      's.arr_minor DESC NULLS LAST',
    ),
    withOwners ? owners.rows.map(({ id, n, arr, risk }) => [id, n, arr, risk]) : null,
  ];
}

sayMachine();
await withDatabase(options.database, main);
