import type { ProfileBody } from '@steward/shared/health';
import { EVERY_ACCOUNT } from '@steward/shared/rules';
import { type CompiledProfile, compileProfile } from './profile.js';

/** Profiles for specs. */

export const SIGNALS = ['s.a', 's.b', 's.c', 's.d', 's.e', 's.f'];
const slot = (key: string) => (SIGNALS.includes(key) ? SIGNALS.indexOf(key) : null);
export const connected = () => true;

/** A profile whose measures take values 0–100 as they are. */
export function aProfile(
  groups: Record<string, [number, Record<string, number>]>,
  more: Partial<ProfileBody> = {},
): ProfileBody {
  return {
    scope: null,
    groups: Object.entries(groups).map(([key, [weight, measures]]) => ({
      key,
      label: key,
      weight,
      measures: Object.entries(measures).map(([signal, w]) => ({
        signal,
        weight: w,
        normalizer: { kind: 'linear' as const, from: 0, to: 100 },
      })),
    })),
    limits: [],
    bands: { watchFrom: 31, healthyFrom: 71 },
    minCoverage: 50,
    pulseGap: 40,
    ...more,
  };
}
export const compile = (body: ProfileBody): CompiledProfile => compileProfile(body, slot);
export const limit = (key: string, kind: 'cap' | 'floor', at: number) => ({
  key,
  kind,
  at,
  rule: EVERY_ACCOUNT,
  reason: key,
  skipInQuietPeriods: false,
});
