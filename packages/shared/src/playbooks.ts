import { z } from 'zod';
import { idSchema, isoDaySchema, lineSchema, noteSchema } from './common.js';
import { PLAYBOOK_KINDS, type PlaybookKind } from './goal-words.js';
import { ruleSchema } from './rules.js';

/** Playbooks: templates of what is done, when and by whom, to reach something on an account. */

export { PLAYBOOK_KINDS, type PlaybookKind };

/** Who does a task, or owns a goal: resolved through the owners of the account. `manager`: the owner's manager. */
export const PLAYBOOK_ROLES = ['csm', 'am', 'manager'] as const;
export type PlaybookRole = (typeof PLAYBOOK_ROLES)[number];

/** What the day of a task is counted from: the goal, or a day of the account. */
export const TASK_ANCHORS = [
  'goalStart',
  'goalDue',
  'renewalDate',
  'noticeDeadline',
  'customerSince',
  'leavesOn',
] as const;
export type TaskAnchor = (typeof TASK_ANCHORS)[number];

/** `business`: Monday to Friday; an offset of 0 that falls on a weekend moves to the next Monday. */
export const OFFSET_UNITS = ['calendar', 'business'] as const;
export type OffsetUnit = (typeof OFFSET_UNITS)[number];

export const PLAYBOOK_LIMITS = { tasks: 50, durationDays: 1095, offset: 1095, triggers: 20, playbooks: 500 } as const;

/** What a goal is to reach. */
export const goalTargetSchema = z.discriminatedUnion('kind', [
  /** A numeric field of the catalogue, mostly a signal: at least or at most a value (money in major units). */
  z.strictObject({
    kind: z.literal('signal'),
    field: z.string().min(1).max(120),
    op: z.enum(['gte', 'lte']),
    value: z.number(),
  }),
  /** A deal of the kind that was won on or after the goal's start; a deal that is linked to another goal does not count. */
  z.strictObject({ kind: z.literal('deal'), dealKind: z.enum(['expansion', 'renewal', 'new']) }),
  /** All required tasks done. */
  z.strictObject({ kind: z.literal('tasks') }),
]);
export type GoalTarget = z.infer<typeof goalTargetSchema>;

export const taskTemplateSchema = z.strictObject({
  /** Permanent within the playbook: a task of a running goal is known by it. */
  key: z
    .string()
    .max(60)
    .regex(/^[a-z][a-z0-9-]*$/, 'a key has small letters, digits and dashes'),
  title: lineSchema(200).min(1),
  /** How to do it well; several paragraphs. */
  guidance: noteSchema(5000),
  due: z.strictObject({
    anchor: z.enum(TASK_ANCHORS),
    offset: z.number().int().min(-PLAYBOOK_LIMITS.offset).max(PLAYBOOK_LIMITS.offset),
    unit: z.enum(OFFSET_UNITS),
  }),
  role: z.enum(PLAYBOOK_ROLES),
  required: z.boolean(),
  /** Completes itself when this holds for the account. Null: only a person completes it. */
  completesWhen: ruleSchema.nullable(),
});
export type TaskTemplate = z.infer<typeof taskTemplateSchema>;

/** What a version of a playbook says. */
export const playbookDefinitionSchema = z
  .strictObject({
    name: lineSchema(100).min(1),
    kind: z.enum(PLAYBOOK_KINDS),
    purpose: noteSchema(2000),
    target: goalTargetSchema,
    /** A goal is due on its start + this many days. */
    durationDays: z.number().int().min(1).max(PLAYBOOK_LIMITS.durationDays),
    /** Who owns the goal. */
    ownerRole: z.enum(PLAYBOOK_ROLES),
    tasks: z.array(taskTemplateSchema).max(PLAYBOOK_LIMITS.tasks),
    /** What starts it by itself, beside people: an account that enters a segment of accounts, an alert that opens. */
    triggers: z.strictObject({
      segmentIds: z.array(idSchema).max(PLAYBOOK_LIMITS.triggers),
      alertRuleIds: z.array(idSchema).max(PLAYBOOK_LIMITS.triggers),
    }),
    run: z.strictObject({
      /** Starts by itself again on the same account: never, or this many days after its last goal there ended. */
      againAfterDays: z.number().int().min(0).max(1095).nullable(),
      /** No second live goal of this playbook on an account, by hand neither. */
      oneAtATime: z.boolean(),
      /** A goal that a segment or an alert started is cancelled when the account leaves the segment, or the alert ends by itself. */
      cancelWhenConditionStops: z.boolean(),
      /** What becomes of open tasks when it is cancelled so. */
      cancelOpenTasks: z.boolean(),
    }),
  })
  .refine(({ tasks }) => new Set(tasks.map(({ key }) => key)).size === tasks.length, {
    path: ['tasks'],
    message: 'two tasks have the same key',
  })
  .refine(({ target, tasks }) => target.kind !== 'tasks' || tasks.some(({ required }) => required), {
    path: ['tasks'],
    message: 'the target is that all required tasks are done, so one has to be required',
  });
export type PlaybookDefinition = z.infer<typeof playbookDefinitionSchema>;

/** Of the goals whose accounts the reader sees. */
const usageSchema = z.object({
  live: z.number().int(),
  achieved: z.number().int(),
  missed: z.number().int(),
  cancelled: z.number().int(),
});

export const playbookSchema = z.object({
  id: z.string(),
  /** Of a ready-made one. */
  key: z.string().nullable(),
  definition: playbookDefinitionSchema,
  /** Only enabled ones start by themselves and are offered. */
  enabled: z.boolean(),
  version: z.number().int(),
  revision: z.number().int(),
  goals: usageSchema,
  /** What is wrong with it now, such as a target whose signal was deleted: it starts nothing until that is mended. */
  problems: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })),
  /** The names of what its triggers name, by id; missing: it was deleted. */
  triggerNames: z.record(z.string(), z.string()),
  /** The target and the tasks' rules in words, the latter by key of the task. */
  words: z.object({ target: z.string(), completesWhen: z.record(z.string(), z.string()) }),
  updatedAt: z.string(),
  mayEdit: z.boolean(),
});
export type Playbook = z.infer<typeof playbookSchema>;

/** GET /api/v1/playbooks: all that are not deleted, by kind and name. */
export const playbookListSchema = z.object({ playbooks: z.array(playbookSchema) });
export type PlaybookList = z.infer<typeof playbookListSchema>;

/** POST /api/v1/playbooks */
export const createPlaybookSchema = z.strictObject({
  definition: playbookDefinitionSchema,
  enabled: z.boolean().default(true),
});
export type CreatePlaybook = z.output<typeof createPlaybookSchema>;
/** PUT /api/v1/playbooks/:playbookId: publishes a version. Running goals go on with theirs. */
export const updatePlaybookSchema = createPlaybookSchema.extend({ enabled: z.boolean(), revision: z.number().int() });
export type UpdatePlaybook = z.output<typeof updatePlaybookSchema>;
/** DELETE /api/v1/playbooks/:playbookId?revision=: running goals go on; ready-made ones are switched off instead (409 BUILT_IN). */
export const deletePlaybookQuerySchema = z.strictObject({ revision: z.coerce.number().int() });

/** GET /api/v1/playbooks/:playbookId/versions: newest first. */
export const playbookVersionsSchema = z.object({
  versions: z.array(
    z.object({
      version: z.number().int(),
      definition: playbookDefinitionSchema,
      publishedAt: z.string(),
      by: z.string().nullable(),
    }),
  ),
});
export type PlaybookVersions = z.infer<typeof playbookVersionsSchema>;

/** Why a goal does not start on an account. */
export const START_REFUSALS = [
  /** The target is met already. */
  'ALREADY_MET',
  /** A goal of this playbook is live there, and it takes one at a time. */
  'GOAL_RUNNING',
  /** It ran there before, and does not start by itself again yet, or ever. */
  'RAN_BEFORE',
  /** Not a live account. */
  'NOT_LIVE',
  /** Something that the playbook names is gone, such as the signal of its target. */
  'PLAYBOOK_UNSOUND',
  'PLAYBOOK_DISABLED',
] as const;
export type StartRefusal = (typeof START_REFUSALS)[number];

/** The same in words. */
export const START_REFUSAL_WORDS: Record<StartRefusal, string> = {
  ALREADY_MET: 'Already there: the target is met today.',
  GOAL_RUNNING: 'A goal of this playbook is live on the account, and it takes one at a time.',
  RAN_BEFORE: 'It ran on the account before, and does not start by itself again yet.',
  NOT_LIVE: 'The account is neither a customer nor on trial.',
  PLAYBOOK_UNSOUND: 'Something that the playbook names is gone. Mend it first.',
  PLAYBOOK_DISABLED: 'The playbook is switched off.',
};

/** What would be made of one task. */
export const plannedTaskSchema = z.object({
  key: z.string(),
  title: z.string(),
  dueDay: isoDaySchema.nullable(),
  /** The anchor that is empty, where there is no day for it. */
  waitsFor: z.enum(TASK_ANCHORS).nullable(),
  /** It would be due before the goal starts. */
  isPast: z.boolean(),
  required: z.boolean(),
  role: z.enum(PLAYBOOK_ROLES),
  /** Null: nobody is found; it goes to the unassigned queue. */
  assignee: z.object({ userId: z.string(), name: z.string() }).nullable(),
});
export type PlannedTask = z.infer<typeof plannedTaskSchema>;

/**
 * POST /api/v1/playbooks/dry-run {definition, accountId, startDay}: the goal as it would be on one account; nothing is
 * stored. POST /api/v1/playbooks/dry-run-today {definition}: who would get it today by its triggers.
 */
export const dryRunOnAccountSchema = z.strictObject({
  definition: playbookDefinitionSchema,
  /** Of one that is kept already: what ran of it on the account counts. */
  playbookId: idSchema.nullable().default(null),
  accountId: idSchema,
  /** Null: today. Earlier by 30 days at most, later by 365, as goals start. */
  startDay: isoDaySchema.nullable().default(null),
});
export type DryRunOnAccount = z.output<typeof dryRunOnAccountSchema>;
export const plannedGoalSchema = z.object({
  refusal: z.object({ code: z.enum(START_REFUSALS), message: z.string() }).nullable(),
  startDay: isoDaySchema,
  dueDay: isoDaySchema,
  owner: z.object({ userId: z.string(), name: z.string() }).nullable(),
  baseline: z.number().nullable(),
  target: z.string(),
  tasks: z.array(plannedTaskSchema),
});
export type PlannedGoal = z.infer<typeof plannedGoalSchema>;

export const dryRunTodaySchema = z.strictObject({
  definition: playbookDefinitionSchema,
  playbookId: idSchema.nullable().default(null),
});
export type DryRunToday = z.output<typeof dryRunTodaySchema>;
export const wouldGetItSchema = z.object({
  /** Accounts in the reader's scope that meet a trigger now, whether or not they did before today. */
  accounts: z.number().int(),
  wouldStart: z.number().int(),
  refused: z.record(z.enum(START_REFUSALS), z.number().int()),
  /** The first hundred, the largest ARR first. */
  rows: z.array(
    z.object({
      account: z.object({ id: z.string(), name: z.string(), arrMinor: z.number().nullable() }),
      /** The segment or alert rule by name. */
      because: z.string(),
      refusal: z.enum(START_REFUSALS).nullable(),
    }),
  ),
});
export type WouldGetIt = z.infer<typeof wouldGetItSchema>;

/**
 * GET /api/v1/playbooks/:playbookId/effect?from=&to=: goals started in the period, against accounts that met a trigger
 * in the same period and did not get it. By default the last 365 days; at most 400.
 */
export const effectQuerySchema = z.strictObject({ from: isoDaySchema.optional(), to: isoDaySchema.optional() });
export type EffectQuery = z.output<typeof effectQuerySchema>;
const groupEffectSchema = z.object({
  accounts: z.number().int(),
  /** Mean change of the score from the start (or the trigger) to the end, else to the playbook's duration later; null: none known. */
  scoreChange: z.number().nullable(),
  scoreKnown: z.number().int(),
  /** Change of ARR in per cent of the ARR at the start, over the accounts whose ARR is known at both ends. */
  arrChangePercent: z.number().nullable(),
  arrKnown: z.number().int(),
});
export const playbookEffectSchema = z.object({
  from: isoDaySchema,
  to: isoDaySchema,
  started: z.number().int(),
  ended: z.number().int(),
  achieved: z.number().int(),
  missed: z.number().int(),
  cancelled: z.number().int(),
  /** Achieved ÷ (achieved + missed + cancelled by a person), null without any. */
  successRate: z.number().nullable(),
  /** Its 95 % interval (Wilson). */
  successInterval: z.tuple([z.number(), z.number()]).nullable(),
  /** From the start to the day they were achieved. */
  medianDays: z.number().nullable(),
  treated: groupEffectSchema,
  /** Null: it has no triggers, so there is nobody to compare with. */
  compared: groupEffectSchema.nullable(),
  scoreDifference: z.object({ points: z.number(), interval: z.tuple([z.number(), z.number()]) }).nullable(),
  /** How far to trust it, in words, the most important first. */
  cautions: z.array(z.string()),
});
export type PlaybookEffect = z.infer<typeof playbookEffectSchema>;
