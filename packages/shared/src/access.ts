import { z } from 'zod';
import { ROLES } from './common.js';

/** Signing in, the people of the workspace, API keys, and the log of changes. */

const email = z.string().trim().toLowerCase().max(254).pipe(z.email());
const name = z.string().trim().min(1).max(200);

export const signInSchema = z.strictObject({ email, password: z.string().min(1).max(1000) });
export type SignIn = z.infer<typeof signInSchema>;

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
  }),
  permissions: z.array(z.string()),
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
  managerId: z.uuid().nullable().default(null),
  password: z.string().min(10).max(1000),
});
export type CreateUser = z.infer<typeof createUserSchema>;

export const updateUserSchema = z.strictObject({
  revision: z.number().int(),
  fullName: name.optional(),
  role: z.enum(ROLES).optional(),
  managerId: z.uuid().nullable().optional(),
  active: z.boolean().optional(),
  password: z.string().min(10).max(1000).optional(),
});
export type UpdateUser = z.infer<typeof updateUserSchema>;

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
  changes: z.unknown(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;
