import type { StudioRun } from '@steward/shared/health-studio';
import { type Day, toDay } from '../../../apps/api/src/domain/calendar/day.js';
import { factsByDay, sampleCompany } from '../../../apps/api/src/domain/sample/company.js';
import { FactStore } from '../../../apps/api/src/intake/facts/fact-store.js';
import { Runs } from '../../../apps/api/src/pipeline/run/runs.service.js';
import { HistoryWorker } from '../../../apps/api/src/reports/studio/history-worker.js';
import type { ApiServer, Caller } from '../../support/api-server.js';

const FACTS_AT_ONCE = 2_000;
const STUDIO = '/api/v1/health-studio';

/**
 * A sample company on a server, with its history computed up to today. `computed`: only on these days, and today; a day
 * takes long, however few the accounts.
 */
export async function withSample(
  server: ApiServer,
  {
    computed,
    ...company
  }: { accounts: number; months: number; seed: number; computed?: { from: string; to: string } | 'today' },
): Promise<void> {
  const today = server.clock.now().toISOString().slice(0, 10);
  const told = sampleCompany({ ...company, to: toDay(today) });
  const store = server.app.get(FactStore, { strict: false });
  const facts = [...factsByDay(told)].flatMap((day) => day.facts);
  for (let from = 0; from < facts.length; from += FACTS_AT_ONCE) {
    await store.store(facts.slice(from, from + FACTS_AT_ONCE), {
      sourceKey: 'sample',
      receivedAt: server.clock.now(),
      actor: { kind: 'system', id: null, name: 'spec' },
    });
  }
  const runs = server.app.get(Runs, { strict: false });
  const { from, to } = daysOf(told, computed);
  await runs.driveBackfill(await runs.start('backfill', { from, to, overwrite: true }));
  await runs.drive(await runs.start('refresh', { from: told.to, to: told.to }));
}

function daysOf({ from, to }: { from: Day; to: Day }, computed?: { from: string; to: string } | 'today') {
  if (computed === undefined) return { from, to };
  return computed === 'today' ? { from: to, to } : { from: toDay(computed.from), to: toDay(computed.to) };
}

/** The profiles as they are published, the default last. */
export async function published(caller: Caller): Promise<any[]> {
  return (await caller.get('/api/v1/health-profiles')).body.profiles;
}

export const effectOf = (caller: Caller, profile: unknown, more: Record<string, unknown> = {}) =>
  caller.post(`${STUDIO}/effect`, { profile, ...more });

export const order = (caller: Caller, kind: string, profile: unknown, config: Record<string, unknown> = {}) =>
  caller.post(`${STUDIO}/runs`, { kind, profile, config });

/** Orders a trial, does it as a worker would, and answers what came out. */
export async function tried(
  server: ApiServer,
  caller: Caller,
  kind: string,
  profile: unknown,
  config: Record<string, unknown> = {},
): Promise<StudioRun> {
  const ordered = await order(caller, kind, profile, config);
  if (ordered.status !== 201) throw new Error(JSON.stringify(ordered.body));
  await server.app.get(HistoryWorker, { strict: false }).work(ordered.body.id);
  return (await caller.get(`${STUDIO}/runs/${ordered.body.id}`)).body;
}
