import type { MetricPeriod } from '@steward/shared/days';
import type { FloorKind } from '@steward/shared/signals';
import type { Day } from '../calendar/day.js';
import type { SourceKey } from './facts.js';

/** What a computation knows about the workspace as of the day: the same for every account of a run. */
export interface SignalContext {
  /** The day computed. Level signals end on it. */
  asOf: Day;
  /** The last day that has ended. Both windows of a change end no later. */
  lastClosedDay: Day;
  /** The workspace's window (28 unless changed). */
  windowDays: number;
  /** Smallest earlier value that a change is computed from. Money in major units. */
  floors: Record<FloorKind, number>;
  /** A source that is absent has never been delivered. */
  sources: Partial<Record<SourceKey, SourceState>>;
  metricPeriods: Record<string, MetricPeriod>;
  /** Metric that stands in for active contacts where an account never had events; null = none. */
  activeContactsMetric: string | null;
  trackedFeatures: number;
  /** Touch cadence in days by tier key; null = none expected. */
  cadenceDays: Record<string, number | null>;
  /** Day of the workspace's first counting touchpoint; null = none yet. */
  firstTouchDay: Day | null;
  /** Minor units in one major unit of the workspace's currency: 100 for USD, 1 for JPY. */
  minorPerMajor: number;
}

export interface SourceState {
  /** `all`: once connected, every account is covered; `seen`: accounts with at least one fact. */
  covers: 'all' | 'seen';
  /** Day of the workspace's first fact from it. */
  connectedOn: Day;
  /** Days on which it was silent, in any order. */
  silentDays: readonly Day[];
}

/** Smallest earlier values unless a workspace sets others. */
export const DEFAULT_FLOORS: Record<FloorKind, number> = { contacts: 3, events: 100, tickets: 5, money: 0, none: 0 };

export const DEFAULT_WINDOW_DAYS = 28;
