import { fieldsRead, leavesOf, type Rule } from '@steward/shared/rules';
import { PULSE_SIGNAL_KEY } from '../signals/built-in.js';
import { roundScore } from './points.js';
import type { CompiledProfile } from './profile.js';
import { applyLimits, rollUp, type Values } from './score.js';

/** A person's judgement beside the score computed without it. */
export interface PulseGap {
  /** 1–6 as 0–100. */
  pulseScore: number;
  /** The score without the pulse: neither its measure nor caps and floors that read it. */
  scoreWithoutPulse: number;
  gap: number;
  /** The gap is large enough to be looked at. */
  disagrees: boolean;
}

/** 1 (severe risk) … 6 (extremely satisfied) as 0–100: (pulse − 1) ÷ 5 × 100. */
export function pulseScore(pulse: number): number {
  return ((pulse - 1) / 5) * 100;
}

/** Null: no pulse, or nothing else to compute a score from. */
export function pulseGapOf(
  profile: CompiledProfile,
  values: Values,
  limits: readonly number[],
  pulse: number | null,
): PulseGap | null {
  const points = rollUp(profile, values, (signal) => signal !== PULSE_SIGNAL_KEY);
  if (pulse === null || points === null) return null;
  const others = limits.filter((index) => {
    const limit = profile.body.limits[index];
    return limit !== undefined && !readsPulse(limit.rule);
  });
  const scoreWithoutPulse = roundScore(applyLimits(profile.body, points, others).points);
  const gap = roundScore(Math.abs(pulseScore(pulse) - scoreWithoutPulse));
  return { pulseScore: pulseScore(pulse), scoreWithoutPulse, gap, disagrees: gap >= profile.body.pulseGap };
}

function readsPulse(rule: Rule): boolean {
  return leavesOf(rule).some((leaf) => fieldsRead(leaf).includes(PULSE_SIGNAL_KEY));
}
