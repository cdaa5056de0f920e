import { Injectable } from '@nestjs/common';
import type { EventCatalogue } from '@steward/shared/catalogue';
import type { IsoDay } from '@steward/shared/common';
import { Binder } from '../../db/rules/binder.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Scope } from '../../platform/auth/scope.js';

/** Of so many accounts the names are read: ids are spread evenly, so the first ones tell of all. */
const MOST_ACCOUNTS = 1000;
const MOST_NAMES = 500;

@Injectable()
export class EventNamesRepository {
  /** Names of events since the day began in UTC, the most frequent first, and the features and metrics that are known. */
  async seenSince(tx: Tx, scope: Scope, day: IsoDay): Promise<EventCatalogue> {
    const { bind, values } = new Binder();
    const { query } = open(tx);
    const [found] = await query<Pick<EventCatalogue, 'events' | 'accountsRead'>>(
      `WITH chosen AS MATERIALIZED (
         SELECT a.id FROM steward.account a WHERE ${scopePredicate(scope, bind)} ORDER BY a.id LIMIT ${MOST_ACCOUNTS}),
       by_name AS (
         SELECT e.name, sum(e.count) AS times, count(DISTINCT e.account_id) AS accounts
         FROM chosen c JOIN steward.event e ON e.account_id = c.id
         WHERE e.occurred_at >= ${bind(day)}::date::timestamp AT TIME ZONE 'UTC'
         GROUP BY e.name ORDER BY 2 DESC, 1 LIMIT ${MOST_NAMES})
       SELECT (SELECT count(*)::int FROM chosen) AS "accountsRead",
         coalesce((SELECT jsonb_agg(jsonb_build_object('name', n.name, 'times', n.times, 'accounts', n.accounts)
           ORDER BY n.times DESC, lower(n.name), n.name) FROM by_name n), '[]') AS events`,
      values,
    );
    const features = await query<EventCatalogue['features'][number]>(
      `SELECT f.key, f.label FROM steward.feature f ORDER BY f.label, f.key LIMIT ${MOST_NAMES}`,
    );
    const metrics = await query<EventCatalogue['metrics'][number]>(
      `SELECT m.key, m.label FROM steward.metric_definition m ORDER BY m.label, m.key LIMIT ${MOST_NAMES}`,
    );
    return { events: found?.events ?? [], accountsRead: found?.accountsRead ?? 0, features, metrics };
  }
}
