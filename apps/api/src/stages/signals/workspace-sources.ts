import type { MetricPeriod } from '@steward/shared/days';
import type { WorkspaceSettings } from '@steward/shared/workspace';
import { addDays, type Day, toDay } from '../../domain/calendar/day.js';
import { dictionary } from '../../domain/dictionary.js';
import type { RateRow } from '../../domain/revenue/money-rates.js';
import { DEFAULT_FLOORS, type SignalContext, type SourceState } from '../../domain/signals/context.js';
import type { SourceKey } from '../../domain/signals/facts.js';
import { silentDays } from '../../domain/signals/silence.js';
import { minorDigits } from '../../domain/values/money.js';
import type { DeliveryRow, FirstFactDays, SourceRow } from './sources.repository.js';

/** What the workspace has been delivered so far: read once for a run, good for every day of it. */
export interface WorkspaceSources {
  sources: readonly SourceRow[];
  deliveries: readonly DeliveryRow[];
  first: FirstFactDays;
  events: Day | null;
  features: Day | null;
  metrics: readonly { key: string; period: MetricPeriod; first: number | null }[];
  attributes: readonly string[];
  trackedFeatures: number;
  untrackedFeatures: readonly number[];
  rates: readonly RateRow[];
}

/** The first value of an account field holds backwards: once known, it was always known. */
const EVER = toDay('1900-01-01');
/** Silence is judged by the gaps of 60 days; windows compared lie up to two years back. */
export const DELIVERY_DAYS_BACK = 800;

const KIND_OF: Partial<Record<SourceKey, string>> = {
  events: 'event',
  features: 'event',
  tickets: 'ticket',
  nps: 'survey',
  csat: 'survey',
  pulses: 'pulse',
  touchpoints: 'touchpoint',
  contacts: 'contact',
  invoices: 'invoice',
  subscriptions: 'subscription',
};
const SEEN_BY_DEFAULT = new Set(['event', 'metric']);

/** Where each source stands as of a day. */
export function sourceStates(workspace: WorkspaceSources, asOf: Day): SignalContext['sources'] {
  const states: SignalContext['sources'] = {};
  const silentByKind = new Map<string, readonly Day[]>();
  const add = (key: SourceKey, kind: string, connectedOn: Day | null): void => {
    if (connectedOn === null) return;
    if (!silentByKind.has(kind)) {
      const days = workspace.deliveries.flatMap((row) =>
        row.kind === kind && row.day <= asOf ? [row.day as Day] : [],
      );
      silentByKind.set(kind, silentDays(days, asOf));
    }
    states[key] = { covers: coversOf(workspace, kind), connectedOn, silentDays: silentByKind.get(kind) ?? [] };
  };
  const { first } = workspace;
  const firstDays: Partial<Record<SourceKey, Day | null>> = {
    events: workspace.events,
    features: workspace.features,
    tickets: first.tickets as Day | null,
    nps: first.nps as Day | null,
    csat: first.csat as Day | null,
    pulses: first.pulses as Day | null,
    touchpoints: first.touchpoints as Day | null,
    contacts: first.contacts ? EVER : null,
    invoices: first.invoices as Day | null,
    subscriptions: first.subscriptions as Day | null,
  };
  for (const [key, day] of Object.entries(firstDays) as [SourceKey, Day | null][])
    add(key, KIND_OF[key] ?? 'account', day);
  add('seats', 'account', first.seats ? EVER : null);
  add('arr', 'account', first.arr ? EVER : null);
  add('renewal', 'account', first.renewal ? EVER : null);
  add('customerSince', 'account', first.customerSince ? EVER : null);
  for (const metric of workspace.metrics) add(`metric:${metric.key}`, 'metric', metric.first as Day | null);
  for (const key of workspace.attributes) add(`attribute:${key}`, 'account', EVER);
  return states;
}

/** Several sources may bring one kind of fact: where one covers all accounts, all are covered. */
function coversOf(workspace: WorkspaceSources, kind: string): SourceState['covers'] {
  const own = workspace.sources.filter((source) => source.kind === kind);
  if (own.length === 0) return SEEN_BY_DEFAULT.has(kind) ? 'seen' : 'all';
  return own.some((source) => source.covers === 'all') ? 'all' : 'seen';
}

/**
 * What computations know about the workspace as of a day. While the day runs, the last closed day is the one before; the
 * run that closes a day has it as its last closed day.
 */
export function signalContext(
  workspace: WorkspaceSources,
  settings: WorkspaceSettings,
  model: { cadenceDays: Record<string, number | null>; currency: string },
  asOf: Day,
  isComplete: boolean,
): SignalContext {
  const { first } = workspace;
  return {
    asOf,
    lastClosedDay: isComplete ? asOf : addDays(asOf, -1),
    windowDays: settings.windowDays,
    floors: { ...DEFAULT_FLOORS, ...settings.changeFloors },
    sources: sourceStates(workspace, asOf),
    metricPeriods: dictionary(workspace.metrics.map(({ key, period }) => [key, period])),
    activeContactsMetric: settings.activeContactsMetric,
    trackedFeatures: workspace.trackedFeatures,
    cadenceDays: model.cadenceDays,
    firstTouchDay: first.firstTouch !== null && first.firstTouch <= asOf ? (first.firstTouch as Day) : null,
    minorPerMajor: 10 ** minorDigits(model.currency),
  };
}
