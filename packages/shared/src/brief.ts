import { z } from 'zod';
import { namedLinkSchema, objectiveSchema } from './account-plan.js';
import { arrWithoutRateSchema } from './accounts.js';
import { ALERT_KINDS, ALERT_SEVERITIES } from './alerts.js';
import { ACCOUNT_STATUSES, BANDS, isoDaySchema, ownerSchema, TRENDS } from './common.js';
import { pulseSchema } from './pulse.js';
import { TOUCHPOINT_KINDS } from './touchpoints.js';

/** GET /api/v1/accounts/:accountId/brief: all of the one page for a call or a business review. Money as on the page. */

const personSchema = z.object({ userId: z.string(), name: z.string() });

/** A value at the beginning and the end of a span; null: unknown then. */
const changedValueSchema = z.object({
  field: z.string(),
  label: z.string(),
  /** As the catalogue has it: how to write the values. */
  type: z.enum(['number', 'percent', 'money', 'text']),
  from: z.union([z.number(), z.string()]).nullable(),
  to: z.union([z.number(), z.string()]).nullable(),
});
export type BriefChange = z.infer<typeof changedValueSchema>;

export const briefSchema = z.object({
  workspace: z.string(),
  currency: z.string(),
  asOf: isoDaySchema,
  account: z.object({
    id: z.string(),
    name: z.string(),
    externalId: z.string(),
    status: z.enum(ACCOUNT_STATUSES),
    tier: z.string().nullable(),
    stage: z.object({ key: z.string(), label: z.string(), since: isoDaySchema.nullable() }).nullable(),
    arrMinor: z.number().nullable(),
    arrWithoutRate: arrWithoutRateSchema,
    seats: z.number().nullable(),
    seatUtilization: z.number().nullable(),
    customerSince: isoDaySchema.nullable(),
    renewalDate: isoDaySchema.nullable(),
    daysToRenewal: z.number().nullable(),
    leavesOn: isoDaySchema.nullable(),
    nps: z.number().nullable(),
    daysSinceTouch: z.number().nullable(),
    neverTouched: z.boolean(),
    csm: ownerSchema.nullable(),
    am: ownerSchema.nullable(),
  }),
  health: z.object({
    score: z.number().nullable(),
    band: z.enum(BANDS).nullable(),
    change: z.number().nullable(),
    trend: z.enum(TRENDS).nullable(),
    /** At most three lines: what costs most, or what caps the score. */
    why: z.array(z.string()),
    pulse: pulseSchema.nullable(),
  }),
  /** Only what differs; empty: nothing did, or nothing was kept of then. */
  changed: z.array(z.object({ days: z.union([z.literal(30), z.literal(90)]), values: z.array(changedValueSchema) })),
  usage: z.object({
    /** One a week over a quarter, oldest first, the last of today. */
    days: z.array(isoDaySchema),
    activeContacts: z.array(z.number().nullable()),
    activeContactsChange: z.number().nullable(),
  }),
  tickets: z.object({
    open: z.number().int(),
    /** The most urgent, then the oldest. */
    first: z.array(
      z.object({
        id: z.string(),
        subject: z.string().nullable(),
        priority: z.string().nullable(),
        status: z.string(),
        openedOn: isoDaySchema,
      }),
    ),
  }),
  touches: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(TOUCHPOINT_KINDS),
      day: isoDaySchema,
      author: z.string().nullable(),
      text: z.string().nullable(),
      with: z.array(z.string()),
    }),
  ),
  plan: z.object({
    note: z.string().nullable(),
    objectives: z.array(objectiveSchema),
    nextStep: z
      .object({ text: z.string(), day: isoDaySchema.nullable(), owner: personSchema.nullable(), past: z.boolean() })
      .nullable(),
    links: z.array(namedLinkSchema),
  }),
  goals: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      kind: z.string(),
      status: z.string(),
      /** 0…1; null: unknown. */
      progress: z.number().nullable(),
      startDay: isoDaySchema,
      dueDay: isoDaySchema,
      owner: personSchema.nullable(),
      tasksDone: z.number().int(),
      tasks: z.number().int(),
    }),
  ),
  tasks: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      dueDay: isoDaySchema.nullable(),
      assignee: personSchema.nullable(),
      overdue: z.boolean(),
    }),
  ),
  alerts: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(ALERT_KINDS),
      severity: z.enum(ALERT_SEVERITIES),
      reason: z.string(),
      openedDay: isoDaySchema,
    }),
  ),
  /** The next one; null: none is known. */
  renewal: z
    .object({
      dueDay: isoDaySchema,
      amountMinor: z.number().nullable(),
      forecast: z.string().nullable(),
      forecastMinor: z.number().nullable(),
    })
    .nullable(),
  deals: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      kind: z.string(),
      stage: z.string().nullable(),
      amount: z.object({ amountMinor: z.number(), currency: z.string() }).nullable(),
      probability: z.number().nullable(),
      closeOn: isoDaySchema.nullable(),
    }),
  ),
  /** Primary first, then champions and decision makers, then who was seen last. */
  contacts: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      title: z.string().nullable(),
      role: z.string().nullable(),
      email: z.string().nullable(),
      primary: z.boolean(),
      lastSeen: isoDaySchema.nullable(),
    }),
  ),
});
export type Brief = z.infer<typeof briefSchema>;
