/** What an own signal's computation may hold, as far as it is put into words. What the audit log kept long ago may lack some. */
interface Compute {
  source?: string;
  aggregation?: string;
  metric?: string;
  event?: string | null;
  attribute?: string;
  where?: { property: string; op: string; value: unknown }[];
  of?: Compute;
  over?: Compute;
  as?: string;
}

const AGGREGATIONS: Record<string, string> = {
  last: 'newest value',
  sum: 'sum',
  average: 'average',
  count: 'number of times',
  distinctContacts: 'number of contacts',
  distinctDays: 'number of days',
  daysSince: 'days since',
  daysUntil: 'days until',
};

const OPERATORS: Record<string, string> = { eq: 'is', neq: 'is not', in: 'is one of', gte: '≥', lte: '≤' };

/** “sum of the metric api_calls”, “days since the event login where plan is pro”, “a ÷ b”. */
export function describeCompute(given: unknown): string {
  const compute = (given ?? {}) as Compute;
  if (compute.source === 'ratio') {
    const times = compute.as === 'percent' ? ' in per cent' : '';
    return `(${describeCompute(compute.of)}) ÷ (${describeCompute(compute.over)})${times}`;
  }
  const how = AGGREGATIONS[compute.aggregation ?? ''] ?? compute.aggregation ?? 'value';
  if (compute.source === 'metric') return `${how} of the metric ${compute.metric}`;
  if (compute.source === 'attribute') return `${how} of the attribute ${compute.attribute}`;
  if (compute.source === 'event') {
    const filters = (compute.where ?? []).map(({ property, op, value }) => {
      return `${property} ${OPERATORS[op] ?? op} ${Array.isArray(value) ? value.join(', ') : String(value)}`;
    });
    const which = compute.event === null || compute.event === undefined ? 'any event' : `the event ${compute.event}`;
    return `${how} ${how.startsWith('days since') ? '' : 'of '}${which}${filters.length > 0 ? ` where ${filters.join(' and ')}` : ''}`;
  }
  return `${how} of ${compute.source ?? 'nothing'}`;
}
