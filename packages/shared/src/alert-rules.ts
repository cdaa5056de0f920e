import { z } from 'zod';
import { ALERT_KINDS, ALERT_SEVERITIES } from './alerts.js';
import { idSchema, isoDaySchema, lineSchema } from './common.js';
import { ruleSchema } from './rules.js';
import { tierKeySchema } from './tiers.js';

/** Alert rules: what raises alerts, what they would have raised, and how good they are. */

/** Where an alert of the rule is told, beside the inbox. */
export const ALERT_CHANNELS = ['inApp', 'email', 'webhook'] as const;
export type AlertChannel = (typeof ALERT_CHANNELS)[number];

export const ALERT_OWNER_ROLES = ['csm', 'am'] as const;
export type AlertOwnerRole = (typeof ALERT_OWNER_ROLES)[number];

export const DEFAULT_COOL_DOWN_DAYS = 14;

/** What a version of a rule says. */
export const alertRuleDefinitionSchema = z.strictObject({
  name: lineSchema(100).min(1),
  kind: z.enum(ALERT_KINDS),
  /** With merge fields: `Health fell to {{health.score}}`. */
  reason: lineSchema(500).min(1),
  rule: ruleSchema,
  /** Null: the negation; for rules on a change half of the loss regained, or the band healthy. */
  clearRule: ruleSchema.nullable(),
  severity: z.enum(ALERT_SEVERITIES),
  /** A severity of its own by tier. */
  tierSeverity: z.preprocess(
    (given, context) => {
      // A record leaves this key out without a word.
      if (typeof given === 'object' && given !== null && Object.hasOwn(given, '__proto__')) {
        context.addIssue({ code: 'custom', path: ['__proto__'], message: 'A tier key looks like T1' });
      }
      return given;
    },
    z.record(tierKeySchema, z.enum(ALERT_SEVERITIES)),
  ),
  /** Null: all, and accounts without one. */
  tiers: z.array(tierKeySchema).min(1).max(12).nullable(),
  /** Which owner gets it. */
  ownerRole: z.enum(ALERT_OWNER_ROLES),
  /** It fires again this many days after its last alert ended, at the earliest. */
  coolDownDays: z.number().int().min(0).max(365),
  /** Raises nothing on days that lie in a quiet period of the workspace. */
  skipInQuietPeriods: z.boolean(),
  /** The playbook that its alerts offer to start: the key of a ready-made one, or an id. */
  playbookKey: lineSchema(100).min(1).nullable(),
  channels: z.array(z.enum(ALERT_CHANNELS)).max(ALERT_CHANNELS.length),
  enabled: z.boolean(),
});
export type AlertRuleDefinition = z.infer<typeof alertRuleDefinitionSchema>;

/** POST /api/v1/alert-rules */
export const createAlertRuleSchema = alertRuleDefinitionSchema.extend({
  clearRule: alertRuleDefinitionSchema.shape.clearRule.default(null),
  tierSeverity: alertRuleDefinitionSchema.shape.tierSeverity.default({}),
  tiers: alertRuleDefinitionSchema.shape.tiers.default(null),
  ownerRole: alertRuleDefinitionSchema.shape.ownerRole.default('csm'),
  coolDownDays: alertRuleDefinitionSchema.shape.coolDownDays.default(DEFAULT_COOL_DOWN_DAYS),
  skipInQuietPeriods: alertRuleDefinitionSchema.shape.skipInQuietPeriods.default(false),
  playbookKey: alertRuleDefinitionSchema.shape.playbookKey.default(null),
  channels: alertRuleDefinitionSchema.shape.channels.default([...ALERT_CHANNELS]),
  enabled: alertRuleDefinitionSchema.shape.enabled.default(true),
});
export type CreateAlertRule = z.output<typeof createAlertRuleSchema>;

/**
 * PATCH /api/v1/alert-rules/:ruleId: refused with 409 when the revision has moved on. Another rule, clear rule or tiers is
 * a new version, whose first evaluation finds what is true at start. Enabling and disabling go this way, too.
 */
export const updateAlertRuleSchema = alertRuleDefinitionSchema.partial().extend({ revision: z.number().int() });
export type UpdateAlertRule = z.output<typeof updateAlertRuleSchema>;

/** POST /api/v1/alert-rules/:ruleId/copy: a disabled copy. */
export const copyAlertRuleSchema = z.strictObject({ name: alertRuleDefinitionSchema.shape.name });

/** Why a rule raises nothing for now: too many accounts at once, which an admin decides, or one of its sources is silent. */
export const ALERT_HOLD_REASONS = ['storm', 'silentSource'] as const;

export const alertRuleSchema = alertRuleDefinitionSchema.extend({
  id: idSchema,
  /** Of a built-in rule; null for all others. */
  key: z.string().nullable(),
  ruleVersion: z.number().int(),
  revision: z.number().int(),
  createdBy: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
  hold: z
    .object({
      reason: z.enum(ALERT_HOLD_REASONS),
      day: isoDaySchema,
      sinceAt: z.string(),
      /** Of a storm. */
      wouldFire: z.number().int().nullable(),
      inScope: z.number().int().nullable(),
      /** The silent source. */
      source: z.string().nullable(),
    })
    .nullable(),
  mayEdit: z.boolean(),
});
export type AlertRule = z.infer<typeof alertRuleSchema>;

/** GET /api/v1/alert-rules: with the live alerts that the reader may see. */
export const alertRuleListSchema = z.object({
  rules: z.array(alertRuleSchema.extend({ liveAlerts: z.number().int() })),
});
export type AlertRuleList = z.infer<typeof alertRuleListSchema>;

/** GET /api/v1/alert-rules/:ruleId: with its versions, newest first. */
export const alertRuleDetailSchema = alertRuleSchema.extend({
  versions: z.array(
    z.object({
      version: z.number().int(),
      publishedAt: z.string(),
      by: z.string().nullable(),
      /** Rule, clear rule and tiers, as they were. */
      definition: z.record(z.string(), z.unknown()),
    }),
  ),
});
export type AlertRuleDetail = z.infer<typeof alertRuleDetailSchema>;

/** POST /api/v1/alert-rules/:ruleId/release and …/drop: what became of the alerts that waited. */
export const alertHoldAnswerSchema = z.object({ alerts: z.number().int() });

const DRY_RUN_MOST_DAYS = 180;

/** POST /api/v1/alert-rules/dry-run: what a rule would find, for a rule that is being written. */
export const alertDryRunSchema = createAlertRuleSchema
  .pick({ rule: true, clearRule: true, tiers: true, coolDownDays: true })
  .extend({ days: z.number().int().min(7).max(DRY_RUN_MOST_DAYS).default(90) });
export type AlertDryRun = z.output<typeof alertDryRunSchema>;

/** Over the accounts that the reader may see. */
export const alertDryRunAnswerSchema = z.object({
  today: z.object({
    asOf: isoDaySchema,
    /** Live accounts of the rule's tiers. */
    inScope: z.number().int(),
    accounts: z.number().int(),
    arrMinor: z.number().nullable(),
    /** So many at once would be held for an admin. */
    wouldHold: z.boolean(),
    /** The largest of them, at most twenty. */
    sample: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        tier: z.string().nullable(),
        score: z.number().nullable(),
        band: z.string().nullable(),
        arrMinor: z.number().nullable(),
      }),
    ),
  }),
  /** Null: there are no closed days to look at. */
  past: z
    .object({
      from: isoDaySchema,
      to: isoDaySchema,
      /** Days that were looked at; fewer than asked for when each takes long or the history is short. */
      days: z.number().int(),
      daysAsked: z.number().int(),
      fired: z.number().int(),
      accounts: z.number().int(),
      /** Of the alerts: on accounts that churned within 90 days of them. */
      beforeChurn: z.number().int(),
      /** Accounts that churned in the time, and how many of them had an alert before. */
      churned: z.number().int(),
      churnedWithAlert: z.number().int(),
    })
    .nullable(),
  /** Fields whose past is not known: past days were judged by their values of now. */
  nowOnlyFields: z.array(z.string()),
});
export type AlertDryRunAnswer = z.infer<typeof alertDryRunAnswerSchema>;

/** GET /api/v1/alert-rules/quality?from=&to=: by rule, of the alerts that opened on these days; by default the last 90. */
export const alertQualityQuerySchema = z.strictObject({
  from: isoDaySchema.optional(),
  to: isoDaySchema.optional(),
});
export type AlertQualityQuery = z.output<typeof alertQualityQuerySchema>;

const count = z.number().int();

/** Alerts that were true at start are not counted. Rates are shares from 0 to 1; null: nothing to take a share of. */
export const alertRuleQualitySchema = z.object({
  ruleId: z.string(),
  name: z.string().nullable(),
  fired: count,
  live: count,
  /** Within the business hours that the account's tier promises. */
  acknowledgedInTime: count,
  /** Acknowledged or resolved at all, or too late already: what the share is of. */
  toAcknowledge: count,
  acknowledgedInTimeRate: z.number().nullable(),
  successful: count,
  unsuccessful: count,
  falseAlarm: count,
  cleared: count,
  /** Of those that a person resolved. */
  falseAlarmRate: z.number().nullable(),
  /** Resolved as successful and still a customer 90 days later: accounts, and their ARR at the opening, each once. */
  kept: count,
  arrKeptMinor: z.number().nullable(),
  /** Resolved as successful less than 90 days ago: not known yet. */
  keptUnknown: count,
});
export type AlertRuleQuality = z.infer<typeof alertRuleQualitySchema>;

export const alertQualitySchema = z.object({
  from: isoDaySchema,
  to: isoDaySchema,
  rules: z.array(alertRuleQualitySchema),
});
export type AlertQuality = z.infer<typeof alertQualitySchema>;
