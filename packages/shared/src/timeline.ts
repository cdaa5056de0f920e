import { z } from 'zod';
import { isoDaySchema, noteSchema } from './common.js';

/** The timeline: everything that happened on an account, newest first. */

export const TIMELINE_KINDS = [
  'touchpoint',
  'alert',
  'goal',
  'task',
  'health',
  'stage',
  'tier',
  'ticket',
  'invoice',
  'survey',
  'deal',
  'subscription',
  'pulse',
  'segment',
  'renewal',
  'owner',
  'edit',
] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];

/** What happened, by kind; `what` of an entry is one of these. */
export const TIMELINE_EVENTS = {
  touchpoint: ['call', 'meeting', 'email', 'note', 'other'],
  alert: ['opened', 'acknowledged', 'escalated', 'resolved', 'cleared'],
  goal: ['started', 'atRisk', 'onTrack', 'achieved', 'missed', 'cancelled', 'reopened', 'extended'],
  task: ['done', 'skipped', 'cancelled'],
  health: ['up', 'down', 'unknown', 'known'],
  stage: ['rule', 'person', 'import', 'status'],
  tier: ['rule', 'person'],
  ticket: ['opened', 'closed'],
  invoice: ['issued', 'overdue', 'paid', 'failed'],
  survey: ['nps', 'csat'],
  deal: ['opened', 'stage', 'won', 'lost', 'reopened'],
  subscription: ['begun', 'ended'],
  pulse: ['set'],
  segment: ['entered', 'left'],
  renewal: ['renewed', 'renewedSmaller', 'lost', 'leaving', 'churned'],
  owner: ['changed', 'handedOver'],
  edit: ['account', 'plan', 'other'],
} as const satisfies Record<TimelineKind, readonly string[]>;

export const timelineEntrySchema = z.object({
  /** Stable, and its own among all of the account. */
  id: z.string(),
  kind: z.enum(TIMELINE_KINDS),
  what: z.string(),
  at: z.string(),
  day: isoDaySchema,
  /** Only the day is known: `at` is its beginning. */
  dayOnly: z.boolean(),
  /** One line in words. */
  title: z.string(),
  /** What was written or said, if anything: several lines of plain text. */
  text: z.string().nullable(),
  by: z.object({ userId: z.string().nullable(), name: z.string() }).nullable(),
  /** Names of contacts, for a touch and an answer. */
  with: z.array(z.string()),
  /** Id of the touchpoint, alert, goal, task, segment, deal … it is about; null: none. */
  subjectId: z.string().nullable(),
  links: z.array(z.string()),
});
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;

/**
 * GET /api/v1/accounts/:accountId/timeline?kinds=touchpoint,alert&text=&asOf=&before=&limit=: `before` is the `next` of
 * the answer before, for the same question. `text` is taken literally.
 */
export const timelineQuerySchema = z.strictObject({
  kinds: z
    .string()
    .max(300)
    .transform((list) => [...new Set(list.split(','))])
    .pipe(z.array(z.enum(TIMELINE_KINDS)))
    .optional(),
  text: noteSchema(200).default(''),
  asOf: isoDaySchema.optional(),
  before: z.string().max(600).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type TimelineQuery = z.output<typeof timelineQuerySchema>;

export const timelineSchema = z.object({
  entries: z.array(timelineEntrySchema),
  /** Null: this is the end. */
  next: z.string().nullable(),
  /** How many of each kind the text and the day find, whatever the kinds; with the first page only. */
  counts: z.partialRecord(z.enum(TIMELINE_KINDS), z.number().int()).nullable(),
});
export type Timeline = z.infer<typeof timelineSchema>;
