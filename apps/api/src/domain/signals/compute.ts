import {
  type LeafCompute,
  nullReasonNumbers,
  type SignalCompute,
  type SignalDefinition,
} from '@steward/shared/signals';
import { assertUnreachable } from '../assert-unreachable.js';
import { earlier } from '../calendar/day.js';
import { periodStart } from '../calendar/period.js';
import { lastDays, shiftedBack, type Window } from '../calendar/window.js';
import { changeOf, isLiveSince } from './change.js';
import type { SignalContext, SourceState } from './context.js';
import type { AccountFacts, SourceKey } from './facts.js';
import { inputsOf } from './inputs.js';
import { accountReader, invoicesReader, revenueReader, seatsReader } from './read-commercial.js';
import { attributeReader, eventReader, metricReader } from './read-metric.js';
import { championsReader, touchpointsReader } from './read-relationship.js';
import { npsReader, pulseReader, satisfactionReader, ticketsReader } from './read-support.js';
import { featuresReader, usageReader } from './read-usage.js';
import { isValue, type Reader, type Reading, type Span } from './reading.js';
import { isMostlySilent } from './silence.js';

/** One signal made ready for a day: windows and coverage are worked out once, not for each account. */
export interface CompiledSignal {
  definition: SignalDefinition;
  current: Span;
  /** The window compared with; null where the signal is not a change. */
  previous: Span | null;
  read(facts: AccountFacts): Reading;
}

export interface CompiledSignals {
  /** Length of the arrays of values: the highest number in use. */
  length: number;
  signals: readonly CompiledSignal[];
}

/** The values of one account, in storage order: the signal with number n stands at index n − 1. */
export interface SignalValues {
  /** Rounded to 32-bit floats where they are made, as they are stored. */
  values: (number | null)[];
  /** Storage number of the reason where the value is null; 0 where there is a value or no such signal. */
  nullReasons: number[];
}

/** Index of a signal's value in an account's arrays. */
export function slotOf(definition: { number: number }): number {
  return definition.number - 1;
}

export function compileSignals(definitions: readonly SignalDefinition[], context: SignalContext): CompiledSignals {
  return {
    length: definitions.reduce((length, { number }) => Math.max(length, number), 0),
    signals: definitions.map((definition) => compileSignal(definition, context)),
  };
}

/** All signals of one account as of the day that they were compiled for. The same facts always give the same values. */
export function computeSignals(facts: AccountFacts, compiled: CompiledSignals): SignalValues {
  const values = new Array<number | null>(compiled.length).fill(null);
  const nullReasons = new Array<number>(compiled.length).fill(0);
  for (const signal of compiled.signals) {
    const reading = signal.read(facts);
    const slot = slotOf(signal.definition);
    if (isValue(reading)) values[slot] = Math.fround(reading);
    else nullReasons[slot] = nullReasonNumbers[reading];
  }
  return { values, nullReasons };
}

/**
 * A level signal reads the window that ends on the day. A change reads two windows of complete days: the current one
 * ends no later than the last closed day, the other its own length (or a stated number of days) earlier.
 */
export function compileSignal(definition: SignalDefinition, context: SignalContext): CompiledSignal {
  const days = definition.windowDays ?? context.windowDays;
  const reader = readerOf(definition.compute, context);
  const { change } = definition;
  if (change === null) {
    const current = spanOf(lastDays(context.asOf, days), 0);
    return { definition, current, previous: null, read: (facts) => reader(facts, current) };
  }
  const shiftDays = change.daysEarlier ?? days;
  const current = spanOf(lastDays(earlier(context.asOf, context.lastClosedDay), days), 0);
  const previous = spanOf(shiftedBack(current, shiftDays), shiftDays);
  const floor = context.floors[change.floor];
  const silent = wasSilent(definition, context, current) || wasSilent(definition, context, previous);
  return {
    definition,
    current,
    previous,
    read: (facts) =>
      changeOf(
        reader(facts, current),
        reader(facts, previous),
        change,
        floor,
        isLiveSince(facts.account, previous.from),
        silent,
      ),
  };
}

function spanOf(window: Window, shiftDays: number): Span {
  return { ...window, shiftDays };
}

/**
 * An input is silent when every feed that could give it was; one that the workspace never had could not. Account fields
 * are no feed and never silent.
 */
function wasSilent(definition: SignalDefinition, context: SignalContext, window: Window): boolean {
  return inputsOf(definition.compute, context).some((alternatives) => {
    const feeds = alternatives.every(isFeed) ? alternatives.flatMap((source) => stateOf(source, context) ?? []) : [];
    return feeds.length > 0 && feeds.every((state) => isMostlySilent(state, window));
  });
}

const FEEDS: readonly SourceKey[] = ['events', 'tickets', 'nps', 'csat', 'touchpoints', 'invoices'];

function isFeed(source: SourceKey): boolean {
  return FEEDS.includes(source) || source.startsWith('metric:');
}

/** A metric's first point stands for its whole period: the source speaks from that period's first day. */
function stateOf(source: SourceKey, context: SignalContext): SourceState | undefined {
  const state = context.sources[source];
  if (!state || !source.startsWith('metric:')) return state;
  const period = context.metricPeriods[source.slice('metric:'.length)] ?? 'day';
  return { ...state, connectedOn: periodStart(period, state.connectedOn) };
}

export function readerOf(compute: SignalCompute, context: SignalContext): Reader {
  if (compute.source !== 'ratio') return leafReader(compute, context);
  const of = leafReader(compute.of, context);
  const over = leafReader(compute.over, context);
  const factor = compute.as === 'percent' ? 100 : 1;
  return (facts, span) => {
    const dividend = of(facts, span);
    if (!isValue(dividend)) return dividend;
    const divisor = over(facts, span);
    if (!isValue(divisor)) return divisor;
    return divisor === 0 ? 'no_data' : (dividend / divisor) * factor;
  };
}

function leafReader(compute: LeafCompute, context: SignalContext): Reader {
  switch (compute.source) {
    case 'usage':
      return usageReader(compute, context);
    case 'features':
      return featuresReader(compute, context);
    case 'metric':
      return metricReader(compute, context);
    case 'event':
      return eventReader(compute, context);
    case 'attribute':
      return attributeReader(compute);
    case 'seats':
      return seatsReader();
    case 'tickets':
      return ticketsReader(compute, context);
    case 'satisfaction':
      return satisfactionReader(context);
    case 'nps':
      return npsReader(compute, context);
    case 'pulse':
      return pulseReader(context);
    case 'touchpoints':
      return touchpointsReader(compute, context);
    case 'champions':
      return championsReader(compute, context);
    case 'invoices':
      return invoicesReader(compute, context);
    case 'revenue':
      return revenueReader(compute, context);
    case 'account':
      return accountReader(compute);
    case 'health':
      // Known after the score; the health stage writes it into the signal's place.
      return () => 'no_score';
    default:
      return assertUnreachable(compute);
  }
}
