import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { insertRows } from './insert-rows.js';

type Row = Record<string, unknown>;

export interface StoredAlertKey {
  accountId: string;
  id: string;
  revision: number;
}

export const NOTHING_READ = { values: [], leaves: [], loss: null };

/** An open alert on an account, as a run leaves it; columns by their names. */
export async function anAlert(db: DataSource, accountId: string, overrides: Row = {}): Promise<StoredAlertKey> {
  const id = (overrides.id as string | undefined) ?? randomUUID();
  const row: Row = {
    account_id: accountId,
    id,
    rule_id: null,
    kind: 'churn',
    severity: 'high',
    state: 'open',
    started: 'change',
    reason: 'Health fell',
    evidence: NOTHING_READ,
    opened_day: '2026-04-14',
    opened_at: '2026-04-14T08:00:00Z',
    unread: true,
    revision: 1,
    ...overrides,
  };
  await insertRows(db, 'alert', [row]);
  return { accountId, id, revision: row.revision as number };
}

/** A rule as somebody keeps it. Its number is its own: no account has been held against it. */
export async function anAlertRule(db: DataSource, overrides: Row = {}): Promise<string> {
  const id = (overrides.id as string | undefined) ?? randomUUID();
  const [number] = await db.query(`SELECT nextval('steward.alert_rule_number')::int AS version`);
  await insertRows(db, 'alert_rule', [
    {
      id,
      name: 'Large and at risk',
      kind: 'churn',
      reason: 'Health is {{health.score}}',
      rule: { kind: 'compare', field: 'health.band', op: 'eq', value: 'at_risk' },
      severity: 'high',
      owner_role: 'csm',
      cool_down_days: 14,
      enabled: true,
      rule_version: number.version,
      revision: 1,
      ...overrides,
    },
  ]);
  return id;
}
