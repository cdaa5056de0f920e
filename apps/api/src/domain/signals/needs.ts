import type { LeafCompute, SignalDefinition } from '@steward/shared/signals';
import { type Day, earlier, type Month } from '../calendar/day.js';
import { STALE_AFTER_DAYS } from '../calendar/period.js';
import type { Window } from '../calendar/window.js';
import { compileSignal } from './compute.js';
import type { SignalContext } from './context.js';
import { eventSelectionKey } from './read-metric.js';

/** Which rows a computation reads, so that no more is loaded. */
export interface FactNeeds {
  usageMonths: Month[];
  featureMonths: Month[];
  eventMonths: Month[];
  /** First day of the rows needed (by the day opened or closed; open tickets always); null = none. */
  ticketsFrom: Day | null;
  answersFrom: Day | null;
  touchpointsFrom: Day | null;
  metrics: { key: string; from: Day }[];
  attributes: string[];
  eventSelections: {
    key: string;
    selection: Extract<LeafCompute, { source: 'event' }>;
    from: Day;
    /** Also the newest event before `from`, however old. */
    newestBefore: boolean;
  }[];
}

/** The rows that these signals read for the context's day. */
export function factNeeds(definitions: readonly SignalDefinition[], context: SignalContext): FactNeeds {
  const reads = definitions.flatMap((definition) => {
    const { current, previous } = compileSignal(definition, context);
    const { compute } = definition;
    const leaves: LeafCompute[] = compute.source === 'ratio' ? [compute.of, compute.over] : [compute];
    const windows: Window[] = previous === null ? [current] : [current, previous];
    return leaves.flatMap((leaf) => windows.map((window) => ({ leaf, window })));
  });
  const windowsOf = (takes: (leaf: LeafCompute) => boolean) => reads.flatMap((r) => (takes(r.leaf) ? [r.window] : []));

  const metrics = new Map<string, Day>();
  const eventSelections = new Map<string, FactNeeds['eventSelections'][number]>();
  const attributes = new Set<string>();
  for (const { leaf, window } of reads) {
    if (leaf.source === 'metric') addMetric(metrics, leaf.metric, window, context);
    if (leaf.source === 'usage' && leaf.aggregation === 'distinctContacts' && context.activeContactsMetric !== null) {
      addMetric(metrics, context.activeContactsMetric, window, context);
    }
    if (leaf.source === 'attribute') attributes.add(leaf.attribute);
    if (leaf.source === 'event') {
      const key = eventSelectionKey(leaf);
      const known = eventSelections.get(key);
      const from = known && known.from < window.from ? known.from : window.from;
      const newestBefore = known?.newestBefore === true || leaf.aggregation === 'daysSince';
      eventSelections.set(key, { key, selection: leaf, from, newestBefore });
    }
  }
  return {
    usageMonths: monthsOf(windowsOf((leaf) => leaf.source === 'usage' && leaf.aggregation !== 'count')),
    featureMonths: monthsOf(windowsOf((leaf) => leaf.source === 'features')),
    eventMonths: monthsOf(windowsOf((leaf) => leaf.source === 'usage' && leaf.aggregation === 'count')),
    ticketsFrom: firstDay(windowsOf((leaf) => leaf.source === 'tickets' || leaf.source === 'satisfaction')),
    answersFrom: firstDay(windowsOf((leaf) => leaf.source === 'nps' || leaf.source === 'satisfaction')),
    touchpointsFrom: firstDay(windowsOf((leaf) => leaf.source === 'touchpoints' || leaf.source === 'champions')),
    metrics: [...metrics].map(([key, from]) => ({ key, from })),
    attributes: [...attributes],
    eventSelections: [...eventSelections.values()],
  };
}

/** The rows that cover both needs, and those of every day between the days they are of. */
export function needsOfBoth(one: FactNeeds, other: FactNeeds): FactNeeds {
  const months = (a: Month[], b: Month[]) => [...new Set([...a, ...b])].sort((x, y) => x - y);
  const first = (a: Day | null, b: Day | null) => (a === null || b === null ? (a ?? b) : earlier(a, b));
  const metrics = new Map<string, Day>();
  for (const { key, from } of [...one.metrics, ...other.metrics])
    metrics.set(key, earlier(metrics.get(key) ?? from, from));
  const selections = new Map<string, FactNeeds['eventSelections'][number]>();
  for (const selection of [...one.eventSelections, ...other.eventSelections]) {
    const { from } = selections.get(selection.key) ?? selection;
    selections.set(selection.key, { ...selection, from: earlier(from, selection.from) });
  }
  return {
    usageMonths: months(one.usageMonths, other.usageMonths),
    featureMonths: months(one.featureMonths, other.featureMonths),
    eventMonths: months(one.eventMonths, other.eventMonths),
    ticketsFrom: first(one.ticketsFrom, other.ticketsFrom),
    answersFrom: first(one.answersFrom, other.answersFrom),
    touchpointsFrom: first(one.touchpointsFrom, other.touchpointsFrom),
    metrics: [...metrics].map(([key, from]) => ({ key, from })),
    attributes: [...new Set([...one.attributes, ...other.attributes])],
    eventSelections: [...selections.values()],
  };
}

/** From the earliest day that a reading can reach: the window, the age allowed, and one period to compare with. */
function addMetric(metrics: Map<string, Day>, key: string, window: Window, context: SignalContext): void {
  const period = context.metricPeriods[key] ?? 'day';
  const reach = 2 * Math.max(window.days, STALE_AFTER_DAYS[period]);
  const from = (window.to - reach) as Day;
  const known = metrics.get(key);
  metrics.set(key, known !== undefined && known < from ? known : from);
}

function monthsOf(windows: readonly Window[]): Month[] {
  const months = new Set<Month>();
  for (const window of windows) {
    for (let i = 0; i < window.masks.length; i += 1) months.add((window.firstMonth + i) as Month);
  }
  return [...months].sort((a, b) => a - b);
}

function firstDay(windows: readonly Window[]): Day | null {
  return windows.reduce<Day | null>((first, { from }) => (first === null || from < first ? from : first), null);
}
