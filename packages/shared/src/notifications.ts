import { z } from 'zod';
import { ALERT_KINDS, ALERT_SEVERITIES } from './alerts.js';
import { idSchema, lineSchema } from './common.js';

/** Notifications: what a person is told about alerts, where, and what each of them chooses. */

/** What becomes of an alert that people are told about. */
export const NEWS_KINDS = ['opened', 'assigned', 'escalated', 'severity', 'woken'] as const;
export type NewsKind = (typeof NEWS_KINDS)[number];

/**
 * What people hear besides alerts. `mention`: somebody names them; `handOver`: an account becomes theirs, or leaves them;
 * `taskDue`: once a day, in the morning, of tasks due today and overdue; `goalEnded`: a goal of theirs was achieved, missed
 * or cancelled; `followed…`: on accounts that they follow, a touch, the band at risk, an alert that is high or critical, or
 * a hand-over.
 */
export const DESK_NEWS = [
  'mention',
  'handOver',
  'taskAssigned',
  'taskDue',
  'goalEnded',
  'followedTouch',
  'followedBand',
  'followedAlert',
  'followedHandOver',
] as const;
export type DeskNewsKind = (typeof DESK_NEWS)[number];

/** Of which accounts: none, those that one answers for, one's team's too, all that one may see. */
const NOTIFICATION_SCOPES = ['off', 'mine', 'team', 'all'] as const;
export type NotificationScope = (typeof NOTIFICATION_SCOPES)[number];

/** At once, or once a day together. */
const EMAIL_CHOICES = ['off', 'now', 'digest'] as const;
export type EmailChoice = (typeof EMAIL_CHOICES)[number];

export const notificationChoiceSchema = z.strictObject({
  scope: z.enum(NOTIFICATION_SCOPES),
  inApp: z.boolean(),
  email: z.enum(EMAIL_CHOICES),
});
export type NotificationChoice = z.infer<typeof notificationChoiceSchema>;

const choices = Object.fromEntries(ALERT_KINDS.map((kind) => [kind, notificationChoiceSchema])) as Record<
  (typeof ALERT_KINDS)[number],
  typeof notificationChoiceSchema
>;

/** Where a person hears of it; both off: nowhere. */
export const deskChoiceSchema = z.strictObject({ inApp: z.boolean(), email: z.enum(EMAIL_CHOICES) });
export type DeskChoice = z.infer<typeof deskChoiceSchema>;

const deskChoices = Object.fromEntries(DESK_NEWS.map((kind) => [kind, deskChoiceSchema])) as Record<
  DeskNewsKind,
  typeof deskChoiceSchema
>;

/** PUT /api/v1/me/notification-preferences: refused with 409 when the revision has moved on. */
export const setPreferencesSchema = z.strictObject({
  kinds: z.strictObject(choices),
  /** What is left out stays. */
  desk: z.strictObject(deskChoices).partial().optional(),
  /** The hour of the workspace's day at which the daily mail goes out. */
  digestHour: z.number().int().min(0).max(23),
  /** 0: nothing was chosen before. */
  revision: z.number().int().min(0),
});
export type SetPreferences = z.infer<typeof setPreferencesSchema>;

/** GET /api/v1/me/notification-preferences */
export const preferencesSchema = z.object({
  ...setPreferencesSchema.shape,
  desk: z.object(deskChoices),
  /** False: the server has no mail server to send with. */
  mailWorks: z.boolean(),
});
export type Preferences = z.infer<typeof preferencesSchema>;

export const notificationSchema = z.object({
  id: z.string(),
  /** Null: it is not about one account. Of `taskDue` it is that of the first task. */
  accountId: z.string().nullable(),
  accountName: z.string().nullable(),
  /** Null, as its kind: it is about no alert. */
  alertId: z.string().nullable(),
  /** `ruleHeld`, for admins, and `standIn`, for whoever is to stand in, are about no account, and nobody chooses them. */
  news: z.enum([...NEWS_KINDS, ...DESK_NEWS, 'ruleHeld', 'standIn']),
  alertKind: z.enum(ALERT_KINDS).nullable(),
  /** The alert rule that is held; null: it is about something else. */
  ruleId: z.string().nullable(),
  /** Of the alert; what is about none is `info`. */
  severity: z.enum(ALERT_SEVERITIES),
  text: z.string(),
  at: z.string(),
  readAt: z.string().nullable(),
});
export type Notification = z.infer<typeof notificationSchema>;

/** GET /api/v1/notifications?limit=: newest first. */
export const notificationsQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const notificationListSchema = z.object({
  notifications: z.array(notificationSchema),
  unread: z.number().int(),
});
export type NotificationList = z.infer<typeof notificationListSchema>;

/** POST /api/v1/notifications/read: these, or all that came up to now. Ids of others change nothing. */
export const readNotificationsSchema = z.strictObject({ ids: z.array(idSchema).min(1).max(500).nullable() });
export type ReadNotifications = z.infer<typeof readNotificationsSchema>;

const name = lineSchema(100).min(1);

const webhookFields = z.strictObject({
  name,
  url: z.string().trim().min(1).max(2_000),
  /** Null: all kinds. */
  kinds: z.array(z.enum(ALERT_KINDS)).min(1).max(ALERT_KINDS.length).nullable(),
  leastSeverity: z.enum(ALERT_SEVERITIES),
  enabled: z.boolean(),
});

/** POST /api/v1/webhooks */
export const createWebhookSchema = webhookFields.extend({
  kinds: webhookFields.shape.kinds.default(null),
  leastSeverity: webhookFields.shape.leastSeverity.default('info'),
  enabled: webhookFields.shape.enabled.default(true),
});
export type CreateWebhook = z.output<typeof createWebhookSchema>;

/** PATCH /api/v1/webhooks/:webhookId */
export const updateWebhookSchema = webhookFields.partial().extend({ revision: z.number().int() });
export type UpdateWebhook = z.infer<typeof updateWebhookSchema>;

export const webhookSchema = webhookFields.extend({
  id: z.string(),
  revision: z.number().int(),
  createdAt: z.string(),
  /** Deliveries of the last seven days. */
  sent: z.number().int(),
  failed: z.number().int(),
  waiting: z.number().int(),
});
export type Webhook = z.infer<typeof webhookSchema>;
export const webhookListSchema = z.object({ webhooks: z.array(webhookSchema) });

/** The secret that signs what is sent: shown when it is made, and never again. */
export const webhookSecretSchema = z.object({ id: z.string(), secret: z.string() });
export type WebhookSecret = z.infer<typeof webhookSecretSchema>;

/** POST /api/v1/webhooks/:webhookId/test: sends an example at once and says what came of it. */
export const webhookTestSchema = z.object({
  ok: z.boolean(),
  status: z.number().int().nullable(),
  /** What was answered, or why nothing was. */
  text: z.string(),
});
export type WebhookTest = z.infer<typeof webhookTestSchema>;

/** `uncertain`: the process ended while a mail was handed over; it may have gone out and is not sent again by itself. */
export const DELIVERY_STATES = ['due', 'sending', 'sent', 'failed', 'uncertain'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];
export const DELIVERY_CHANNELS = ['email', 'webhook'] as const;

export const deliverySchema = z.object({
  id: z.string(),
  accountId: z.string(),
  accountName: z.string(),
  channel: z.enum(DELIVERY_CHANNELS),
  /** The person, or the webhook. */
  to: z.string(),
  state: z.enum(DELIVERY_STATES),
  text: z.string(),
  attempts: z.number().int(),
  /** When it is tried next; null once that is over. */
  dueAt: z.string().nullable(),
  createdAt: z.string(),
  sentAt: z.string().nullable(),
  error: z.string().nullable(),
});
export type Delivery = z.infer<typeof deliverySchema>;

/** GET /api/v1/deliveries: what leaves the workspace, newest first. */
export const deliveriesQuerySchema = z.strictObject({
  webhookId: idSchema.optional(),
  channel: z.enum(DELIVERY_CHANNELS).optional(),
  state: z.enum(DELIVERY_STATES).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type DeliveriesQuery = z.output<typeof deliveriesQuerySchema>;
export const deliveryListSchema = z.object({ deliveries: z.array(deliverySchema) });
export type DeliveryList = z.infer<typeof deliveryListSchema>;
