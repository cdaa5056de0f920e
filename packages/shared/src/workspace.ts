import { z } from 'zod';
import { lineSchema } from './common.js';

/** The workspace: its day, its currency, and the numbers that admins may change. */

const currencies = new Set(Intl.supportedValuesOf('currency'));

/** True for a name of the IANA time zone database, an alias or UTC included. */
export function isTimeZoneName(text: string): boolean {
  // Offsets such as +02:00 are understood too, but have no daylight saving: they are no place's time.
  if (!/^[A-Za-z]/.test(text)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}

export const timeZoneSchema = z.string().max(60).refine(isTimeZoneName, 'is not a time zone such as Europe/Berlin');

export const currencySchema = z
  .string()
  .trim()
  .toUpperCase()
  .refine((code) => currencies.has(code), 'is not a currency such as EUR');

const days = (most: number) => z.number().int().min(1).max(most);
const perCent = z.number().int().min(0).max(100);
const smallestPrevious = z.number().min(0).max(1_000_000_000);

/** Numbers of the model that no version carries. Each has the product's default. */
export const workspaceSettingsSchema = z.strictObject({
  /** Length of a window, in days, where a signal has none of its own: four whole weeks. */
  windowDays: days(400).default(28),
  /** A change against a smaller earlier value is "too little to compare". Money in major units. */
  changeFloors: z
    .strictObject({
      contacts: smallestPrevious.default(3),
      events: smallestPrevious.default(100),
      tickets: smallestPrevious.default(5),
      money: smallestPrevious.default(0),
    })
    .prefault({}),
  /** How long an NPS answer counts. */
  npsDays: days(1096).default(365),
  /** How long an answer makes its contact a promoter or detractor. */
  promoterDays: days(1096).default(90),
  /** How long a satisfaction rating counts. */
  csatDays: days(1096).default(90),
  /** How long a pulse counts. */
  pulseDays: days(1096).default(90),
  /** How probable a renewal is that nobody has forecast otherwise, by the account's band, in per cent. */
  renewalChance: z
    .strictObject({
      healthy: perCent.default(90),
      watch: perCent.default(70),
      at_risk: perCent.default(40),
      unknown: perCent.default(70),
    })
    .prefault({}),
  /** Metric that stands in for active contacts where an account never had events; null = none. */
  activeContactsMetric: z.string().min(1).max(100).nullable().default(null),
  /** Events older than this are rejected. */
  eventMonthsBack: z.number().int().min(1).max(120).default(36),
  /** Closed days that a late fact touched are rebuilt up to this far back; older ones wait for a backfill. */
  lateFactDays: z.number().int().min(0).max(400).default(35),
  /** Snapshots of every day are kept this long, then those of month-ends. */
  dailySnapshotDays: z.number().int().min(60).max(4000).default(400),
});
export type WorkspaceSettings = z.infer<typeof workspaceSettingsSchema>;

export const DEFAULT_WORKSPACE_SETTINGS: WorkspaceSettings = workspaceSettingsSchema.parse({});

const emailDomain = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}$/, 'is not a domain such as example.com');

const workspaceName = lineSchema(200).min(1);

/** GET /api/v1/workspace */
export const workspaceSchema = z.object({
  name: z.string(),
  timeZone: z.string(),
  currency: z.string(),
  today: z.iso.date(),
  everyoneSeesAll: z.boolean(),
  ownEmailDomains: z.array(z.string()),
  settings: workspaceSettingsSchema,
  revision: z.number().int(),
});
export type Workspace = z.infer<typeof workspaceSchema>;

/** PATCH /api/v1/workspace: what is left out stays; settings are given whole. */
export const updateWorkspaceSchema = z.strictObject({
  revision: z.number().int(),
  name: workspaceName.optional(),
  timeZone: timeZoneSchema.optional(),
  currency: currencySchema.optional(),
  everyoneSeesAll: z.boolean().optional(),
  /** Contacts with an address of one of these count nowhere. */
  ownEmailDomains: z.array(emailDomain).max(100).optional(),
  settings: workspaceSettingsSchema.optional(),
});
export type UpdateWorkspace = z.infer<typeof updateWorkspaceSchema>;
