import { randomUUID } from 'node:crypto';
import { Partitions } from '../../../apps/api/src/db/partitions.js';
import { BUILT_IN_SIGNALS } from '../../../apps/api/src/domain/signals/built-in.js';
import { ReportBuild } from '../../../apps/api/src/reports/base/report-build.service.js';
import { ApiServer, type Caller } from '../../support/api-server.js';
import { insertRows } from '../../support/insert-rows.js';

export const TODAY = '2026-04-15';
export const LAST_CLOSED = '2026-04-14';
/** A day within a month of which snapshots are kept, too. */
export const MID_MONTH = '2026-02-17';
const FIRST_MONTH = 12 * 2025;
const MONTHS = 15;
const ACCOUNTS = 60;

const pad = (number: number) => String(number).padStart(2, '0');
const monthEnd = (index: number) => {
  const [year, month] = [Math.floor(index / 12), (index % 12) + 1];
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
};

/** The same numbers in each run. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * below);
  };
}

export const signalNumber = (key: string) => BUILT_IN_SIGNALS.find((each) => each.key === key)!.number;
const CONTACTS = signalNumber('usage.active_contacts');
const BREADTH = signalNumber('adoption.breadth');
const LAG = signalNumber('relationship.touch_lag');

/** Sixty accounts over fifteen months: tiers, bands, owners and subscriptions come and go. Nobody is ever in T4. */
export class MonthsWorld {
  private constructor(
    readonly server: ApiServer,
    readonly admin: Caller,
    readonly manager: Caller,
    readonly csms: { id: string; caller: Caller }[],
    readonly segment: string,
  ) {}

  static async make(): Promise<MonthsWorld> {
    const server = await ApiServer.start();
    const db = server.dataSource;
    await new Partitions(db).ensure(['account_snapshot', 'usage_feature_month'], '2025-01-01', TODAY);
    const manager = await server.person('manager');
    const csms = [
      await server.person('csm', { managerId: manager.id }),
      await server.person('csm', { managerId: manager.id }),
      await server.person('csm'),
    ];
    const am = await server.person('am');
    const roll = dice(11);
    const pick = <T>(of: readonly T[]): T => of[roll(of.length)] as T;
    const rows: Record<string, object[]> = {};
    const add = (table: string, row: object) => {
      rows[table] = [...(rows[table] ?? []), row];
    };
    const segment = randomUUID();
    add('segment', {
      ...{ id: segment, name: 'Chosen', of: 'account', visibility: 'shared', rule_version: 1, revision: 1 },
      ...{ owner_user_id: am.id, rule: { kind: 'all', rules: [] }, key: null },
    });
    ['reports', 'exports'].forEach((key, index) => {
      add('feature', { id: index + 1, key, label: key, tracked: true });
    });
    for (let index = 0; index < ACCOUNTS; index += 1) {
      const id = randomUUID();
      const owner = () => (index % 9 === 0 ? null : pick(csms).id);
      const now = owner();
      const region = pick(['North', 'South', null]);
      const plan = pick(['Basic', 'Pro']);
      const base = { am_user_id: index % 2 ? am.id : null };
      const hasSubscriptions = index % 5 !== 0;
      const churnedFrom = index % 7 === 3 ? 3 + roll(11) : null;
      add('account', {
        ...{ id, external_id: `A-${index}`, name: `Account ${index}`, region, plan, revision: 1, tags: [] },
        ...{ ...base, csm_user_id: now, customer_since: '2024-06-01' },
        status: churnedFrom === null ? (index % 13 === 5 ? 'prospect' : 'customer') : 'churned',
      });
      if (index % 3 === 0) {
        add('segment_member', {
          ...{ account_id: id, segment_id: segment, contact_id: '00000000-0000-0000-0000-000000000000' },
          ...{ how: 'rule', since_day: '2026-04-01' },
        });
      }
      if (hasSubscriptions) {
        const end = index % 4 === 1 ? `2025-${pad(2 + roll(10))}-1${roll(9)}` : null;
        const first = { account_id: id, starts_on: '2024-06-01', ends_on: end, mrr_minor: 100_00 * (1 + roll(90)) };
        add('subscription', { ...first, id: 's1', currency: 'USD', seat_based: false });
        const grows = `2025-${pad(1 + roll(12))}-${pad(1 + roll(28))}`;
        const ends = index % 6 === 1 ? `2026-0${1 + roll(3)}-1${roll(9)}` : null;
        if (index % 2 === 0) {
          const more = { account_id: id, starts_on: grows, ends_on: ends, mrr_minor: 10_00 * roll(60) };
          add('subscription', { ...more, id: 's2', currency: 'USD', seat_based: false });
        }
        if (end !== null && index % 8 === 1) {
          add('subscription', {
            ...{ account_id: id, id: 's3', starts_on: '2026-02-03', ends_on: null, mrr_minor: 77_00 },
            ...{ currency: 'USD', seat_based: false },
          });
        }
      }
      const days = [
        ...Array.from({ length: MONTHS }, (_, month) => monthEnd(FIRST_MONTH + month)),
        MID_MONTH,
        LAST_CLOSED,
      ];
      let mrr = 100_00 * (1 + roll(40));
      for (const day of [...days.sort(), TODAY]) {
        const month = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 - FIRST_MONTH;
        const isGone = churnedFrom !== null && month >= churnedFrom;
        const status = isGone ? 'churned' : index % 13 === 5 ? 'prospect' : index % 17 === 2 ? 'trial' : 'customer';
        const score = roll(6) === 0 ? null : roll(10_000) / 100;
        const band = score === null ? 'unknown' : score < 31 ? 'at_risk' : score < 71 ? 'watch' : 'healthy';
        const signals = Array.from({ length: 60 }, () => null as number | null);
        signals[CONTACTS - 1] = roll(5) === 0 ? null : roll(80);
        signals[BREADTH - 1] = roll(5) === 0 ? null : roll(10_001) / 100;
        signals[LAG - 1] = roll(4) === 0 ? null : roll(300) / 100;
        if (roll(5) === 0) mrr = roll(4) === 0 ? 0 : 100_00 * (1 + roll(40));
        const at = {
          ...{ account_id: id, status, score, band, signals, null_reasons: signals.map(() => 0), ...base },
          ...{ tier: index === 58 ? null : pick(['T1', 'T2', 'T2', 'T3']), stage: pick(['adoption', 'established']) },
          ...{ arr_minor: roll(9) === 0 ? null : roll(900_000_00), mrr_minor: mrr, customer_since: '2024-06-01' },
          ...{ seats: roll(8) === 0 ? null : roll(100), csm_user_id: day === TODAY ? now : owner() },
        };
        if (day === TODAY) add('account_state', { ...at, as_of: day });
        else add('account_snapshot', { ...at, day });
        if (day !== TODAY && day !== MID_MONTH && roll(3) > 0) {
          const month1 = `${day.slice(0, 8)}01`;
          for (const feature of [1, 2]) {
            add('usage_feature_month', { account_id: id, month: month1, feature_id: feature, days: roll(2 ** 30) });
          }
        }
      }
      for (let alert = roll(5); alert > 0; alert -= 1) {
        const opened = `2026-0${1 + roll(4)}-${pad(1 + roll(14))}`;
        add('alert', {
          ...{ account_id: id, id: randomUUID(), kind: 'churn', severity: 'high', state: 'open', evidence: [] },
          ...{
            started: pick(['change', 'change', 'start', 'hand']),
            opened_day: opened,
            opened_at: `${opened}T08:00:00Z`,
          },
          ...{ reason: 'because', revision: 1 },
        });
      }
      for (let goal = roll(3); goal > 0; goal -= 1) {
        const ended = `2026-0${1 + roll(4)}-${pad(1 + roll(14))}`;
        add('goal', {
          ...{ account_id: id, id: randomUUID(), playbook_id: randomUUID(), kind: 'adoption', name: 'A goal' },
          ...{ status: pick(['achieved', 'missed', 'cancelled']), started: 'hand', start_day: '2025-12-01' },
          ...{ due_day: ended, target: {}, ended_day: ended, ended_at: `${ended}T08:00:00Z`, revision: 1 },
        });
      }
    }
    add('day_close', { day: LAST_CLOSED, state: 'closed' });
    for (const table of ORDER) await insertRows(db, table, rows[table] as never);
    await db.query(`DELETE FROM steward.day_close WHERE day > $1`, [LAST_CLOSED]);
    const build = server.app.get(ReportBuild, { strict: false });
    await build.build({ from: 0 as never, to: 9999 as never });
    return new MonthsWorld(
      server,
      await server.as('admin'),
      await server.signedIn(manager),
      await Promise.all(csms.map(async (csm) => ({ id: csm.id, caller: await server.signedIn(csm) }))),
      segment,
    );
  }

  query<Row = any>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.server.dataSource.query(sql, parameters);
  }

  get build(): ReportBuild {
    return this.server.app.get(ReportBuild, { strict: false });
  }

  async get(path: string, as: Caller = this.admin): Promise<any> {
    const { status, body } = await as.get(`/api/v1/reports/${path}`);
    if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
    return body;
  }

  close(): Promise<void> {
    return this.server.close();
  }
}

const ORDER = [
  ...['segment', 'feature', 'account', 'account_snapshot', 'account_state', 'subscription', 'segment_member'],
  ...['usage_feature_month', 'alert', 'goal', 'day_close'],
];
