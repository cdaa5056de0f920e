import { z } from 'zod';
import {
  ACCOUNT_STATUSES,
  BANDS,
  idSchema,
  isoDaySchema,
  lineSchema,
  noteSchema,
  ownerSchema,
  writtenDaySchema,
} from './common.js';

/** Alerts: what the desk shows of them and what people do with them. Their rules are in alert-rules.ts. */

export const ALERT_KINDS = ['churn', 'renewal', 'expansion', 'lifecycle', 'billing', 'data'] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

/** Kinds whose accounts count as ARR at stake; an expansion's ARR is in play, that of the others is neither. */
export const KINDS_AT_STAKE = ['churn', 'renewal', 'billing'] as const satisfies readonly AlertKind[];

/** From the least to the most severe. */
export const ALERT_SEVERITIES = ['info', 'low', 'medium', 'high', 'critical'] as const;
export type AlertSeverity = (typeof ALERT_SEVERITIES)[number];

/** What people see: an alert that a run has not yet decided on, and one of a storm that was dropped, are not shown. */
export const SHOWN_ALERT_STATES = ['open', 'acknowledged', 'snoozed', 'resolved', 'cleared'] as const;
export type ShownAlertState = (typeof SHOWN_ALERT_STATES)[number];

/**
 * `start`: true at the rule's first evaluation, or at the account's; not notified, escalated or counted in quality.
 * `replay`: found when days past were gone through; told to nobody, and not counted either. `lived`: the same of a company
 * that is made up, whose people saw it come and answered: it counts.
 */
export const ALERT_STARTS = ['change', 'start', 'hand', 'replay', 'lived'] as const;
export type AlertStart = (typeof ALERT_STARTS)[number];

export const ALERT_OUTCOMES = ['successful', 'unsuccessful', 'falseAlarm'] as const;
export type AlertOutcome = (typeof ALERT_OUTCOMES)[number];

/** Why a live alert neither goes on nor clears: a value that it rests on is unknown, or its source is silent. */
export const ALERT_HELD_REASONS = ['unknown', 'silentSource'] as const;
export type AlertHeldReason = (typeof ALERT_HELD_REASONS)[number];

export const ALERT_EVENT_KINDS = [
  'opened',
  'evidence',
  'acknowledged',
  'snoozed',
  'woken',
  'assigned',
  'resolved',
  'cleared',
  'escalated',
  'undone',
  'severity',
] as const;
export type AlertEventKind = (typeof ALERT_EVENT_KINDS)[number];

/** What the alert rests on: the conditions of its rule that hold, in the order of the rule, with their values. */
const evidenceValueSchema = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]).nullable();

export const alertEvidenceSchema = z.object({
  /** Catalogue key; null where the condition reads no single field. */
  field: z.string().nullable(),
  /** The condition, or the field, in words. */
  label: z.string(),
  /** While the rule holds, of now. Money in major units; null: no single value. */
  value: evidenceValueSchema,
  /** The value when the alert began, or last called for attention. */
  noted: evidenceValueSchema,
});
export type AlertEvidence = z.infer<typeof alertEvidenceSchema>;

const personSchema = z.object({ userId: z.string(), name: z.string() });

export const alertSchema = z.object({
  accountId: z.string(),
  id: z.string(),
  /** Null for an alert raised by hand. A rule that was deleted since has no name. */
  rule: z.object({ id: z.string(), key: z.string().nullable(), name: z.string().nullable() }).nullable(),
  kind: z.enum(ALERT_KINDS),
  severity: z.enum(ALERT_SEVERITIES),
  state: z.enum(SHOWN_ALERT_STATES),
  started: z.enum(ALERT_STARTS),
  /** Its merge fields filled in: while the rule holds, with the values of now. */
  reason: z.string(),
  /** What it said on the day it opened; null: the same. */
  reasonAtOpen: z.string().nullable(),
  evidence: z.array(alertEvidenceSchema),
  openedDay: isoDaySchema,
  openedAt: z.string(),
  /** Null: the rule still holds. */
  lastMatchedDay: isoDaySchema.nullable(),
  /** The first closed day on which the clear rule held; it is cleared when a second follows. */
  clearSinceDay: isoDaySchema.nullable(),
  heldReason: z.enum(ALERT_HELD_REASONS).nullable(),
  unread: z.boolean(),
  scoreAtOpen: z.number().nullable(),
  arrMinorAtOpen: z.number().nullable(),
  /** The day on which it wakes. */
  snoozedUntil: isoDaySchema.nullable(),
  snoozeReason: z.string().nullable(),
  assignee: personSchema.nullable(),
  /** Who should act: the assignee, else the account's owner in the rule's role, else its other owner. */
  receiver: personSchema.nullable(),
  dueDay: isoDaySchema.nullable(),
  outcome: z.enum(ALERT_OUTCOMES).nullable(),
  outcomeNote: z.string().nullable(),
  acknowledgedAt: z.string().nullable(),
  acknowledgedBy: z.string().nullable(),
  escalatedAt: z.string().nullable(),
  endedDay: isoDaySchema.nullable(),
  endedAt: z.string().nullable(),
  /** Null when the clear rule ended it. */
  endedBy: z.string().nullable(),
  /** The playbook that the rule offers, by its key or id. */
  playbookKey: z.string().nullable(),
  /** Null: the rule offers none, or it was deleted or switched off. */
  playbook: z.object({ id: z.string(), name: z.string() }).nullable(),
  revision: z.number().int(),
});
export type Alert = z.infer<typeof alertSchema>;

/** The account beside its alerts. */
export const alertAccountSchema = z.object({
  id: z.string(),
  externalId: z.string(),
  name: z.string(),
  status: z.enum(ACCOUNT_STATUSES),
  tier: z.string().nullable(),
  stage: z.string().nullable(),
  arrMinor: z.number().nullable(),
  health: z.object({
    score: z.number().nullable(),
    band: z.enum(BANDS).nullable(),
    change: z.number().nullable(),
  }),
  renewalDate: isoDaySchema.nullable(),
  csm: ownerSchema.nullable(),
  am: ownerSchema.nullable(),
});
export type AlertAccount = z.infer<typeof alertAccountSchema>;

/** A list in a query string: `state=open,acknowledged`. */
const listOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z
    .string()
    .max(200)
    .transform((text) => text.split(',').filter((each) => each !== ''))
    .pipe(z.array(z.enum(values)).max(20));

/** Whose alerts: those that I should act on, my team's, or all that I may see. */
export const ALERT_SCOPES = ['mine', 'team', 'all'] as const;

/**
 * GET /api/v1/alerts?scope=&state=&kind=&severity=&ruleId=&accountId=&text=&offset=&limit=: one row an account, the most
 * severe first, then the largest ARR at stake. Without states: open and acknowledged ones.
 */
export const alertInboxQuerySchema = z.strictObject({
  scope: z.enum(ALERT_SCOPES).default('mine'),
  state: listOf(SHOWN_ALERT_STATES).default(['open', 'acknowledged']),
  kind: listOf(ALERT_KINDS).optional(),
  severity: listOf(ALERT_SEVERITIES).optional(),
  ruleId: idSchema.optional(),
  accountId: idSchema.optional(),
  /** Matches the account's name, external id or domain, and the alert's reason. */
  text: lineSchema(200).default(''),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type AlertInboxQuery = z.output<typeof alertInboxQuerySchema>;

export const alertInboxRowSchema = z.object({
  account: alertAccountSchema,
  /** The most severe of those that match; of several, the newest. */
  top: alertSchema,
  /** How many more of the account match. */
  more: z.number().int(),
  /** The next ones of them, at most twenty. */
  others: z.array(alertSchema),
});
export type AlertInboxRow = z.infer<typeof alertInboxRowSchema>;

/** Over all that match, not only the page. */
export const alertTotalsSchema = z.object({
  accounts: z.number().int(),
  alerts: z.number().int(),
  unread: z.number().int(),
  /** ARR of the accounts, each once; null: none has one. */
  arrMinor: z.number().nullable(),
  /** ARR of the accounts with a churn, renewal or billing alert, each once; null: none of them has one. */
  arrAtStakeMinor: z.number().nullable(),
  /** ARR of the accounts with an expansion alert, each once. */
  arrInPlayMinor: z.number().nullable(),
  /** Alerts. */
  bySeverity: z.record(z.enum(ALERT_SEVERITIES), z.number().int()),
  byKind: z.record(z.enum(ALERT_KINDS), z.number().int()),
});
export type AlertTotals = z.infer<typeof alertTotalsSchema>;

export const alertInboxSchema = z.object({ rows: z.array(alertInboxRowSchema), totals: alertTotalsSchema });
export type AlertInbox = z.infer<typeof alertInboxSchema>;

export const alertEventSchema = z.object({
  id: z.string(),
  kind: z.enum(ALERT_EVENT_KINDS),
  at: z.string(),
  day: isoDaySchema,
  /** Null: the pipeline. */
  by: z.string().nullable(),
  /** What belongs to the kind, such as `until` and `reason` of a snooze, `outcome` and `note`, `assignee`. */
  details: z.record(z.string(), z.unknown()).nullable(),
});
export type AlertEvent = z.infer<typeof alertEventSchema>;

/** GET /api/v1/alerts/:accountId/:alertId: with its history, newest first. */
export const alertDetailSchema = alertSchema.extend({
  account: alertAccountSchema,
  events: z.array(alertEventSchema),
  /** An `undo` would take something back. */
  mayUndo: z.boolean(),
});
export type AlertDetail = z.infer<typeof alertDetailSchema>;

/**
 * GET /api/v1/accounts/:accountId/alerts?state=&asOf=: without states all, live ones first, then the newest. As of an
 * earlier day: those that were live at its end, as far as their history tells how they stood; who should act is of now.
 */
export const accountAlertsQuerySchema = z.strictObject({
  state: listOf(SHOWN_ALERT_STATES).optional(),
  asOf: isoDaySchema.optional(),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type AccountAlertsQuery = z.output<typeof accountAlertsQuerySchema>;
export const accountAlertsSchema = z.object({ alerts: z.array(alertSchema), total: z.number().int() });
export type AccountAlerts = z.infer<typeof accountAlertsSchema>;

/** GET /api/v1/accounts/:accountId/alert-events?asOf=&offset=&limit=: of all its alerts, newest first, for the timeline. */
export const accountAlertEventsQuerySchema = accountAlertsQuerySchema.omit({ state: true });
export type AccountAlertEventsQuery = z.output<typeof accountAlertEventsQuerySchema>;
export const accountAlertEventsSchema = z.object({
  events: z.array(
    alertEventSchema.extend({
      alert: alertSchema.pick({ id: true, kind: true, severity: true, reason: true, rule: true }),
    }),
  ),
  total: z.number().int(),
});
export type AccountAlertEvents = z.infer<typeof accountAlertEventsSchema>;

/** POST /api/v1/accounts/:accountId/alerts: raised by hand, such as a hand-over to an AM. */
export const raiseAlertSchema = z.strictObject({
  kind: z.enum(ALERT_KINDS),
  severity: z.enum(ALERT_SEVERITIES),
  reason: noteSchema(1000).min(1),
  dueDay: writtenDaySchema.nullable().default(null),
  assigneeUserId: idSchema.nullable().default(null),
});
export type RaiseAlert = z.output<typeof raiseAlertSchema>;

const MOST_ALERTS_AT_ONCE = 500;

const targets = {
  alerts: z
    .array(z.strictObject({ accountId: idSchema, id: idSchema, revision: z.number().int() }))
    .min(1)
    .max(MOST_ALERTS_AT_ONCE),
};

/** POST /api/v1/alerts/actions: for one or many; each is answered on its own. */
export const alertActionSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('acknowledge'), ...targets }),
  z.strictObject({
    action: z.literal('snooze'),
    ...targets,
    /** The day on which it wakes: tomorrow at the earliest. */
    until: writtenDaySchema,
    reason: lineSchema(500).min(1),
  }),
  z.strictObject({ action: z.literal('unsnooze'), ...targets }),
  z.strictObject({
    action: z.literal('resolve'),
    ...targets,
    outcome: z.enum(ALERT_OUTCOMES),
    note: noteSchema(2000).nullable().default(null),
  }),
  /** Null: back to the account's owner. */
  z.strictObject({ action: z.literal('assign'), ...targets, assigneeUserId: idSchema.nullable() }),
  /** Seen; no entry in the history. */
  z.strictObject({ action: z.literal('markRead'), ...targets }),
  /** Takes back the newest of these actions, as long as nothing has come of it since. */
  z.strictObject({ action: z.literal('undo'), ...targets }),
]);
export type AlertAction = z.output<typeof alertActionSchema>;
export type AlertActionName = AlertAction['action'];

/** Why an action did not happen: as the status codes say, of one item. */
export const ALERT_REFUSALS = [
  /** 404: there is none, or none that the person may know of. */
  'NOT_FOUND',
  /** 409: someone else, or a run, changed it since it was read. */
  'REVISION_MOVED',
  /** 409: it is over. */
  'ALERT_ENDED',
  /** 409: it is not snoozed. */
  'ALERT_NOT_SNOOZED',
  /** 409: no action of a person is the newest thing that happened to it. */
  'NOTHING_TO_UNDO',
  /** 409: the rule has fired on the account again since. */
  'LIVE_ALERT_EXISTS',
  /** 409: the assignee may not see the account. */
  'ASSIGNEE_CANNOT_SEE',
] as const;
export type AlertRefusal = (typeof ALERT_REFUSALS)[number];

export const alertActionAnswerSchema = z.object({
  done: z.number().int(),
  /** In the order of the request. */
  results: z.array(
    z.discriminatedUnion('ok', [
      z.object({ ok: z.literal(true), accountId: z.string(), id: z.string(), alert: alertSchema }),
      z.object({
        ok: z.literal(false),
        accountId: z.string(),
        id: z.string(),
        status: z.union([z.literal(404), z.literal(409)]),
        code: z.enum(ALERT_REFUSALS),
        message: z.string(),
      }),
    ]),
  ),
});
export type AlertActionAnswer = z.infer<typeof alertActionAnswerSchema>;
