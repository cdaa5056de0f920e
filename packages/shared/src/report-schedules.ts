import { z } from 'zod';
import { idSchema, isoDaySchema, lineSchema } from './common.js';
import { OWNER_ROLES } from './portfolio.js';
import { tierKeySchema } from './tiers.js';

/**
 * Reports that come by mail: the portfolio, the renewals of the next months, or a saved view, at an hour of the
 * workspace's time zone. Each person gets what they may see, on their own; who is no longer active gets nothing.
 */

export const REPORT_KINDS = ['portfolio', 'renewals', 'view'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];
export const FREQUENCIES = ['daily', 'weekly', 'monthly'] as const;
export type Frequency = (typeof FREQUENCIES)[number];
export const MOST_RECIPIENTS = 50;

/** What is in it. Filters of the portfolio and of renewals; a view brings its own. */
export const reportContentSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('portfolio'),
    role: z.enum(OWNER_ROLES).default('csm'),
    tier: z.array(tierKeySchema).max(13).default([]),
    segment: idSchema.nullable().default(null),
  }),
  z.strictObject({
    kind: z.literal('renewals'),
    tier: z.array(tierKeySchema).max(13).default([]),
    segment: idSchema.nullable().default(null),
  }),
  z.strictObject({ kind: z.literal('view'), viewId: idSchema }),
]);
export type ReportContent = z.output<typeof reportContentSchema>;

export const scheduleFields = {
  name: lineSchema(100).min(1),
  content: reportContentSchema,
  frequency: z.enum(FREQUENCIES),
  /** 1 (Monday) to 7, for weekly ones. */
  weekday: z.number().int().min(1).max(7).nullable(),
  /** 1 to 31, for monthly ones; in shorter months the last day. */
  monthDay: z.number().int().min(1).max(31).nullable(),
  /** 0 to 23, in the workspace's time zone. */
  hour: z.number().int().min(0).max(23),
  recipients: z.array(idSchema).min(1).max(MOST_RECIPIENTS),
  paused: z.boolean(),
};

const dayFits = ({
  frequency,
  weekday,
  monthDay,
}: {
  frequency: Frequency;
  weekday: number | null;
  monthDay: number | null;
}) => (frequency === 'weekly') === (weekday !== null) && (frequency === 'monthly') === (monthDay !== null);
const dayMessage = {
  path: ['frequency'],
  message: 'weekly ones need a weekday, monthly ones a day of the month, daily ones neither',
};

/**
 * POST /api/v1/report-schedules. Managers and admins may name others; everybody else themselves only (403). 400
 * UNKNOWN_PERSON, UNKNOWN_VIEW; UNKNOWN_SEGMENT: it names no segment of accounts that is shared or one's own; 400 SEGMENT_NOT_SHARED: it is one's own and
 * private, and others are to get the report.
 */
export const createScheduleSchema = z
  .strictObject({ ...scheduleFields, paused: scheduleFields.paused.default(false) })
  .refine(dayFits, dayMessage);
export type CreateSchedule = z.output<typeof createScheduleSchema>;
/** PUT /api/v1/report-schedules/:scheduleId: the whole of it, `paused` too; 409 REVISION_MOVED. */
export const updateScheduleSchema = z
  .strictObject({ ...scheduleFields, revision: z.number().int() })
  .refine(dayFits, dayMessage);
export type UpdateSchedule = z.output<typeof updateScheduleSchema>;
/** DELETE /api/v1/report-schedules/:scheduleId?revision= */
export const deleteScheduleQuerySchema = z.strictObject({ revision: z.coerce.number().int() });

/**
 * `uncertain`: the process ended, or the connection was lost, while it was being handed over: it may have gone out, so
 * it is not repeated by itself. `skipped`: the person is no longer active, or may not see reports or the view.
 */
export const REPORT_MAIL_STATES = ['due', 'sending', 'sent', 'failed', 'uncertain', 'skipped'] as const;
export type ReportMailState = (typeof REPORT_MAIL_STATES)[number];

/**
 * POST /api/v1/report-schedules/:scheduleId/send-now → the mail that is due to me now (also of a paused one). POST
 * /api/v1/report-schedules/:scheduleId/mails/:mailId/repeat: one that failed or is uncertain is sent once more; 409
 * NOT_TO_REPEAT. Both 409 NO_MAIL_SERVER where none is set up. DELETE /api/v1/report-schedules/:scheduleId/recipients/me: I get it no more.
 */
export const reportMailSchema = z.object({
  id: z.string(),
  user: z.object({ userId: z.string(), name: z.string() }),
  /** The day it is of. */
  day: isoDaySchema,
  /** Asked for by hand. */
  isExtra: z.boolean(),
  state: z.enum(REPORT_MAIL_STATES),
  attempts: z.number().int(),
  dueAt: z.string(),
  sentAt: z.string().nullable(),
  error: z.string().nullable(),
});
export type ReportMail = z.infer<typeof reportMailSchema>;

export const reportScheduleSchema = z.object({
  ...scheduleFields,
  id: z.string(),
  recipients: z.array(z.object({ userId: z.string(), name: z.string(), active: z.boolean() })),
  owner: z.object({ userId: z.string(), name: z.string() }),
  /** Null: it is paused. */
  nextAt: z.string().nullable(),
  /** The newest mail of each person, what went wrong first. */
  lastMails: z.array(reportMailSchema),
  mayEdit: z.boolean(),
  revision: z.number().int(),
});
export type ReportSchedule = z.infer<typeof reportScheduleSchema>;

/** GET /api/v1/report-schedules: one's own, those that one gets, and for admins all; by name. */
export const reportScheduleListSchema = z.object({
  schedules: z.array(reportScheduleSchema),
  /** False: no mail server is set up, so nothing will arrive. */
  mailWorks: z.boolean(),
  timeZone: z.string(),
});
export type ReportScheduleList = z.infer<typeof reportScheduleListSchema>;

/** GET /api/v1/report-schedules/:scheduleId/mails: the last 100, the newest first. */
export const reportMailListSchema = z.object({ mails: z.array(reportMailSchema) });
