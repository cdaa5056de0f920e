import type { ComputeOf, LeafCompute, SignalCompute } from '@steward/shared/signals';
import { assertUnreachable } from '../assert-unreachable.js';
import type { SignalContext } from './context.js';
import { isConnected } from './coverage.js';
import type { SourceKey } from './facts.js';

/** What a computation needs: all of the lists, at least one source of each. */
export function inputsOf(compute: SignalCompute, context: Pick<SignalContext, 'activeContactsMetric'>): SourceKey[][] {
  if (compute.source === 'ratio') return [...leafInputs(compute.of, context), ...leafInputs(compute.over, context)];
  return leafInputs(compute, context);
}

/** True when this workspace has ever delivered all of a computation's inputs by the day computed. */
export function isComputeConnected(compute: SignalCompute, context: SignalContext): boolean {
  if (usesFeatures(compute) && context.trackedFeatures === 0) return false;
  return inputsOf(compute, context).every((sources) => sources.some((source) => isConnected(context, source)));
}

function usesFeatures(compute: SignalCompute): boolean {
  return compute.source === 'features';
}

function leafInputs(compute: LeafCompute, context: Pick<SignalContext, 'activeContactsMetric'>): SourceKey[][] {
  switch (compute.source) {
    case 'usage': {
      const mapped = context.activeContactsMetric;
      return compute.aggregation === 'distinctContacts' && mapped !== null
        ? [['events', `metric:${mapped}`]]
        : [['events']];
    }
    case 'event':
      return [['events']];
    case 'features':
      return [['events'], ['features']];
    case 'metric':
      return [[`metric:${compute.metric}`]];
    case 'attribute':
      return [[`attribute:${compute.attribute}`]];
    case 'seats':
      return [['seats']];
    case 'tickets':
      return [['tickets']];
    case 'satisfaction':
      return [['csat']];
    case 'nps':
      return [['nps']];
    case 'pulse':
      return [['pulses']];
    case 'touchpoints':
      return [['touchpoints']];
    case 'champions':
      return compute.aggregation === 'daysSince' ? [['contacts'], ['events', 'touchpoints']] : [['contacts']];
    case 'invoices':
      return [['invoices']];
    case 'revenue':
      return compute.aggregation === 'mrr' ? [['subscriptions']] : [['arr', 'subscriptions']];
    case 'account':
      return accountInputs(compute.aggregation);
    case 'health':
      return [];
    default:
      return assertUnreachable(compute);
  }
}

function accountInputs(aggregation: ComputeOf<'account'>['aggregation']): SourceKey[][] {
  switch (aggregation) {
    case 'daysToRenewal':
      return [['renewal']];
    case 'tenureDays':
      return [['customerSince']];
    case 'daysSinceReturn':
      // Every account has a status.
      return [];
  }
}
