import type { ProfileBody } from '@steward/shared/health';
import { fieldsRead, leavesOf, type Rule } from '@steward/shared/rules';
import type { SignalDefinition } from '@steward/shared/signals';
import type { SignalContext } from '../signals/context.js';
import { isConnected } from '../signals/coverage.js';
import type { SourceKey } from '../signals/facts.js';
import { inputsOf } from '../signals/inputs.js';

export interface SourcesOfDay {
  signals: readonly SignalDefinition[];
  profiles: readonly Pick<ProfileBody, 'groups'>[];
  context: SignalContext;
}

/** The score depends on a source whose measures carry at least this share of a profile. */
const SHARE_OF_PROFILE = 0.2;

/**
 * The source that a rule depends on and that is silent on the day. A signal depends on an input where each source that
 * could bring it and ever has is silent; the health score on the signals of its measures together. Null: none is silent.
 */
export function silentSourceOf(rule: Rule, of: SourcesOfDay): SourceKey | null {
  for (const key of leavesOf(rule).flatMap(fieldsRead)) {
    const source = key.startsWith('health.') ? silentUnderScore(of) : silentUnderSignal(key, of);
    if (source !== null) return source;
  }
  return null;
}

function silentUnderSignal(key: string, { signals, context }: SourcesOfDay): SourceKey | null {
  const signal = signals.find((each) => each.key === key);
  if (!signal) return null;
  for (const alternatives of inputsOf(signal.compute, context)) {
    const delivering = alternatives.filter((source) => isConnected(context, source));
    if (delivering.length > 0 && delivering.every((source) => isSilentOn(context, source))) {
      return delivering[0] ?? null;
    }
  }
  return null;
}

function silentUnderScore(of: SourcesOfDay): SourceKey | null {
  for (const { groups } of of.profiles) {
    const all = groups.reduce((sum, group) => sum + group.weight, 0);
    let silent = 0;
    let source: SourceKey | null = null;
    for (const { weight, measures } of groups) {
      const ofGroup = measures.reduce((sum, measure) => sum + measure.weight, 0);
      for (const measure of measures) {
        const found = measure.weight > 0 ? silentUnderSignal(measure.signal, of) : null;
        if (found === null) continue;
        silent += (weight / all) * (measure.weight / ofGroup);
        source ??= found;
      }
    }
    if (source !== null && silent >= SHARE_OF_PROFILE) return source;
  }
  return null;
}

function isSilentOn({ sources, asOf }: SignalContext, source: SourceKey): boolean {
  return sources[source]?.silentDays.includes(asOf) ?? false;
}
