import { z } from 'zod';
import type { AccountStatus } from './common.js';
import { ruleSchema } from './rules.js';

/** Live accounts are those that are scored and worked: on trial or paying. */
export function isLive(status: AccountStatus): boolean {
  return status === 'trial' || status === 'customer';
}

/** Keys of the built-in stages; a workspace may add its own. */
export const defaultStageKeys = [
  'prospect',
  'trial',
  'onboarding',
  'adoption',
  'established',
  'advocate',
  'churned',
] as const;

export const stageKeySchema = z.string().regex(/^[a-z][a-z0-9_]{0,29}$/, 'A stage key looks like onboarding');

export const stageSchema = z.strictObject({
  key: stageKeySchema,
  label: z.string().min(1).max(60),
  /** An account may enter the stage when this holds. */
  rule: ruleSchema,
  /** Days after which an account is behind, and after which it is stuck; null = no expectation. */
  expectedDays: z.number().int().min(1).max(3650).nullable(),
  stuckDays: z.number().int().min(1).max(3650).nullable(),
  /** Earlier stages that an account may fall back to from here; empty = never back by rule. */
  fallsBackTo: z.array(stageKeySchema).max(12),
});
export type Stage = z.infer<typeof stageSchema>;

/** The body of a stage set's version: ordered; the latest stage whose rule matches wins. */
export const stageSetBodySchema = z
  .strictObject({
    stages: z.array(stageSchema).min(1).max(20),
    /** Where a change of status puts an account, whatever the rules and a lock say. */
    onStatus: z.strictObject({ trial: stageKeySchema, churned: stageKeySchema, reactivated: stageKeySchema }),
  })
  .superRefine((body, ctx) => {
    const order = new Map<string, number>();
    body.stages.forEach((stage, index) => {
      if (order.has(stage.key))
        ctx.addIssue({ code: 'custom', path: ['stages', index, 'key'], message: 'Two stages have this key' });
      order.set(stage.key, index);
      if (stage.expectedDays !== null && stage.stuckDays !== null && stage.stuckDays < stage.expectedDays) {
        ctx.addIssue({ code: 'custom', path: ['stages', index, 'stuckDays'], message: 'Stuck comes after expected' });
      }
    });
    body.stages.forEach((stage, index) => {
      for (const key of stage.fallsBackTo) {
        const target = order.get(key);
        if (target === undefined || target >= index) {
          ctx.addIssue({
            code: 'custom',
            path: ['stages', index, 'fallsBackTo'],
            message: `${key} is not an earlier stage`,
          });
        }
      }
    });
    for (const [status, key] of Object.entries(body.onStatus)) {
      if (!order.has(key))
        ctx.addIssue({ code: 'custom', path: ['onStatus', status], message: `There is no stage ${key}` });
    }
  });
export type StageSetBody = z.infer<typeof stageSetBodySchema>;

/** Why an account moved to a stage. */
export const stageMoveReasons = ['rule', 'person', 'import', 'status'] as const;
export const stageMoveReasonSchema = z.enum(stageMoveReasons);
export type StageMoveReason = z.infer<typeof stageMoveReasonSchema>;

export const stagePaces = ['on_track', 'behind', 'stuck'] as const;
export const stagePaceSchema = z.enum(stagePaces);
export type StagePace = z.infer<typeof stagePaceSchema>;
