import { type NullReason, nullReasonOf } from '@steward/shared/signals';
import { BUILT_IN_SIGNALS } from './built-in.js';
import { compileSignals, computeSignals } from './compute.js';
import type { SignalContext } from './context.js';
import { aContext } from './facts.factory.js';
import type { AccountFacts } from './facts.js';

/** A signal's value, or why there is none. */
export function read(
  key: string,
  facts: AccountFacts,
  context: SignalContext = aContext(),
): number | NullReason | null {
  const definition = BUILT_IN_SIGNALS.find((each) => each.key === key);
  if (!definition) throw new Error(`no signal ${key}`);
  const { values, nullReasons } = computeSignals(facts, compileSignals(BUILT_IN_SIGNALS, context));
  return values[definition.number - 1] ?? nullReasonOf(nullReasons[definition.number - 1] ?? 0);
}

export const without = (source: string): SignalContext => {
  const context = aContext();
  return { ...context, sources: { ...context.sources, [source]: undefined } };
};
