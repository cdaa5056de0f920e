import { z } from 'zod';
import { accountQuerySchema, setPulseSchema, setTierSchema } from './accounts.js';
import { BULK_STATES } from './bulk-states.js';
import { idSchema, lineSchema, writtenDaySchema } from './common.js';
import { START_REFUSAL_WORDS } from './playbooks.js';

/** What a person does to many accounts at once: what is done, to which accounts, how far it came, and taking it back. */

/** Accounts that are named one by one, at most. */
export const MOST_NAMED_ACCOUNTS = 10_000;
/** Tags that an account may have. */
export const MOST_TAGS = 50;

const tagSchema = lineSchema(60).min(1);
const tagsSchema = z.array(tagSchema).max(10).default([]);

export const bulkChangeSchema = z.discriminatedUnion('kind', [
  /** Null: nobody. Those who may not give accounts away claim free ones for themselves and give their own back. */
  z.strictObject({ kind: z.literal('assign'), role: z.enum(['csm', 'am']), userId: idSchema.nullable() }),
  setTierSchema.extend({ kind: z.literal('tier') }),
  /** Ends what was set by hand: the rules set the tier again. */
  z.strictObject({ kind: z.literal('releaseTier') }),
  z
    .strictObject({ kind: z.literal('pulse'), ...setPulseSchema.shape })
    .refine((pulse) => pulse.value > 3 || pulse.reasons.length > 0, {
      path: ['reasons'],
      message: 'a pulse of 1 to 3 needs at least one reason',
    }),
  z
    .strictObject({ kind: z.literal('tag'), add: tagsSchema, remove: tagsSchema })
    .refine(({ add, remove }) => add.length + remove.length > 0, { path: ['add'], message: 'name a tag' })
    .refine(({ add, remove }) => !add.some((tag) => remove.includes(tag)), {
      path: ['remove'],
      message: 'a tag cannot be added and removed at once',
    }),
  /** Lets the live alerts of the accounts rest: they wake on the day, or with new evidence. */
  z.strictObject({ kind: z.literal('snooze'), until: writtenDaySchema, reason: lineSchema(500).min(1) }),
  /** Starts a goal on each account, on the day (null: today), with the owner that the playbook names. */
  z.strictObject({
    kind: z.literal('startPlaybook'),
    playbookId: idSchema,
    startDay: writtenDaySchema.nullable().default(null),
  }),
]);
export type BulkChange = z.output<typeof bulkChangeSchema>;
export type BulkKind = BulkChange['kind'];
export const BULK_KINDS = [
  'assign',
  'tier',
  'releaseTier',
  'pulse',
  'tag',
  'snooze',
  'startPlaybook',
] as const satisfies readonly BulkKind[];

/** Accounts by name, or all that match less those taken out by hand. Found and kept when the action is ordered. */
export const bulkSelectionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('rows'), accountIds: z.array(idSchema).min(1).max(MOST_NAMED_ACCOUNTS) }),
  z.strictObject({
    kind: z.literal('matching'),
    rule: accountQuerySchema.shape.rule,
    parts: accountQuerySchema.shape.parts,
    text: accountQuerySchema.shape.text,
    without: z.array(idSchema).max(MOST_NAMED_ACCOUNTS).default([]),
  }),
]);
export type BulkSelection = z.output<typeof bulkSelectionSchema>;

/** POST /api/v1/bulk-actions */
export const orderBulkSchema = z.strictObject({ change: bulkChangeSchema, selection: bulkSelectionSchema });
export type OrderBulk = z.output<typeof orderBulkSchema>;
export type OrderBulkInput = z.input<typeof orderBulkSchema>;

/** Why an account was left as it was, in words. */
export const BULK_REFUSALS = {
  NOT_YOURS_TO_GIVE: 'It has an owner, and giving accounts to others is for managers.',
  UNKNOWN_PERSON: 'The person is no longer active, or may only look on.',
  UNKNOWN_TIER: 'The tier does not exist any more.',
  UNKNOWN_REASON: 'A reason of the pulse is not offered any more.',
  TIER_ENDED: 'The last day of the tier has passed.',
  SNOOZE_ENDED: 'The day on which it would wake has come.',
  SNOOZE_TOO_LONG: 'A snooze lasts a year at most.',
  UNKNOWN_PLAYBOOK: 'The playbook does not exist any more.',
  START_OUT_OF_RANGE: 'A goal starts from 30 days before today to a year after, and is due today at the earliest.',
  NOT_COMPUTED: 'The account has just come in and is not computed yet.',
  ...START_REFUSAL_WORDS,
  TOO_MANY_TAGS: `It would have more than ${MOST_TAGS} tags.`,
  NOT_ALLOWED: 'Whoever ordered this may not do it any more.',
  CHANGED_SINCE: 'It was changed again since, so that change was left alone.',
  CANNOT_BE_STORED: 'Its data could not be stored.',
} as const;
export type BulkRefusal = keyof typeof BULK_REFUSALS;

const count = z.number().int();

export const bulkActionSchema = z.object({
  id: z.string(),
  /** Null: it takes another action back. */
  change: bulkChangeSchema.nullable(),
  undoes: z.string().nullable(),
  state: z.enum(BULK_STATES),
  /** Accounts by what became of them; together they are all that were chosen. */
  counts: z.object({ due: count, done: count, unchanged: count, refused: count, gone: count }),
  refusals: z.array(z.object({ code: z.string(), reason: z.string(), accounts: count })),
  /** The action that took this one back. */
  undoneBy: z.string().nullable(),
  mayUndo: z.boolean(),
  /** What it changed is computed: lists, scores and figures tell of it. False until it has ended. */
  computed: z.boolean(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
});
export type BulkAction = z.infer<typeof bulkActionSchema>;
export type BulkCounts = BulkAction['counts'];

/** GET /api/v1/bulk-actions: one's own, newest first. */
export const bulkActionListSchema = z.object({ actions: z.array(bulkActionSchema) });
