import { assertUnreachable } from '../../domain/assert-unreachable.js';
import type { FactRow, IsoDay } from '../../domain/values/fact-rows.js';
import { type Arrival, type Delivery, type Outcome, sourceOf } from './arrival.js';
import type { Names } from './names.repository.js';
import type { SourceSeen } from './sources.repository.js';

/** The sources of a batch, each with the first day that its facts are about. */
export function sourcesOf(arrivals: readonly Arrival[], names: Names): SourceSeen[] {
  const sources = new Map<string, SourceSeen>();
  for (const arrival of arrivals) {
    if (arrival.index < 0) continue;
    const key = sourceOf(arrival);
    const day = firstDayOf(arrival.row, arrival, names);
    const known = sources.get(key);
    if (!known) sources.set(key, { key, kind: arrival.row.kind, feed: arrival.sourceKey, firstFactDay: day });
    else if (known.firstFactDay === null || day < known.firstFactDay) known.firstFactDay = day;
  }
  return [...sources.values()];
}

/** What each source delivered of a batch, but for what was refused. */
export function deliveriesOf(arrivals: readonly Arrival[], outcomes: readonly Outcome[], names: Names): Delivery[] {
  const deliveries = new Map<string, Delivery>();
  for (const arrival of arrivals) {
    if (arrival.index < 0 || outcomes[arrival.index]?.status === 'rejected') continue;
    const { sourceKey, row, receivedAt } = arrival;
    const key = sourceOf(arrival);
    const known = deliveries.get(key);
    if (known) known.rows += 1;
    else deliveries.set(key, { sourceKey, kind: row.kind, day: names.days.dayOf(receivedAt), rows: 1, receivedAt });
  }
  return [...deliveries.values()];
}

function firstDayOf(row: FactRow, arrival: Arrival, names: Names): IsoDay {
  const observed = () => arrival.asOfDay ?? names.days.dayOf(arrival.observedAt);
  switch (row.kind) {
    case 'account':
    case 'contact':
      return row.effectiveOn ?? observed();
    case 'event':
      return arrival.instant === null ? names.days.dayOf(arrival.observedAt) : names.days.dayAt(arrival.instant);
    case 'metric':
    case 'survey':
    case 'touchpoint':
    case 'pulse':
      return row.day;
    case 'subscription':
      return row.start;
    case 'invoice':
      return row.issued;
    case 'ticket':
      return row.opened;
    case 'deal':
      return observed();
    default:
      return assertUnreachable(row);
  }
}
