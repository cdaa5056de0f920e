import type { MetricPeriod } from '@steward/shared/days';
import { type ComputeOf, type EventFilter } from '@steward/shared/signals';
import type { Day } from '../calendar/day.js';
import { PERIOD_DAYS, periodIndex, STALE_AFTER_DAYS } from '../calendar/period.js';
import { contains } from '../calendar/window.js';
import type { SignalContext } from './context.js';
import { coverageOf } from './coverage.js';
import { type MetricPoint, NO_CONTACT } from './facts.js';
import type { Reader, Reading, Span } from './reading.js';
import { isInternal } from './usage-ledger.js';

/** The newest point up to the day. */
function newestPoint(points: readonly MetricPoint[], day: Day): MetricPoint | null {
  let newest: MetricPoint | null = null;
  for (const point of points) if (point.day <= day && (newest === null || point.day > newest.day)) newest = point;
  return newest;
}

/**
 * The points that a metric's value is made of, or the reason why there are none. `last`: the newest point at most
 * max(window, 1.5 periods) old. `sum`, `average`: the points of the window; for a weekly or monthly metric the newest
 * whole periods, as many as the window holds (at least one). Compared with an earlier span, a weekly or monthly metric
 * goes back whole periods from its newest point, so that a period is always held against a period.
 */
export function metricPointsTaken(
  aggregation: ComputeOf<'metric'>['aggregation'],
  period: MetricPeriod,
  points: readonly MetricPoint[],
  span: Span,
): readonly MetricPoint[] | 'stale' | 'no_data' {
  const maxAge = Math.max(span.days, STALE_AFTER_DAYS[period]);
  if (period === 'day' && aggregation !== 'last') return points.filter((point) => contains(span, point.day));
  const end = period === 'day' ? span.to : ((span.to + span.shiftDays) as Day);
  const newest = newestPoint(points, end);
  if (newest === null) return 'no_data';
  if (end - newest.day > maxAge) return 'stale';
  if (period === 'day') return [newest];
  const back = span.shiftDays === 0 ? 0 : Math.max(1, Math.round(span.shiftDays / PERIOD_DAYS[period]));
  const last = periodIndex(period, newest.day) - back;
  const periods = aggregation === 'last' ? 1 : Math.max(1, Math.round(span.days / PERIOD_DAYS[period]));
  return points.filter((point) => {
    const index = periodIndex(period, point.day);
    return point.day <= end && index <= last && index > last - periods;
  });
}

/**
 * A metric over a window (which points: `metricPointsTaken`). Unit: the metric's. Null: "no feed", "stale" (newest point
 * too old), "no data" (no point in the span; a daily sum is 0 instead).
 */
export function metricReader(compute: ComputeOf<'metric'>, context: SignalContext): Reader {
  const covered = coverageOf(context, `metric:${compute.metric}`);
  const period = context.metricPeriods[compute.metric] ?? 'day';
  const { aggregation } = compute;

  return (facts, span) => {
    if (!covered(facts)) return 'no_feed';
    const taken = metricPointsTaken(aggregation, period, facts.metrics[compute.metric] ?? [], span);
    if (typeof taken === 'string') return taken;
    return aggregate(aggregation === 'last' ? 'average' : aggregation, taken, period === 'day' ? 0 : 'no_data');
  };
}

function aggregate(how: 'sum' | 'average', points: readonly MetricPoint[], emptySum: Reading): Reading {
  if (points.length === 0) return how === 'sum' ? emptySum : 'no_data';
  // Summed in order of days, so that the order of arrival cannot move the last digit.
  const sum = [...points].sort((a, b) => a.day - b.day).reduce((total, point) => total + point.value, 0);
  return how === 'sum' ? sum : sum / points.length;
}

/** Names the raw events that a signal counts: the same name and filters share one list of counts. */
export function eventSelectionKey(compute: { event: string | null; where: readonly EventFilter[] }): string {
  const where = compute.where.map((filter) => JSON.stringify([filter.property, filter.op, filter.value])).sort();
  return JSON.stringify([compute.event, ...where]);
}

/** Events of one name with a filter on their properties. Null as for all usage. */
export function eventReader(compute: ComputeOf<'event'>, context: SignalContext): Reader {
  const covered = coverageOf(context, 'events');
  const key = eventSelectionKey(compute);
  return (facts, span) => {
    if (!covered(facts)) return 'no_feed';
    let count = 0;
    let newest: Day | null = null;
    const contacts = new Set<number>();
    const days = new Set<number>();
    for (const row of facts.eventSelections[key] ?? []) {
      if (row.day > span.to || isInternal(facts.contacts, row.contact)) continue;
      if (newest === null || row.day > newest) newest = row.day;
      if (row.day < span.from) continue;
      count += row.count;
      days.add(row.day);
      if (row.contact !== NO_CONTACT) contacts.add(row.contact);
    }
    switch (compute.aggregation) {
      case 'count':
        return count;
      case 'distinctDays':
        return days.size;
      case 'distinctContacts':
        return contacts.size;
      case 'daysSince':
        return newest === null ? 'no_data' : span.to - newest;
    }
  };
}

/** The version of a field that held on the day; a first value holds backwards. */
export function versionAt<Version extends { from: Day }>(versions: readonly Version[], day: Day): Version | null {
  let held: Version | null = null;
  let first: Version | null = null;
  for (const version of versions) {
    if (version.from <= day && (held === null || version.from > held.from)) held = version;
    if (first === null || version.from < first.from) first = version;
  }
  return held ?? first;
}

/**
 * A custom attribute as it stood on the span's last day: a number as it is, yes/no as 1 or 0, a date as days since or
 * until it. Null: "not set", also for text.
 */
export function attributeReader(compute: ComputeOf<'attribute'>): Reader {
  return (facts, span) => {
    const value = versionAt(facts.attributes[compute.attribute] ?? [], span.to)?.value ?? null;
    if (typeof value === 'boolean') return compute.aggregation === 'last' ? Number(value) : 'not_set';
    if (typeof value !== 'number') return 'not_set';
    switch (compute.aggregation) {
      case 'last':
        return value;
      case 'daysSince':
        return value <= span.to ? span.to - value : 'not_set';
      case 'daysUntil':
        return value - span.to;
    }
  };
}
