import { z } from 'zod';

/** What a new workspace does first, each step ticked by what is there. */

export const FIRST_STEPS = ['accounts', 'usage', 'tiers', 'team', 'segment', 'playbook'] as const;
export type FirstStep = (typeof FIRST_STEPS)[number];

/** GET /api/v1/first-steps */
export const firstStepsSchema = z.object({
  steps: z.array(z.object({ step: z.enum(FIRST_STEPS), done: z.boolean() })),
  /** The person has put them aside. */
  hidden: z.boolean(),
});
export type FirstSteps = z.infer<typeof firstStepsSchema>;

/** PATCH /api/v1/first-steps: tiers fit as they are once somebody has looked at them and says so. */
export const updateFirstStepsSchema = z.strictObject({
  hidden: z.boolean().optional(),
  tiersReviewed: z.literal(true).optional(),
});
export type UpdateFirstSteps = z.infer<typeof updateFirstStepsSchema>;
