import { randomUUID } from 'node:crypto';
import { Test } from '@nestjs/testing';
import type { DataSource } from 'typeorm';
import { DbModule } from '../../../apps/api/src/db/db.module.js';
import { Partitions } from '../../../apps/api/src/db/partitions.js';
import { AccountPageModule } from '../../../apps/api/src/desk/account-page/account-page.module.js';
import { DEFAULT_PROFILES } from '../../../apps/api/src/domain/health/defaults.js';
import { roundScore } from '../../../apps/api/src/domain/health/points.js';
import { compileProfile } from '../../../apps/api/src/domain/health/profile.js';
import { bandOf, rollUp } from '../../../apps/api/src/domain/health/score.js';
import { BUILT_IN_SIGNALS } from '../../../apps/api/src/domain/signals/built-in.js';
import { Queues } from '../../../apps/api/src/pipeline/base/queue.module.js';
import { AuditLogModule } from '../../../apps/api/src/platform/audit/audit-log.module.js';
import { Turns } from '../../../apps/api/src/platform/auth/in-turn.interceptor.js';
import { Clock, ClockModule } from '../../../apps/api/src/platform/clock.js';
import { AccountsModule } from '../../../apps/api/src/records/accounts/accounts.module.js';
import { PublishedModelModule } from '../../../apps/api/src/records/model/published-model.module.js';
import { WorkspaceModule } from '../../../apps/api/src/records/workspace/workspace.module.js';
import { insertRows, insertStates } from '../../support/insert-rows.js';
import { type MigratedDatabase, migratedDatabase } from '../../support/migrated-database.js';

export const TODAY = '2026-04-15';
export const ACCOUNT = '10000000-0000-5000-8000-000000000001';
export const CHILD = '10000000-0000-5000-8000-000000000002';
export const CSM = '00000000-0000-4000-8000-00000000000a';
export const OTHER = '00000000-0000-4000-8000-00000000000b';
export const actor = { kind: 'user', id: CSM, name: 'Ada Byron' } as const;

export interface AccountPageWorld {
  database: MigratedDatabase;
  db: DataSource;
  app: Awaited<ReturnType<ReturnType<typeof Test.createTestingModule>['compile']>>;
}

/** 60 slots of signals, of which some are set by number. */
const signals = (set: Record<number, number>) => Array.from({ length: 60 }, (_, index) => set[index + 1] ?? null);
const reasons = (set: Record<number, number>) => signals(set).map((value) => (value === null ? 1 : 0));

/** What the page needs, without a server: an account of Ada's with a past, and its child, which is Bo's. */
export async function accountPageWorld(): Promise<AccountPageWorld> {
  const database = await migratedDatabase();
  const db = database.dataSource;
  await new Partitions(db).ensure(['account_snapshot', 'event'], '2026-03-01', '2026-04-30');
  const hints = {
    module: class Hints {},
    global: true,
    providers: [{ provide: Queues, useValue: { enqueue: async () => undefined } }, Turns],
    exports: [Queues, Turns],
  };
  const app = await Test.createTestingModule({
    imports: [
      hints,
      ClockModule,
      DbModule.forRoot({ url: database.url, applicationName: 'spec' }),
      AuditLogModule,
      WorkspaceModule,
      AccountPageModule,
      AccountsModule,
      PublishedModelModule,
    ],
  })
    .overrideProvider(Clock)
    .useValue({ now: () => new Date(`${TODAY}T12:00:00Z`) })
    .compile();
  await app.init();
  await fill(db);
  return { database, db, app };
}

async function fill(db: DataSource): Promise<void> {
  await insertRows(db, 'app_user', [
    { id: CSM, email: 'ada@x.test', full_name: 'Ada Byron', role: 'csm', active: true },
    { id: OTHER, email: 'bo@x.test', full_name: 'Bo Diddley', role: 'csm', active: true },
  ]);
  await insertRows(db, 'account', [
    {
      id: ACCOUNT,
      external_id: 'a-1',
      name: 'Analytical Engines',
      status: 'customer',
      csm_user_id: CSM,
      seats: 20,
      revision: 3,
      customer_since: '2024-01-01',
      attributes: { region_code: 'N' },
    },
    {
      id: CHILD,
      external_id: 'a-2',
      name: 'Difference Engines',
      status: 'customer',
      csm_user_id: OTHER,
      parent_id: ACCOUNT,
      revision: 1,
    },
  ]);
  await insertRows(db, 'account_field', [
    {
      account_id: ACCOUNT,
      field: 'industry',
      from_day: '2026-01-01',
      value: 'Looms',
      source: 'crm',
      observed_at: '2026-01-01T00:00:00Z',
    },
    {
      account_id: ACCOUNT,
      field: 'industry',
      from_day: '2026-04-10',
      value: 'Computing',
      source: `person:${CSM}`,
      observed_at: '2026-04-10T00:00:00Z',
    },
  ]);
  await db.query(`UPDATE steward.account SET industry = 'Computing' WHERE id = $1`, [ACCOUNT]);
  await insertRows(db, 'source', [{ key: 'crm', fact_kind: 'account', label: 'CRM', covers: 'all' }]);
  await insertRows(db, 'ticket', [
    {
      account_id: ACCOUNT,
      id: 't-1',
      opened_at: '2026-04-01T08:00:00Z',
      opened_on: '2026-04-01',
      closed_on: '2026-04-12',
      closed_at: '2026-04-12T08:00:00Z',
      status: 'closed',
      priority: 'urgent',
      subject: 'Gears stuck',
    },
    {
      account_id: ACCOUNT,
      id: 't-2',
      opened_at: '2026-04-14T08:00:00Z',
      opened_on: '2026-04-14',
      status: 'open',
      priority: 'urgent',
      subject: 'Steam',
    },
  ]);
  await insertRows(db, 'survey_answer', [
    { account_id: ACCOUNT, kind: 'nps', id: 's-1', answered_on: '2026-04-01', score: 9, scale_min: 0, scale_max: 10 },
  ]);
  const then = { account_id: ACCOUNT, status: 'customer', health_version_id: 2, tier: 'T2', stage: 'adoption' };
  await scored(db, 'account_snapshot', { ...then, day: '2026-04-05' }, { 14: 1, 19: 100 });
  await scored(db, 'account_snapshot', { ...then, day: TODAY }, { 14: 1, 19: 100 });
  await scored(
    db,
    'account_state',
    { ...then, as_of: TODAY, closed_tier: 'T2', stage_since: '2026-01-01' },
    { 14: 2, 19: -20 },
  );
  await insertStates(db, [{ account_id: CHILD, as_of: TODAY, status: 'customer', band: 'healthy', arr_minor: 500 }]);
  await insertRows(db, 'stage_move', [
    {
      account_id: ACCOUNT,
      id: randomUUID(),
      from_stage: 'onboarding',
      to_stage: 'adoption',
      moved_on: '2026-01-01',
      reason: 'rule',
    },
  ]);
}

/** Stores a day under the numbers of the signals given and the score that the default profile gives for them. */
async function scored(db: DataSource, table: string, row: Record<string, unknown>, set: Record<number, number>) {
  const slots = new Map(BUILT_IN_SIGNALS.map(({ key, number }) => [key, number - 1]));
  const profile = compileProfile(DEFAULT_PROFILES[1]!.body, (key) => slots.get(key) ?? null);
  const score = roundScore(rollUp(profile, signals(set)) ?? 0);
  const band = bandOf(score, profile.body.bands);
  await insertRows(db, table, [{ ...row, signals: signals(set), null_reasons: reasons(set), score, band }]);
}
