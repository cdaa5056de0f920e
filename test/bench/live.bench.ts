import { setTimeout as pause } from 'node:timers/promises';
import type { EventRow } from '@steward/api/domain/values/fact-rows';
import type { LiveHint } from '@steward/shared/live';
import type pg from 'pg';
import { accountsOf, isoDay, strewn } from './support/company.js';
import { type BenchDatabase, withDatabase } from './support/database.js';
import { loadFacts } from './support/load.js';
import { proves, quantile, say, sayMachine, verdict } from './support/measure.js';
import { adminCookie, OpenPage } from './support/open-page.js';
import { optionsOf } from './support/options.js';
import { Processes } from './support/processes.js';
import { Product } from './support/product.js';
import { batchBody, intakeKey, Sender } from './support/sender.js';

/**
 * Events one by one over HTTP at a steady rate, each of another account, until the account's new snapshot can be read,
 * until an open page is told of it and, where an alert rule fires, of the alert: server and worker as shipped, time
 * counted from the server's answer. With `--prepare` it ends before the first event: a database kept at that point can
 * be copied and measured again and again.
 */
const options = optionsOf(
  { accounts: 20_000, perSecond: 100, seconds: 60 },
  { accounts: 2_000, perSecond: 50, seconds: 20 },
  ['prepare'],
);
const TODAY = new Date().toISOString().slice(0, 10);
const LOOK_EVERY_MS = 10;
/** An alert rule fires on one in so many of the accounts. */
const EVERY = 20;
const RULE_ID = '0192f0a4-5b1e-7c11-9a51-3f1f5c0de001';

async function main({ url: databaseUrl, pool, fill }: BenchDatabase): Promise<void> {
  const product = await Product.open(databaseUrl);
  const processes = new Processes(databaseUrl);
  const company = { accounts: options.accounts, contactsPerAccount: 8, usageDays: 1, lastDay: TODAY };
  try {
    // Everybody was active last week, so that usage covers every account and today's event is news to the week's count.
    await fill(async () => {
      await loadFacts(product, accountsOf(company), isoDay(TODAY, -8));
      await loadFacts(product, firstEvents(), isoDay(TODAY, -7));
    });
    const ids = await accountIds(pool);
    const url = await processes.api();
    await keepAlertRule(pool);
    const sender = new Sender(url, await intakeKey(product), 8);
    // Nobody's event: once it is worked off the worker is awake, also where all accounts were computed before.
    const nobodys = { ...eventOf(0, `awake-${Date.now()}`, new Date(`${isoDay(TODAY, -7)}T12:00:00Z`)), contact: null };
    await sender.send(batchBody([nobodys]));
    processes.worker();
    say('waiting for the first run over all accounts');
    await untilQuiet(pool, ids.size);
    if (options.prepare) return;

    const number = await signalNumber(pool);
    const answered = new Map<string, number>();
    const waits: number[] = [];
    const watching = watch(pool, number, answered, waits);
    const accounts = new Hearing('accounts');
    const alerts = new Hearing('alerts');
    const page = await OpenPage.open(url, await adminCookie(product, url), (hint) => {
      accounts.heard(hint);
      alerts.heard(hint);
    });
    const began = performance.now();
    const count = options.perSecond * options.seconds;
    if (count > options.accounts) throw new Error('There are fewer accounts than events');
    const alarmed = Array.from({ length: count }, (_, n) => n).filter(isAlarmed).length;
    const sending: Promise<void>[] = [];
    let late = 0;
    for (let n = 0; n < count; n += 1) {
      const due = began + (n * 1000) / options.perSecond;
      const early = due - performance.now();
      if (early > 1) await pause(early);
      else if (early < -1000) late += 1;
      const account = `A-${n}`;
      const events = [eventOf(n, 'live', new Date())];
      if (isAlarmed(n)) events.push(eventOf(n, 'alarm', new Date()));
      sending.push(
        sender.send(batchBody(events)).then((created) => {
          if (created !== events.length) throw new Error('The event was not taken as new');
          const now = performance.now();
          answered.set(ids.get(account)!, now);
          accounts.answered(ids.get(account)!, now);
          if (isAlarmed(n)) alerts.answered(ids.get(account)!, now);
        }),
      );
    }
    await Promise.all(sending);
    watching.noMore();
    await watching.done;
    await accounts.all(count);
    await alerts.all(alarmed);
    page.close();
    sender.close();
    proves(
      `${count} events were sent on time and every one reached its account's snapshot`,
      late === 0 && waits.length === count,
    );
    for (const share of [0.5, 0.9, 0.95, 0.99]) say(`  p${share * 100}: ${quantile(waits, share).toFixed(0)} ms`);
    verdict('event answered → snapshot committed, p95', quantile(waits, 0.95), { most: 400 }, 'ms');
    proves('an open page was told of every account', accounts.waits.length === count);
    verdict('event answered → open page told, p95', quantile(accounts.waits, 0.95), { most: 1_000 }, 'ms');
    proves('an open page was told of every alert, and each is open', await areOpen(pool, alarmed, alerts.waits.length));
    for (const share of [0.5, 0.99]) say(`  alert, p${share * 100}: ${quantile(alerts.waits, share).toFixed(0)} ms`);
    verdict('event answered → open page told of the alert, p95', quantile(alerts.waits, 0.95), { most: 1_000 }, 'ms');
  } finally {
    await processes.stop();
    await product.close();
  }
}

function eventOf(account: number, round: string, at: Date): EventRow {
  return {
    kind: 'event',
    account: { via: 'externalId', id: `A-${account}` },
    messageId: `${round}-${account}`,
    contact: { externalId: `${round}-${account}`, email: null, name: null },
    name: 'Feature Used',
    feature: 'feature-1',
    occurredAt: at.toISOString(),
    count: 1,
    properties: {},
  };
}

function* firstEvents(): Generator<EventRow> {
  const at = new Date(`${isoDay(TODAY, -7)}T12:00:00Z`);
  for (const account of strewn(options.accounts, 5)) yield eventOf(account, 'first', at);
}

async function accountIds(pool: pg.Pool): Promise<Map<string, string>> {
  const { rows } = await pool.query<{ key: string; id: string }>('SELECT external_id AS key, id FROM steward.account');
  return new Map(rows.map(({ key, id }) => [key, id]));
}

async function signalNumber(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ number: number }>(
    `SELECT number FROM steward.signal_definition WHERE key = 'usage.active_contacts'`,
  );
  return rows[0]!.number;
}

/** Every account has its snapshot of today, and nothing is due. */
async function untilQuiet(pool: pg.Pool, accounts: number): Promise<void> {
  for (;;) {
    const { rows } = await pool.query<{ quiet: boolean }>(
      `SELECT (SELECT count(*) FROM steward.account_snapshot WHERE day = $1::date) = $2
         AND NOT EXISTS (SELECT 1 FROM steward.dirty_account)
         AND NOT EXISTS (SELECT 1 FROM steward.refresh_run WHERE finished_at IS NULL) AS quiet`,
      [TODAY, accounts],
    );
    if (rows[0]?.quiet) return;
    await pause(500);
  }
}

/** Looks again and again at the snapshots of accounts whose event was answered, until each counts its new person. */
function watch(pool: pg.Pool, number: number, answered: Map<string, number>, waits: number[]) {
  let more = true;
  const look = async () => {
    const giveUpMs = 30_000;
    let lastSeen = performance.now();
    while (more || answered.size > 0) {
      const { rows } = await pool.query<{ account_id: string }>(
        `SELECT account_id FROM steward.account_snapshot
         WHERE account_id = ANY($1::uuid[]) AND day = $2::date AND signals[$3] >= 2`,
        [[...answered.keys()], TODAY, number],
      );
      const now = performance.now();
      for (const { account_id } of rows) {
        waits.push(Math.max(0, now - answered.get(account_id)!));
        answered.delete(account_id);
        lastSeen = now;
      }
      if (!more && now - lastSeen > giveUpMs) return;
      await pause(LOOK_EVERY_MS);
    }
  };
  return { noMore: () => (more = false), done: look() };
}

/** Two of its people act in one message, and an alert rule fires on that: on few enough accounts for no storm. */
const isAlarmed = (account: number) => account % EVERY === EVERY / 2;

async function keepAlertRule(pool: pg.Pool): Promise<void> {
  const rule = { kind: 'compare', field: 'usage.active_contacts', op: 'gte', value: 3 };
  await pool.query(
    `INSERT INTO steward.alert_rule (id, name, kind, reason, rule, severity, tier_severity, owner_role, cool_down_days,
       skip_in_quiet_periods, channels, enabled, rule_version, revision, created_at, updated_at)
     VALUES ($1, $2, 'data', 'A third person', $3, 'medium', '{}', 'csm', 14, false, '{inApp}', true,
       nextval('steward.alert_rule_number')::int, 1, now(), now()) ON CONFLICT (id) DO NOTHING`,
    [RULE_ID, 'Third person', JSON.stringify(rule)],
  );
}

async function areOpen(pool: pg.Pool, alarmed: number, told: number): Promise<boolean> {
  const { rows } = await pool.query<{ open: number }>(
    `SELECT count(*)::int AS open FROM steward.alert WHERE rule_id = $1 AND state = 'open' AND started = 'change'`,
    [RULE_ID],
  );
  return told === alarmed && rows[0]?.open === alarmed;
}

/** When an open page was told of accounts whose event was answered. The hint may come before the answer is read. */
class Hearing {
  constructor(private readonly topic: LiveHint['topic']) {}

  readonly waits: number[] = [];
  private readonly answers = new Map<string, number>();
  private readonly hints = new Map<string, number>();

  answered(id: string, at: number): void {
    this.answers.set(id, at);
    this.match(id);
  }

  heard({ topic, ids }: LiveHint): void {
    const at = performance.now();
    if (topic !== this.topic) return;
    // "Many" names nobody: every account that waits is told of.
    for (const id of ids ?? [...this.answers.keys()]) {
      if (!this.hints.has(id)) this.hints.set(id, at);
      this.match(id);
    }
  }

  /** Until so many were told of, or nothing came for a while. */
  async all(count: number): Promise<void> {
    const giveUpAt = performance.now() + 5_000;
    while (this.waits.length < count && performance.now() < giveUpAt) await pause(LOOK_EVERY_MS);
  }

  private match(id: string): void {
    const [answer, hint] = [this.answers.get(id), this.hints.get(id)];
    if (answer === undefined || hint === undefined) return;
    this.waits.push(Math.max(0, hint - answer));
    this.answers.delete(id);
  }
}

sayMachine();
await withDatabase(options.database, main);
