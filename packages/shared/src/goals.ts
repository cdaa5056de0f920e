import { z } from 'zod';
import { alertAccountSchema } from './alerts.js';
import { idSchema, isoDaySchema, lineSchema, noteSchema, writtenDaySchema } from './common.js';
import { GOAL_STATUSES, type GoalStatus, OUTCOME_REASONS, type OutcomeReason } from './goal-words.js';
import { goalTargetSchema, PLAYBOOK_KINDS } from './playbooks.js';
import { taskSchema } from './tasks.js';

/** Goals: playbooks that run on accounts. */

export { GOAL_STATUSES, type GoalStatus, OUTCOME_REASONS, type OutcomeReason };
export const LIVE_GOAL_STATUSES = ['notStarted', 'inProgress', 'atRisk'] as const satisfies readonly GoalStatus[];

/** `behind`: 20 points and more behind the straight line; `taskOverdue`: a required task is 7 days overdue. */
export const AT_RISK_REASONS = ['behind', 'taskOverdue'] as const;
export type AtRiskReason = (typeof AT_RISK_REASONS)[number];

export const GOAL_STARTS = ['hand', 'bulk', 'alert', 'segment', 'replay'] as const;
export type GoalStart = (typeof GOAL_STARTS)[number];

export const GOAL_EVENT_KINDS = [
  'started',
  'began',
  'baseline',
  'atRisk',
  'onTrack',
  'achieved',
  'missed',
  'cancelled',
  'reopened',
  'extended',
  'moved',
  'owner',
  'undone',
] as const;
export type GoalEventKind = (typeof GOAL_EVENT_KINDS)[number];

const personSchema = z.object({ userId: z.string(), name: z.string() });

export const goalSchema = z.object({
  accountId: z.string(),
  id: z.string(),
  playbook: z.object({
    id: z.string(),
    name: z.string(),
    version: z.number().int(),
    isDeleted: z.boolean(),
  }),
  kind: z.enum(PLAYBOOK_KINDS),
  name: z.string(),
  purpose: z.string(),
  status: z.enum(GOAL_STATUSES),
  atRiskReason: z.enum(AT_RISK_REASONS).nullable(),
  started: z.enum(GOAL_STARTS),
  startDay: isoDaySchema,
  dueDay: isoDaySchema,
  owner: personSchema.nullable(),
  target: goalTargetSchema,
  targetWords: z.string(),
  /** Money in major units, as fields have it. Null: not known yet; the first value becomes the baseline. */
  baseline: z.number().nullable(),
  value: z.number().nullable(),
  /** The unit of baseline and value. */
  unit: z.string().nullable(),
  /** 0–1, clamped; null: not known. */
  progress: z.number().nullable(),
  /** The share of its time that has passed, 0–1: the straight line. */
  elapsed: z.number(),
  /** What its target reads is no more there: it is not measured, and ends by its tasks, its day or a person. */
  targetGone: z.boolean(),
  /** The first of the closed days on which the target held; it is achieved when a second follows. */
  metSinceDay: isoDaySchema.nullable(),
  tasks: z.object({
    required: z.number().int(),
    requiredDone: z.number().int(),
    open: z.number().int(),
    overdue: z.number().int(),
  }),
  alertId: z.string().nullable(),
  /** The segment whose entry started it. */
  segment: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
  scoreAtStart: z.number().nullable(),
  arrMinorAtStart: z.number().nullable(),
  endedDay: isoDaySchema.nullable(),
  /** Null: by itself. */
  endedBy: z.string().nullable(),
  outcomeReason: z.enum(OUTCOME_REASONS).nullable(),
  outcomeNote: z.string().nullable(),
  revision: z.number().int(),
});
export type Goal = z.infer<typeof goalSchema>;

const listOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z
    .string()
    .max(200)
    .transform((text) => text.split(',').filter((each) => each !== ''))
    .pipe(z.array(z.enum(values)).max(20));

/** Whose goals: those that I own, of my team's people and books, or all that I may see. */
export const GOAL_SCOPES = ['mine', 'team', 'all'] as const;
export type GoalScope = (typeof GOAL_SCOPES)[number];

/**
 * GET /api/v1/goals?scope=&status=&kind=&playbookId=&ownerUserId=&dueFrom=&dueTo=&text=&offset=&limit=: live ones by
 * due day, then ended ones, newest first. Without states: live ones.
 */
export const goalListQuerySchema = z.strictObject({
  scope: z.enum(GOAL_SCOPES).default('mine'),
  status: listOf(GOAL_STATUSES).default([...LIVE_GOAL_STATUSES]),
  kind: listOf(PLAYBOOK_KINDS).optional(),
  playbookId: idSchema.optional(),
  ownerUserId: idSchema.optional(),
  dueFrom: isoDaySchema.optional(),
  dueTo: isoDaySchema.optional(),
  text: lineSchema(200).default(''),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type GoalListQuery = z.output<typeof goalListQuerySchema>;
export const goalRowSchema = z.object({ account: alertAccountSchema, goal: goalSchema });
export type GoalRowOfList = z.infer<typeof goalRowSchema>;
export const goalListSchema = z.object({
  rows: z.array(goalRowSchema),
  total: z.number().int(),
  /** Of all that match but for the states asked for: the columns of the board. */
  byStatus: z.record(z.enum(GOAL_STATUSES), z.number().int()),
  /** ARR of the accounts with a live goal that matches, each once. */
  arrMinor: z.number().nullable(),
});
export type GoalList = z.infer<typeof goalListSchema>;

/** GET /api/v1/accounts/:accountId/goals: live ones first, then the newest. */
export const accountGoalsSchema = z.object({ goals: z.array(goalSchema) });

const begunGoalSchema = goalSchema
  .pick({ id: true, kind: true, name: true, startDay: true, dueDay: true, endedDay: true })
  .extend({ status: z.enum(GOAL_STATUSES).exclude(['notStarted']) });
export type BegunGoal = z.infer<typeof begunGoalSchema>;
/**
 * GET /api/v1/accounts/:accountId/goals-begun?asOf=: those that had begun by the end of the day, as they stood then, in
 * the same order. How far they were, and their tasks, are not kept.
 */
export const begunGoalsSchema = z.object({ goals: z.array(begunGoalSchema) });

export const goalEventSchema = z.object({
  id: z.string(),
  kind: z.enum(GOAL_EVENT_KINDS),
  at: z.string(),
  day: isoDaySchema,
  by: z.string().nullable(),
  details: z.record(z.string(), z.unknown()).nullable(),
});
/** GET /api/v1/goals/:accountId/:goalId */
export const goalDetailSchema = goalSchema.extend({
  account: alertAccountSchema,
  taskList: z.array(taskSchema),
  /** Newest first. */
  events: z.array(goalEventSchema),
  /** The measured value a day since the start, for the chart; null where unknown. Empty where the target is none. */
  series: z.array(z.object({ day: isoDaySchema, value: z.number().nullable() })),
  deals: z.array(z.object({ id: z.string(), name: z.string(), state: z.enum(['open', 'won', 'lost']) })),
  mayUndo: z.boolean(),
});
export type GoalDetail = z.infer<typeof goalDetailSchema>;

/** POST /api/v1/accounts/:accountId/goals: starts a playbook by hand, or from an alert. 201 with the goal; 409 with a START_REFUSALS code. */
export const startGoalSchema = z.strictObject({
  playbookId: idSchema,
  /** Null: today. Earlier by 30 days at most, later by 365. */
  startDay: writtenDaySchema.nullable().default(null),
  /** Null: start + the playbook's duration. */
  dueDay: writtenDaySchema.nullable().default(null),
  /** Null: by the playbook's role. */
  ownerUserId: idSchema.nullable().default(null),
  /** The alert that it was started from: it is acknowledged by that. */
  alertId: idSchema.nullable().default(null),
});
export type StartGoal = z.output<typeof startGoalSchema>;

const one = { revision: z.number().int() };
/** POST /api/v1/goals/:accountId/:goalId/actions */
export const goalActionSchema = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.literal('achieve'),
    ...one,
    reason: z.enum(OUTCOME_REASONS),
    note: noteSchema(2000).nullable().default(null),
  }),
  z.strictObject({
    action: z.literal('cancel'),
    ...one,
    reason: z.enum(OUTCOME_REASONS),
    note: noteSchema(2000).nullable().default(null),
    cancelTasks: z.boolean(),
  }),
  /** Gives a live or a missed goal more time; a missed one is live again. */
  z.strictObject({ action: z.literal('extend'), ...one, dueDay: writtenDaySchema }),
  /** Another start; `moveTasks`: open tasks that count from the start or the due day follow. */
  z.strictObject({ action: z.literal('move'), ...one, startDay: writtenDaySchema, moveTasks: z.boolean() }),
  z.strictObject({ action: z.literal('assign'), ...one, ownerUserId: idSchema.nullable() }),
  z.strictObject({ action: z.literal('reopen'), ...one }),
  /** Takes back the newest of these actions, as long as nothing has come of it since. */
  z.strictObject({ action: z.literal('undo'), ...one }),
]);
export type GoalAction = z.output<typeof goalActionSchema>;

/** Why an action did not happen. */
export const GOAL_REFUSALS = [
  'NOT_FOUND',
  'REVISION_MOVED',
  /** 409: it has ended. */
  'GOAL_ENDED',
  /** 409: it is live. */
  'GOAL_LIVE',
  /** 409: the day lies before the start, or in the past. */
  'DAY_TOO_EARLY',
  /** 409: another goal of its playbook is live there. */
  'GOAL_RUNNING',
  'NOTHING_TO_UNDO',
  /** 409: the person may not see the account, or is no longer active. */
  'ASSIGNEE_CANNOT_SEE',
] as const;
export type GoalRefusal = (typeof GOAL_REFUSALS)[number];
