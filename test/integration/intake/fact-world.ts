import type { DataSource } from 'typeorm';
import { forgetFacts } from '../../../apps/api/src/db/fact-memory.js';
import { Partitions } from '../../../apps/api/src/db/partitions.js';
import { open, type Tx, UnitOfWork } from '../../../apps/api/src/db/unit-of-work.js';
import type { FactRow } from '../../../apps/api/src/domain/values/fact-rows.js';
import type { FactContext, StoreResult } from '../../../apps/api/src/intake/facts/arrival.js';
import { FactStore } from '../../../apps/api/src/intake/facts/fact-store.js';
import { learnNames, NO_NAMES } from '../../../apps/api/src/intake/facts/names.repository.js';
import { rebuildLedger } from '../../../apps/api/src/intake/facts/usage-ledger.repository.js';
import { insertRows } from '../../support/insert-rows.js';
import { type MigratedDatabase, migratedDatabase } from '../../support/migrated-database.js';

export const RECEIVED = new Date('2026-04-15T09:00:00Z');

/** What facts leave behind, without what only says when they came. */
const TABLES: Record<string, string> = {
  account: `id, external_id, name, domain, industry, plan, seats, currency, arr_minor, customer_since, trial_since, renewal_date,
    csm_user_id, csm_text, am_text, parent_id, status, churned_on, tags, attributes, first_seen_on`,
  account_field: 'account_id, field, from_day, value, source',
  contact:
    'account_id, id, external_id, email, name, title, role, is_primary, internal, first_seen, last_seen, attributes',
  contact_field: 'account_id, contact_id, field, from_day, value',
  metric_point: 'account_id, metric_id, day, value',
  subscription: 'account_id, id, plan, quantity, mrr_minor, currency, starts_on, ends_on',
  invoice: 'account_id, id, issued_on, due_on, amount_minor, status, paid_on, failed_on',
  ticket: 'account_id, id, opened_on, closed_on, priority, status, subject, contact_id',
  survey_answer: 'account_id, kind, id, answered_on, score, contact_id',
  touchpoint: 'account_id, id, kind, on_day, counts, contact_ids',
  event: 'account_id, occurred_at, message_id, contact_id, name, feature_id, count',
  usage_contact_month: 'account_id, month, contact_id, days',
  usage_feature_month: 'account_id, month, feature_id, days',
  usage_event_month: 'account_id, month, counts',
  quarantined_fact: 'account_id, id, account_external_id, fact_kind',
};

/** A store of facts on a database of its own. */
export class FactWorld {
  private constructor(
    readonly database: MigratedDatabase,
    readonly store: FactStore,
    readonly unitOfWork: UnitOfWork,
  ) {}

  static async open(workspace: Record<string, unknown> = {}): Promise<FactWorld> {
    const database = await migratedDatabase();
    const unitOfWork = new UnitOfWork(database.dataSource);
    const store = new FactStore(unitOfWork, new Partitions(database.dataSource));
    await insertRows(database.dataSource, 'workspace', [
      {
        id: 1,
        name: 'Test',
        time_zone: 'UTC',
        currency: 'EUR',
        own_email_domains: ['us.example'],
        revision: 1,
        ...workspace,
      },
    ]);
    return new FactWorld(database, store, unitOfWork);
  }

  get db(): DataSource {
    return this.database.dataSource;
  }

  take(rows: readonly FactRow[], context: Partial<FactContext> = {}): Promise<StoreResult> {
    return this.store.store(rows, {
      sourceKey: 'test',
      receivedAt: RECEIVED,
      actor: { kind: 'system', id: null, name: 'test' },
      ...context,
    });
  }

  /** Statuses of the rows, or the code of the rejection. */
  async outcomes(rows: readonly FactRow[], context: Partial<FactContext> = {}): Promise<string[]> {
    const { outcomes } = await this.take(rows, context);
    return outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.rejection.code : outcome.status));
  }

  /**
   * All stored facts; ledger rows without activity say nothing. Ids of metrics and features depend on arrival, so by
   * name.
   */
  async everything(): Promise<Record<string, unknown[]>> {
    const everything: Record<string, unknown[]> = {};
    for (const [table, columns] of Object.entries(TABLES)) {
      const active =
        table === 'usage_event_month' ? 'WHERE 0 < ANY(counts)' : table.startsWith('usage_') ? 'WHERE days <> 0' : '';
      everything[table] = await this.db.query(
        `SELECT ${columns} FROM (SELECT t.* FROM steward.${table} t ${active}) t ORDER BY ${columns.replace(', value', ', value::text').replace(', attributes', ', attributes::text')}`,
      );
    }
    const features: { id: number; key: string }[] = await this.db.query('SELECT id, key FROM steward.feature');
    const keyOf = new Map(features.map(({ id, key }) => [id, key]));
    for (const table of ['event', 'usage_feature_month']) {
      everything[table] = everything[table]!.map((row) => {
        const { feature_id, ...rest } = row as { feature_id: number | null };
        return { ...rest, feature: feature_id === null ? null : keyOf.get(feature_id) };
      }).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    }
    everything.contact_field = asHeld(everything.contact_field as ContactVersion[]);
    return everything;
  }

  /** Counts all accounts' months again from their events, as is done where some of them count no more. */
  async countAgain(tx: Tx, months: readonly string[], backgroundEvents: string[] = []): Promise<void> {
    const accounts = await open(tx).query<{ accountId: string }>('SELECT id AS "accountId" FROM steward.account');
    const names = await learnNames(tx, NO_NAMES, RECEIVED);
    await forgetFacts(tx);
    const each = accounts.flatMap(({ accountId }) => months.map((month) => ({ accountId, month })));
    await rebuildLedger(tx, each, { ...names, backgroundEvents });
  }

  async one<Row = Record<string, unknown>>(sql: string, parameters: unknown[] = []): Promise<Row> {
    return (await this.db.query(sql, parameters))[0];
  }

  close(): Promise<void> {
    return this.database.close();
  }
}

interface ContactVersion {
  account_id: string;
  contact_id: string;
  field: string;
  value: unknown;
}

/** What a contact's history says: a version that repeats the one before it says nothing, and is kept or not. */
function asHeld(versions: readonly ContactVersion[]): ContactVersion[] {
  const key = ({ account_id, contact_id, field, value }: ContactVersion) =>
    JSON.stringify([account_id, contact_id, field, value]);
  return versions.filter((version, index) => index === 0 || key(version) !== key(versions[index - 1]!));
}
