import { z } from 'zod';
import { idSchema, isoDaySchema, lineSchema, ROLES } from './common.js';
import { PERMISSIONS } from './permissions.js';

/** Signing in, the people of the workspace, API keys, and the log of changes. */

const email = z.string().trim().toLowerCase().max(254).pipe(z.email());
const name = lineSchema(200).min(1);
/** Long rather than full of signs: length is what makes a password hard to guess. */
const newPassword = z.string().min(10).max(1000);

export const signInSchema = z.strictObject({ email, password: z.string().min(1).max(1000) });
export type SignIn = z.infer<typeof signInSchema>;

/** POST /api/v1/me/password: ends the person's other sessions. */
export const changePasswordSchema = z.strictObject({ current: z.string().min(1).max(1000), next: newPassword });
export type ChangePassword = z.infer<typeof changePasswordSchema>;

/** Whose stand-in somebody is, and the last day of it. */
export const standsInForSchema = z.object({ userId: z.string(), name: z.string(), toDay: isoDaySchema });
export type StandsInFor = z.infer<typeof standsInForSchema>;

/** GET /api/v1/me: the signed-in person, the workspace as far as screens need it, and what the person may do. */
export const meSchema = z.object({
  user: z.object({ id: z.string(), email: z.string(), fullName: z.string(), role: z.enum(ROLES) }),
  workspace: z.object({
    name: z.string(),
    timeZone: z.string(),
    currency: z.string(),
    /** The workspace's day now: what "today" is on every screen. */
    today: z.iso.date(),
    sampleLoaded: z.boolean(),
    /** Alerts, goals and tasks of the sample company's past days are still being made: they come and go. */
    samplePastUnderWay: z.boolean(),
  }),
  permissions: z.array(z.enum(PERMISSIONS)),
  /** Every account is in the person's sight, whoever owns it. */
  seesAllAccounts: z.boolean(),
  /** Whose stand-in the person is today: their accounts and work count as the person's own on pages of what is "mine". */
  standsInFor: z.array(standsInForSchema),
});
export type Me = z.infer<typeof meSchema>;

export const userSchema = z.object({
  id: z.string(),
  email: z.string(),
  fullName: z.string(),
  role: z.enum(ROLES),
  managerId: z.string().nullable(),
  active: z.boolean(),
  revision: z.number().int(),
  createdAt: z.string(),
});
export type User = z.infer<typeof userSchema>;

export const createUserSchema = z.strictObject({
  email,
  fullName: name,
  role: z.enum(ROLES),
  managerId: idSchema.nullable().default(null),
  password: newPassword,
});
export type CreateUser = z.infer<typeof createUserSchema>;

export const updateUserSchema = z.strictObject({
  revision: z.number().int(),
  fullName: name.optional(),
  role: z.enum(ROLES).optional(),
  managerId: idSchema.nullable().optional(),
  active: z.boolean().optional(),
  password: newPassword.optional(),
});
export type UpdateUser = z.infer<typeof updateUserSchema>;

export const userListSchema = z.object({ users: z.array(userSchema) });

/** Who looks after a person's book, from the first to the last day. */
export const standInSchema = z.object({ standInId: z.string(), fromDay: isoDaySchema, toDay: isoDaySchema });
export type StandIn = z.infer<typeof standInSchema>;
export const standInListSchema = z.object({ standIns: z.array(standInSchema) });

/**
 * PUT /api/v1/users/:id/stand-ins: names one, or moves the last day of one who starts on that day. `instead`: the one
 * whose place it takes, where person or first day change.
 */
export const setStandInSchema = z
  .strictObject({
    standInId: idSchema,
    fromDay: isoDaySchema,
    toDay: isoDaySchema,
    instead: z.strictObject({ standInId: idSchema, fromDay: isoDaySchema }).optional(),
  })
  .refine((standIn) => standIn.fromDay <= standIn.toDay, { path: ['toDay'], message: 'ends before it starts' });
export type SetStandIn = z.infer<typeof setStandInSchema>;

/** What a key may do. Reading accounts through a key is within the scope of a viewer. */
export const API_SCOPES = ['facts:write', 'accounts:read', 'imports:write'] as const;
export type ApiScope = (typeof API_SCOPES)[number];

export const apiKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(z.enum(API_SCOPES)),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
});
export type ApiKey = z.infer<typeof apiKeySchema>;

export const createApiKeySchema = z.strictObject({
  name,
  scopes: z.array(z.enum(API_SCOPES)).min(1),
  expiresAt: z.iso.datetime().nullable().default(null),
});
export type CreateApiKey = z.infer<typeof createApiKeySchema>;
export const apiKeyListSchema = z.object({ keys: z.array(apiKeySchema) });
/** The secret is in this answer once and never again. */
export const createdApiKeySchema = apiKeySchema.extend({ secret: z.string() });

export const auditEntrySchema = z.object({
  id: z.string(),
  at: z.string(),
  actorKind: z.enum(['user', 'api_key', 'system']),
  actorName: z.string(),
  action: z.string(),
  subjectKind: z.string(),
  subjectId: z.string(),
  /** What it is called now; null for one that is gone and for one that has no name. */
  subjectName: z.string().nullable(),
  accountId: z.string().nullable(),
  /** field → what it was and what it is */
  changes: z.unknown(),
  requestId: z.string().nullable(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

/** GET /api/v1/audit: newest first; `before` is the id of the last entry of the page before. */
export const auditQuerySchema = z.strictObject({
  before: idSchema.optional(),
  subjectKind: z.string().max(60).optional(),
  subjectId: z.string().max(200).optional(),
  accountId: idSchema.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type AuditQuery = z.infer<typeof auditQuerySchema>;
export const auditPageSchema = z.object({ entries: z.array(auditEntrySchema), hasMore: z.boolean() });
export type AuditPage = z.infer<typeof auditPageSchema>;
