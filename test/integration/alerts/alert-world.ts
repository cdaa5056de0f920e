import type { Rule } from '@steward/shared/rules';
import { anAlertRule } from '../../support/alerts.js';
import type { PipelineWorld } from '../pipeline/pipeline-world.js';

/** Keeps an alert rule; what is left out is of the plainest kind. */
export const keepRule = (world: PipelineWorld, rule: Rule, overrides: Record<string, unknown> = {}): Promise<string> =>
  anAlertRule(world.dataSource, {
    name: 'Rule',
    reason: 'ARR is {{account.arr}}',
    rule,
    severity: 'medium',
    ...overrides,
  });

export async function goTo(world: PipelineWorld, day: string): Promise<void> {
  world.now = `${day}T08:00:00Z`;
  await world.closeDays();
  await world.drain();
}

/** `account state started opened→ended`, in order. */
export async function alerts(world: PipelineWorld, where = 'TRUE'): Promise<string[]> {
  const rows = await world.query(
    `SELECT a.external_id AS account, t.state, t.started, t.opened_day AS opened, t.ended_day AS ended
     FROM steward.alert t JOIN steward.account a ON a.id = t.account_id WHERE ${where} ORDER BY 1, t.opened_day, t.id`,
  );
  return rows.map(
    ({ account, state, started, opened, ended }) =>
      `${account} ${state} ${started} ${opened}${ended ? `→${ended}` : ''}`,
  );
}

export async function alertEvents(world: PipelineWorld): Promise<string[]> {
  const rows = await world.query(
    `SELECT a.external_id AS account, e.kind, e.day, e.details, e.told_at IS NULL AS news
     FROM steward.alert_event e JOIN steward.account a ON a.id = e.account_id ORDER BY e.day, 1, e.kind`,
  );
  return rows.map(
    ({ account, kind, day, details, news }) =>
      `${account} ${kind}${details?.why ? ` ${details.why}` : ''} ${day}${news ? ' news' : ''}`,
  );
}

/** A person acts on the only alert of an account. */
export function act(world: PipelineWorld, externalId: string, set: string): Promise<unknown> {
  return world.query(
    `UPDATE steward.alert t SET ${set}, revision = t.revision + 1 FROM steward.account a
     WHERE a.id = t.account_id AND a.external_id = $1 AND t.ended_day IS NULL`,
    [externalId],
  );
}
