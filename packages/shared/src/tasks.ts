import { z } from 'zod';
import { alertAccountSchema } from './alerts.js';
import { idSchema, isoDaySchema, lineSchema, noteSchema, writtenDaySchema } from './common.js';
import { PLAYBOOK_ROLES, TASK_ANCHORS } from './playbooks.js';

/** Tasks: what people are to do for accounts, from playbooks or by hand. */

export const TASK_STATES = ['open', 'done', 'skipped', 'cancelled'] as const;
export type TaskState = (typeof TASK_STATES)[number];
export const TASK_ORIGINS = ['playbook', 'hand', 'nextStep'] as const;
export type TaskOrigin = (typeof TASK_ORIGINS)[number];

const personSchema = z.object({ userId: z.string(), name: z.string() });

export const taskSchema = z.object({
  accountId: z.string(),
  id: z.string(),
  goal: z.object({ id: z.string(), name: z.string(), isMissed: z.boolean() }).nullable(),
  origin: z.enum(TASK_ORIGINS),
  title: z.string(),
  guidance: z.string().nullable(),
  state: z.enum(TASK_STATES),
  required: z.boolean(),
  role: z.enum(PLAYBOOK_ROLES).nullable(),
  assignee: personSchema.nullable(),
  /** Null: it has none, or waits for a day of the account. */
  dueDay: isoDaySchema.nullable(),
  waitsFor: z.enum(TASK_ANCHORS).nullable(),
  /** Open, and its day has passed. */
  isOverdue: z.boolean(),
  snoozedUntil: isoDaySchema.nullable(),
  completesItself: z.boolean(),
  /** When it completes itself, in words. */
  completesWhen: z.string().nullable(),
  completedHow: z.enum(['person', 'rule']).nullable(),
  endedDay: isoDaySchema.nullable(),
  endedBy: z.string().nullable(),
  note: z.string().nullable(),
  createdAt: z.string(),
  revision: z.number().int(),
});
export type Task = z.infer<typeof taskSchema>;

/**
 * Whose tasks: mine (and of those for whom I stand in), my team's, nobody's (of accounts that I may see), or all that I
 * may see.
 */
export const TASK_SCOPES = ['mine', 'team', 'unassigned', 'all'] as const;
export type TaskScope = (typeof TASK_SCOPES)[number];
export const TASK_DUE = ['overdue', 'today', 'week', 'later', 'none'] as const;

const listOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z
    .string()
    .max(200)
    .transform((text) => text.split(',').filter((each) => each !== ''))
    .pipe(z.array(z.enum(values)).max(20));

/**
 * GET /api/v1/tasks?scope=&state=&due=&accountId=&assigneeUserId=&text=&snoozed=&offset=&limit=: open ones by due day
 * (without one last), then ended ones, newest first. Without states: open ones. Snoozed ones are among them only when
 * asked for.
 */
export const taskListQuerySchema = z.strictObject({
  scope: z.enum(TASK_SCOPES).default('mine'),
  state: listOf(TASK_STATES).default(['open']),
  due: listOf(TASK_DUE).optional(),
  dueFrom: isoDaySchema.optional(),
  dueTo: isoDaySchema.optional(),
  accountId: idSchema.optional(),
  assigneeUserId: idSchema.optional(),
  snoozed: z.stringbool().default(false),
  text: lineSchema(200).default(''),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type TaskListQuery = z.output<typeof taskListQuerySchema>;
export const taskRowSchema = z.object({
  account: alertAccountSchema.pick({ id: true, name: true, status: true, tier: true, arrMinor: true }),
  task: taskSchema,
});
export type TaskRowOfList = z.infer<typeof taskRowSchema>;
export const taskListSchema = z.object({
  rows: z.array(taskRowSchema),
  total: z.number().int(),
  /**
   * Of all open ones in the scope that are not snoozed. `unassigned`: of all accounts that I may see, whatever the scope,
   * those of nobody or of somebody who is no longer active.
   */
  counts: z.object({
    overdue: z.number().int(),
    today: z.number().int(),
    week: z.number().int(),
    later: z.number().int(),
    none: z.number().int(),
    snoozed: z.number().int(),
    unassigned: z.number().int(),
  }),
});
export type TaskList = z.infer<typeof taskListSchema>;

/** POST /api/v1/accounts/:accountId/tasks: by hand. */
export const createTaskSchema = z.strictObject({
  title: lineSchema(200).min(1),
  guidance: noteSchema(5000).nullable().default(null),
  dueDay: writtenDaySchema.nullable().default(null),
  /** Null: me. */
  assigneeUserId: idSchema.nullable().default(null),
  goalId: idSchema.nullable().default(null),
});
export type CreateTask = z.output<typeof createTaskSchema>;

/** PATCH /api/v1/tasks/:accountId/:taskId: what a task by hand says; of a playbook's, its day alone. */
export const updateTaskSchema = z.strictObject({
  revision: z.number().int(),
  title: lineSchema(200).min(1).optional(),
  guidance: noteSchema(5000).nullable().optional(),
  dueDay: writtenDaySchema.nullable().optional(),
});
export type UpdateTask = z.output<typeof updateTaskSchema>;

const targets = {
  tasks: z
    .array(z.strictObject({ accountId: idSchema, id: idSchema, revision: z.number().int() }))
    .min(1)
    .max(500),
};
/** POST /api/v1/tasks/actions: for one or many; each is answered on its own. */
export const taskActionSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('complete'), ...targets, note: noteSchema(2000).nullable().default(null) }),
  z.strictObject({ action: z.literal('skip'), ...targets, note: noteSchema(2000).nullable().default(null) }),
  z.strictObject({ action: z.literal('reopen'), ...targets }),
  /** Rests until the day; its due day stays. */
  z.strictObject({ action: z.literal('snooze'), ...targets, until: writtenDaySchema }),
  z.strictObject({ action: z.literal('unsnooze'), ...targets }),
  z.strictObject({ action: z.literal('assign'), ...targets, assigneeUserId: idSchema.nullable() }),
  z.strictObject({ action: z.literal('due'), ...targets, dueDay: writtenDaySchema.nullable() }),
  /** Only of tasks by hand; a playbook's is skipped. */
  z.strictObject({ action: z.literal('cancel'), ...targets }),
  z.strictObject({ action: z.literal('undo'), ...targets }),
]);
export type TaskAction = z.output<typeof taskActionSchema>;
export type TaskActionName = TaskAction['action'];

export const TASK_REFUSALS = [
  'NOT_FOUND',
  'REVISION_MOVED',
  /** 409: it is done, skipped or cancelled; the message says by whom. */
  'TASK_ENDED',
  /** 409: it is open. */
  'TASK_OPEN',
  'TASK_NOT_SNOOZED',
  /** 409: its goal has been achieved or cancelled. */
  'GOAL_ENDED',
  /** 409: a playbook's task cannot be cancelled or rewritten. */
  'OF_A_PLAYBOOK',
  'NOTHING_TO_UNDO',
  'ASSIGNEE_CANNOT_SEE',
] as const;
export type TaskRefusal = (typeof TASK_REFUSALS)[number];

export const taskActionAnswerSchema = z.object({
  done: z.number().int(),
  /** In the order of the request. */
  results: z.array(
    z.discriminatedUnion('ok', [
      z.object({ ok: z.literal(true), accountId: z.string(), id: z.string(), task: taskSchema }),
      z.object({
        ok: z.literal(false),
        accountId: z.string(),
        id: z.string(),
        status: z.union([z.literal(404), z.literal(409)]),
        code: z.enum(TASK_REFUSALS),
        message: z.string(),
      }),
    ]),
  ),
});
export type TaskActionAnswer = z.infer<typeof taskActionAnswerSchema>;
