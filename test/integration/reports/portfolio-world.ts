import { randomUUID } from 'node:crypto';
import type { AccountsOfFigure } from '@steward/shared/report-parts';
import { Partitions } from '../../../apps/api/src/db/partitions.js';
import { ApiServer, type Caller } from '../../support/api-server.js';
import { insertRows } from '../../support/insert-rows.js';

export const TODAY = '2026-04-15';
/** Today, and the ends of two months: of all of them there is a snapshot. */
export const DAYS = ['2026-02-28', '2026-03-31', TODAY] as const;
export const ACCOUNTS = 60;

const STAGES = ['onboarding', 'adoption', 'established', 'advocate'] as const;
const TIERS = ['T1', 'T2', 'T3', 'T4'] as const;

/** The same numbers in each run. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * below);
  };
}

/** Sixty accounts of three CSMs in two teams, whose bands, tiers, owners and money changed from day to day. */
export class PortfolioWorld {
  private constructor(
    readonly server: ApiServer,
    readonly admin: Caller,
    readonly csms: { id: string; caller: Caller }[],
    readonly accounts: string[],
  ) {}

  static async make(): Promise<PortfolioWorld> {
    const server = await ApiServer.start();
    const db = server.dataSource;
    await new Partitions(db).ensure(['account_snapshot'], '2025-12-01', TODAY);
    const manager = await server.person('manager');
    const csms = [
      await server.person('csm', { managerId: manager.id }),
      await server.person('csm', { managerId: manager.id }),
      await server.person('csm'),
    ];
    const am = await server.person('am');
    const roll = dice(7);
    const pick = <T>(of: readonly T[]): T => of[roll(of.length)] as T;
    const accounts = Array.from({ length: ACCOUNTS }, () => randomUUID());
    const rows: Record<string, object[]> = {};
    const add = (table: string, row: object) => {
      rows[table] = [...(rows[table] ?? []), row];
    };
    accounts.forEach((id, index) => {
      const region = index === 0 ? 'One' : index < 6 ? 'Unknown' : index < 10 ? 'Gone' : 'North';
      const owner = () => (index % 9 === 0 ? null : pick(csms).id);
      const now = owner();
      const churnedOn = region === 'Gone' || index % 11 === 10 ? `2026-0${2 + roll(2)}-1${roll(9)}` : null;
      const isNoUser = index % 18 === 0;
      add('account', {
        ...{
          id,
          external_id: `A-${index}`,
          name: `Account ${index}`,
          region,
          plan: pick(['Basic', 'Pro']),
          revision: 1,
        },
        ...{ csm_user_id: now, csm_text: now === null && isNoUser ? 'Kim Former' : null },
        ...{ am_user_id: index % 2 ? am.id : null, churned_on: churnedOn, customer_since: '2025-01-01', tags: [] },
        ...{
          status: churnedOn === null ? 'customer' : 'churned',
          churn_reason: churnedOn && index % 2 ? 'price' : null,
        },
      });
      for (const day of DAYS) {
        const isUnknown = region === 'Unknown';
        const score = isUnknown || roll(8) === 0 ? null : roll(10_000) / 100;
        const known = score === null ? 'unknown' : score < 31 ? 'at_risk' : score < 71 ? 'watch' : 'healthy';
        const status = churnedOn !== null && churnedOn <= day ? 'churned' : index % 13 === 5 ? 'prospect' : 'customer';
        const at = {
          ...{ account_id: id, status, score, band: status === 'customer' ? known : null },
          ...{ tier: pick(TIERS), arr_minor: roll(9) === 0 ? null : roll(900_000_00), region: undefined },
          ...{ csm_user_id: day === TODAY ? now : owner(), am_user_id: index % 2 ? am.id : null },
          ...{
            stage: status === 'churned' ? 'churned' : pick(STAGES),
            stage_since: `2026-0${1 + roll(2)}-0${1 + roll(8)}`,
          },
        };
        if (day === TODAY) add('account_state', { ...at, as_of: day });
        else add('account_snapshot', { ...at, day });
      }
      if (churnedOn !== null) {
        const before = `${churnedOn.slice(0, 8)}${String(Number(churnedOn.slice(8)) - 1).padStart(2, '0')}`;
        add('account_snapshot', {
          account_id: id,
          day: before,
          status: 'customer',
          tier: pick(TIERS),
          arr_minor: 1_000_00 * index,
        });
        if (index % 4 === 1) {
          add('churn_record', {
            ...{ account_id: id, id: randomUUID(), churned_on: churnedOn, reason_key: 'x', reason_label: 'Merged' },
            ...{ can_influence: false, competitor: 'Rival', arr_lost_minor: 77_00, by_user_id: am.id },
          });
        }
      }
      for (const due of ['2026-02-20', '2026-04-10', '2026-05-30']) {
        const outcome = due < '2026-03-01' ? pick(['renewed', 'renewedSmaller', 'lost', null]) : null;
        add('renewal', {
          ...{
            account_id: id,
            due_on: due,
            amount_minor: roll(9) === 0 ? null : roll(500_000_00),
            revision: 1,
            outcome,
          },
          ...{ outcome_day: outcome && `2026-0${2 + roll(3)}-0${1 + roll(9)}`, renewed_amount_minor: outcome && 5_00 },
          forecast_category: roll(6) === 0 ? 'atRisk' : null,
        });
      }
      for (let touch = roll(4); touch > 0; touch -= 1) {
        const day = `2026-0${1 + roll(4)}-0${1 + roll(9)}`;
        const at = `${day}T10:00:00Z`;
        add('touchpoint', {
          account_id: id,
          id: `t${touch}`,
          kind: 'call',
          on_day: day,
          at,
          counts: roll(5) > 0,
          links: [],
        });
      }
      for (let task = roll(3); task > 0; task -= 1) {
        const endedDay = roll(2) ? `2026-04-0${1 + roll(9)}` : null;
        add('task', {
          ...{
            account_id: id,
            id: randomUUID(),
            origin: 'hand',
            state: endedDay ? 'done' : 'open',
            ended_day: endedDay,
          },
          ...{ assignee_user_id: roll(5) ? pick(csms).id : null, due_day: `2026-0${2 + roll(4)}-1${roll(9)}` },
        });
      }
      if (roll(2)) {
        const endedDay = roll(2) ? '2026-03-20' : null;
        add('goal', {
          ...{
            account_id: id,
            id: randomUUID(),
            kind: 'retention',
            started: 'hand',
            start_day: '2026-02-10',
            due_day: '2026-06-01',
          },
          ...{
            status: endedDay ? pick(['achieved', 'missed', 'cancelled']) : 'inProgress',
            ended_day: endedDay,
            revision: 1,
          },
          ...{ owner_user_id: pick(csms).id, playbook_id: PLAYBOOK, playbook_version: 1 },
        });
      }
      for (let alert = roll(3); alert > 0; alert -= 1) {
        const day = `2026-0${2 + roll(3)}-0${1 + roll(9)}`;
        const answered = roll(3) ? `2026-04-1${roll(4)}T1${roll(9)}:30:00Z` : null;
        const resolved = answered !== null && roll(2);
        add('alert', {
          ...{
            account_id: id,
            id: randomUUID(),
            rule_id: randomUUID(),
            kind: 'churn',
            severity: 'high',
            reason: '',
            revision: 1,
          },
          ...{
            state: resolved ? 'resolved' : answered ? 'acknowledged' : 'open',
            started: roll(5) ? 'change' : 'start',
          },
          ...{ opened_day: day, opened_at: `${day}T0${6 + roll(3)}:15:00Z`, acknowledged_at: answered },
          ...{
            ended_day: resolved ? answered.slice(0, 10) : null,
            outcome: resolved ? 'successful' : null,
            evidence: {},
          },
        });
      }
    });
    add('playbook', {
      id: PLAYBOOK,
      key: 'p',
      name: 'Rescue',
      kind: 'retention',
      definition: {},
      version: 1,
      revision: 1,
    });
    const order = ['playbook', 'account', 'account_state', 'account_snapshot'];
    for (const table of [...order, ...Object.keys(rows).filter((each) => !order.includes(each))]) {
      await insertRows(db, table, (rows[table] ?? []) as Record<string, unknown>[]);
    }
    await db.query(`UPDATE steward.workspace SET time_zone = 'Europe/Berlin' WHERE id = 1`);
    const callers: { id: string; caller: Caller }[] = [];
    for (const csm of csms) callers.push({ id: csm.id, caller: await server.signedIn(csm) });
    return new PortfolioWorld(server, await server.as('admin'), callers, accounts);
  }

  async get(path: string, caller: Caller = this.admin): Promise<any> {
    const { status, body } = await caller.get(`/api/v1/reports/${path}`);
    expect({ path, status, body }).toMatchObject({ status: 200 });
    return body;
  }

  query<Row>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return this.server.dataSource.query(sql, values);
  }

  /** How many accounts the list shows behind a figure. */
  async behind({ rule, asOf, parts }: AccountsOfFigure, caller: Caller = this.admin): Promise<number> {
    const { status, body } = await caller.post('/api/v1/accounts/count', { rule, asOf, parts });
    expect({ rule, parts, status, body }).toMatchObject({ status: 200 });
    return body.accounts;
  }

  close(): Promise<void> {
    return this.server.close();
  }
}

export const PLAYBOOK = '11111111-1111-4111-8111-111111111111';
