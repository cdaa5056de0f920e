import { z } from 'zod';

/**
 * Files of accounts that are made in the background: for lists that take longer than somebody waits. A file holds what
 * its orderer saw when it was made, is theirs alone, and is kept for seven days.
 */

export const EXPORT_STATES = ['due', 'running', 'done', 'failed', 'expired'] as const;
export type ExportState = (typeof EXPORT_STATES)[number];

/**
 * POST /api/v1/account-exports {rule, parts, text, sort, asOf}: as POST /accounts/export takes it. 409 TOO_MANY_EXPORTS.
 * GET /api/v1/account-exports/:exportId; DELETE takes it away, also while it is being made.
 */
export const accountExportJobSchema = z.object({
  id: z.string(),
  state: z.enum(EXPORT_STATES),
  /** Null until they have been counted. */
  accounts: z.number().int().nullable(),
  written: z.number().int(),
  /** Of the file: `accounts-2026-04-15.csv`. */
  name: z.string(),
  bytes: z.number().nullable(),
  error: z.string().nullable(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  /** From then on the file is gone. */
  expiresAt: z.string().nullable(),
});
export type AccountExportJob = z.infer<typeof accountExportJobSchema>;

/** GET /api/v1/account-exports: one's own, the newest first. */
export const accountExportListSchema = z.object({ exports: z.array(accountExportJobSchema) });

/** GET /api/v1/account-exports/:exportId/file: 409 EXPORT_NOT_READY; 409 EXPORT_EXPIRED. */
