import { z } from 'zod';

/** Shapes that every topic of the contract uses. */

export const isoDaySchema = z.iso.date('is not a day such as 2026-04-15');
/** A day that people write down, within the years that files are read with: others are slips of the pen. */
export const writtenDaySchema = isoDaySchema.refine((day) => day >= '1900-01-01' && day <= '2200-12-31', {
  message: 'lies outside the years 1900 to 2200',
});
export type IsoDay = string;

export const ROLES = ['admin', 'manager', 'csm', 'am', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

export const ACCOUNT_STATUSES = ['prospect', 'trial', 'customer', 'churned'] as const;
export type AccountStatus = (typeof ACCOUNT_STATUSES)[number];

export const BANDS = ['at_risk', 'watch', 'healthy', 'unknown'] as const;
export type Band = (typeof BANDS)[number];

export const TRENDS = ['up', 'flat', 'down'] as const;
export type Trend = (typeof TRENDS)[number];

/** A person as shown beside an account: a user, or the text of an owner who matches no user yet. */
export const ownerSchema = z.object({ userId: z.string().nullable(), name: z.string() });
export type Owner = z.infer<typeof ownerSchema>;

/** What every refused request answers. `code` is stable; `details` says where. */
export const apiErrorSchema = z.object({
  code: z.string(),
  message: z.string(),
  details: z.array(z.object({ path: z.string(), code: z.string().optional(), message: z.string() })).default([]),
});
export type ApiErrorBody = z.infer<typeof apiErrorSchema>;

/** As the database writes it: ids are compared as texts, and a uuid may come in capitals. */
export const idSchema = z.uuid().toLowerCase();

/** A NUL and half a character cannot be kept. */
const isWholeText = (text: string): boolean => !text.includes('\u0000') && !/\p{Surrogate}/u.test(text);
const NOT_WHOLE_TEXT = 'text must be whole Unicode characters, without NUL characters';

/** Text that is kept as it is given, blanks at its ends included. */
export const textSchema = (most: number) => z.string().max(most).refine(isWholeText, NOT_WHOLE_TEXT);

/** A line of text that people write, without control characters. */
export const lineSchema = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(/^[^\p{Cc}\p{Surrogate}]*$/u, 'holds a control character, or half a character');

/** Text of several lines that people write. */
export const noteSchema = (most: number) => z.string().trim().max(most).refine(isWholeText, NOT_WHOLE_TEXT);

/** An address that people may follow. Never `javascript:` or the like. */
export const webAddressSchema = z
  .string()
  .trim()
  .max(2_000)
  .regex(/^https?:\/\/[^\s\p{Cc}]+$/iu, 'begins with http:// or https://')
  .refine((text) => URL.canParse(text), 'is not an address');
