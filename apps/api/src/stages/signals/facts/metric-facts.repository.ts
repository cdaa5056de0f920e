import { Injectable } from '@nestjs/common';
import { Binder } from '../../../db/rules/binder.js';
import { eventConditions } from '../../../db/rules/event-filter-sql.js';
import { dayNumber } from '../../../db/sql-days.js';
import { open, type Tx } from '../../../db/unit-of-work.js';
import { type Day, isoOf } from '../../../domain/calendar/day.js';
import type { FactNeeds } from '../../../domain/signals/needs.js';
import { type Batch, inBatch } from '../../batch.js';

export interface MetricRow {
  account_id: string;
  metric: string;
  day: number;
  value: number;
}

export interface SelectedEventRow {
  account_id: string;
  contact_id: string | null;
  day: number;
  count: number;
}

/** Metrics, and the raw events that signals of the workspace's own count. */
@Injectable()
export class MetricFactsRepository {
  metricPoints(tx: Tx, batch: Batch, metrics: FactNeeds['metrics'], through: Day): Promise<MetricRow[]> {
    if (metrics.length === 0) return Promise.resolve([]);
    const { bind, values } = new Binder();
    const wanted = metrics.map(({ key, from }) => `(d.key = ${bind(key)} AND p.day >= ${bind(isoOf(from))}::date)`);
    return open(tx).prepared(
      `SELECT p.account_id, d.key AS metric, ${dayNumber('p.day')} AS day, p.value
       FROM steward.metric_point p JOIN steward.metric_definition d ON d.id = p.metric_id
       WHERE ${inBatch(batch, 'p.account_id', bind)} AND p.day <= ${bind(isoOf(through))}::date AND (${wanted.join(' OR ')})`,
      values,
    );
  }

  /** First point of each account and metric, for metrics that cover only the accounts seen. */
  firstMetricPoints(tx: Tx, batch: Batch, metrics: readonly string[]): Promise<Omit<MetricRow, 'value'>[]> {
    if (metrics.length === 0) return Promise.resolve([]);
    const { bind, values } = new Binder();
    return open(tx).prepared(
      `SELECT p.account_id, d.key AS metric, ${dayNumber('min(p.day)')} AS day
       FROM steward.metric_point p JOIN steward.metric_definition d ON d.id = p.metric_id
       WHERE ${inBatch(batch, 'p.account_id', bind)} AND d.key = ANY(${bind([...metrics])}::text[])
       GROUP BY p.account_id, d.key`,
      values,
    );
  }

  /** Counts of raw events by contact and workspace day. The instants' bounds let PostgreSQL skip other months. */
  selectedEvents(
    tx: Tx,
    batch: Batch,
    need: FactNeeds['eventSelections'][number],
    through: Day,
    timeZone: string,
  ): Promise<SelectedEventRow[]> {
    const { bind, values } = new Binder();
    const zone = bind(timeZone);
    const [from, to] = [isoOf(need.from), isoOf((through + 1) as Day)];
    return open(tx).prepared(
      `SELECT e.account_id, e.contact_id, ${dayNumber(`(e.occurred_at AT TIME ZONE ${zone})::date`)} AS day,
         sum(e.count)::float8 AS count
       FROM steward.event e
       WHERE ${inBatch(batch, 'e.account_id', bind)} AND ${eventConditions(need.selection, bind)}
         AND e.occurred_at >= ${bind(from)}::date::timestamp AT TIME ZONE ${zone}
         AND e.occurred_at < ${bind(to)}::date::timestamp AT TIME ZONE ${zone}
       GROUP BY 1, 2, 3`,
      values,
    );
  }

  /** The newest matching event before the days loaded, of each account. */
  newestEvents(
    tx: Tx,
    batch: Batch,
    need: FactNeeds['eventSelections'][number],
    timeZone: string,
  ): Promise<SelectedEventRow[]> {
    const { bind, values } = new Binder();
    const zone = bind(timeZone);
    return open(tx).prepared(
      `SELECT e.account_id, NULL AS contact_id, 1 AS count,
         ${dayNumber(`(max(e.occurred_at) AT TIME ZONE ${zone})::date`)} AS day
       FROM steward.event e
       WHERE ${inBatch(batch, 'e.account_id', bind)} AND ${eventConditions(need.selection, bind)}
         AND e.occurred_at < ${bind(isoOf(need.from))}::date::timestamp AT TIME ZONE ${zone}
       GROUP BY e.account_id`,
      values,
    );
  }
}
