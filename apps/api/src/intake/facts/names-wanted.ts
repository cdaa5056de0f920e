import type { AccountRow, ContactRow } from '../../domain/values/fact-rows.js';
import { storedType } from './account-fields.js';
import type { Arrival } from './arrival.js';
import type { NamesWanted } from './names.repository.js';

/** What the facts of a batch call by name: events, features, metrics, attributes and people. */
export function namesOf(arrivals: readonly Arrival[]): NamesWanted {
  const wanted = {
    events: new Set<string>(),
    features: new Set<string>(),
    metrics: new Map<string, 'day' | 'week' | 'month' | null>(),
    attributes: new Map<string, ReturnType<typeof storedType>>(),
    people: new Set<string>(),
  };
  const person = (text: string | null | undefined) => {
    if (text) wanted.people.add(text);
  };
  const attributes = (entity: string, row: AccountRow | ContactRow) => {
    for (const [key, value] of Object.entries(row.attributes))
      wanted.attributes.set(`${entity}:${key}`, storedType(value));
  };
  for (const { row } of arrivals) {
    if (row.kind === 'account') {
      person(row.fields.csm);
      person(row.fields.am);
      attributes('account', row);
    } else if (row.kind === 'contact') attributes('contact', row);
    else if (row.kind === 'event') {
      wanted.events.add(row.name);
      if (row.feature !== null) wanted.features.add(row.feature);
    } else if (row.kind === 'metric') {
      wanted.metrics.set(row.metric, row.period ?? wanted.metrics.get(row.metric) ?? null);
    } else if (row.kind === 'touchpoint' || row.kind === 'pulse') person(row.author);
    else if (row.kind === 'deal') person(row.owner);
  }
  return wanted;
}
