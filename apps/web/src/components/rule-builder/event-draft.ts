import { RULE_LIMITS } from '@steward/shared/rule-limits';
import type { CountOperator } from '@steward/shared/rule-operators';
import type { EventCountLeaf, PropertyFilter } from '@steward/shared/rules';
import { isWithin, type Range } from './leaf-draft.js';

type Scalar = string | number | boolean;

export interface PropertyDraft {
  /** Tells rows of the screen apart. */
  id: number;
  property: string;
  op: PropertyFilter['op'];
  values: string[];
}

/** What the inputs hold while a count of events is being written. */
export interface EventDraft {
  /** Empty: any event. */
  event: string;
  feature: string;
  where: PropertyDraft[];
  op: CountOperator;
  count: number | null;
  inLastDays: number | null;
}

export const EMPTY_EVENT: EventDraft = { event: '', feature: '', where: [], op: 'gte', count: 1, inLastDays: 30 };

/** Text that would be read as a number or as yes and no stands in quotes. */
const textOf = (value: Scalar): string =>
  typeof value === 'string' && typeof scalarOf(value) !== 'string' ? `"${value}"` : String(value);

/** 5 is a number, true is yes, and "5" in quotes is text. */
function scalarOf(text: string): Scalar {
  const trimmed = text.trim();
  if (/^".*"$/s.test(trimmed) && trimmed.length >= 2) return trimmed.slice(1, -1);
  if (trimmed === 'true' || trimmed === 'false') return trimmed === 'true';
  return trimmed !== '' && /^-?\d+(\.\d+)?$/.test(trimmed) ? Number(trimmed) : text;
}

export function draftOfEvent({ event, feature, where = [], op, count, inLastDays }: EventCountLeaf): EventDraft {
  return {
    event: event ?? '',
    feature: feature ?? '',
    where: draftsOfFilters(where),
    op,
    count,
    inLastDays,
  };
}

export const draftsOfFilters = (where: readonly PropertyFilter[]): PropertyDraft[] =>
  where.map(({ property, op, value }, id) => ({
    id,
    property,
    op,
    values: (Array.isArray(value) ? value : [value]).map(textOf),
  }));

/** The filters, or null while one is not finished. */
export function filtersOfDrafts(where: readonly PropertyDraft[]): PropertyFilter[] | null {
  const filters = where.map(filterOf);
  const whole = filters.filter((each) => each !== null);
  return whole.length < filters.length ? null : whole;
}

function filterOf({ property, op, values }: PropertyDraft): PropertyFilter | null {
  const scalars = values.filter((value) => value.trim() !== '').map(scalarOf);
  const [only] = scalars;
  if (property.trim() === '' || only === undefined) return null;
  if (op === 'in') {
    const list = scalars.map((value) => (typeof value === 'boolean' ? String(value) : value));
    return { property, op, value: list };
  }
  return (op === 'gte' || op === 'lte') && typeof only !== 'number' ? null : { property, op, value: only };
}

/** How often an event can be asked for, and over how many days it is counted: the least and the most. */
export const EVENT_TIMES: Range = [0, RULE_LIMITS.eventTimes];
export const EVENT_DAYS: Range = [1, RULE_LIMITS.closedDays];

/** The condition, or null while something is missing or out of range. */
export function eventOfDraft({ event, feature, where, op, count, inLastDays }: EventDraft): EventCountLeaf | null {
  if (!isWithin(count, EVENT_TIMES) || !isWithin(inLastDays, EVENT_DAYS)) return null;
  const filters = filtersOfDrafts(where);
  if (filters === null) return null;
  return {
    kind: 'eventCount',
    event: event.trim() === '' ? null : event.trim(),
    ...(filters.length > 0 && { where: filters }),
    ...(feature.trim() !== '' && { feature: feature.trim() }),
    op,
    count,
    inLastDays,
  };
}
