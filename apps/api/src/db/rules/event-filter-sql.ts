import type { EventFilter } from '@steward/shared/signals';
import { assertUnreachable } from '../../domain/assert-unreachable.js';
import type { Binder } from './binder.js';

type Bind = Binder['bind'];

interface EventSelection {
  event: string | null;
  where: readonly EventFilter[];
}

/** The events that are counted: by name (null = every name that is not background) and properties; `e` is the event. */
export function eventConditions(selection: EventSelection, bind: Bind): string {
  const name =
    selection.event === null
      ? 'NOT EXISTS (SELECT 1 FROM steward.event_name n WHERE n.name = e.name AND n.background)'
      : `e.name = ${bind(selection.event)}`;
  return [name, ...selection.where.map((filter) => propertyCondition(filter, bind))].join(' AND ');
}

/**
 * A property against a value. A property that is absent, or of another type, meets nothing but `neq`: the negation of
 * `eq`, as everywhere.
 */
function propertyCondition({ property, op, value }: EventFilter, bind: Bind): string {
  const json = `(e.properties -> ${bind(property)}::text)`;
  const list = Array.isArray(value) ? value : [value];
  // Bound where it is asked only: a parameter that no expression names is refused by the database.
  const member = () => `coalesce(${json} = ANY(${bind(list.map((each) => JSON.stringify(each)))}::jsonb[]), FALSE)`;
  switch (op) {
    case 'eq':
    case 'in':
      return member();
    case 'neq':
      return `NOT ${member()}`;
    case 'gte':
    case 'lte': {
      if (typeof value !== 'number') return 'FALSE';
      const number = `CASE WHEN jsonb_typeof(${json}) = 'number' THEN (${json})::numeric END`;
      return `coalesce(${number} ${op === 'gte' ? '>=' : '<='} ${bind(String(value))}::numeric, FALSE)`;
    }
    default:
      return assertUnreachable(op);
  }
}
