import { z } from 'zod';
import { idSchema, lineSchema, noteSchema } from './common.js';
import { TOUCHPOINT_KINDS } from './touchpoints.js';

/** Texts for touches that come again and again, with merge fields such as {{contact.firstName}}. */

/** Merge fields of a template, with the words in which a missing one is named. Renewals, health and owners are today's. */
export const MERGE_FIELDS = {
  'account.name': 'account name',
  'account.plan': 'plan',
  'account.arr': 'ARR',
  'account.seats': 'seats',
  'account.tier': 'tier',
  'account.stage': 'lifecycle stage',
  'contact.name': 'contact’s name',
  'contact.firstName': 'contact’s first name',
  'contact.title': 'contact’s title',
  'owner.name': 'owner’s name',
  'csm.name': 'CSM’s name',
  'am.name': 'account manager’s name',
  'me.name': 'your name',
  'me.firstName': 'your first name',
  'health.score': 'health score',
  'health.band': 'health band',
  renewalDate: 'renewal date',
  daysToRenewal: 'days to renewal',
  activeContacts: 'active contacts',
  seatUtilization: 'seat utilisation',
  nps: 'NPS',
  lastTouchDay: 'day of the last touch',
  openTickets: 'open tickets',
  today: 'today',
} as const;
export type MergeField = keyof typeof MERGE_FIELDS;

const PLACE = /\{\{([^{}]*)\}\}/g;

const isMergeField = (name: string): name is MergeField => Object.hasOwn(MERGE_FIELDS, name);

/** What stands between double braces and is no merge field. */
export function unknownMergeFields(template: string): string[] {
  const names = [...template.matchAll(PLACE)].map((match) => (match[1] ?? '').trim());
  return [...new Set(names.filter((name) => !isMergeField(name)))];
}

/** A template with its values; a value that is not there (null) stands as its name in brackets, and is told. */
export function filledTemplate(
  template: string,
  read: (field: MergeField) => string | null,
): { text: string; missing: MergeField[] } {
  const missing = new Set<MergeField>();
  const text = template.replace(PLACE, (place, inner: string) => {
    const name = inner.trim();
    if (!isMergeField(name)) return place;
    const value = read(name);
    if (value !== null) return value;
    missing.add(name);
    return `[${MERGE_FIELDS[name]}]`;
  });
  return { text, missing: [...missing] };
}

const templateFields = z.strictObject({
  name: lineSchema(100).min(1),
  kind: z.enum(TOUCHPOINT_KINDS),
  /** Of an e-mail; null: none. May hold merge fields. */
  subject: lineSchema(200).nullable(),
  text: noteSchema(10_000).min(1),
  /** Offered on members of this segment of accounts only; null: everywhere. */
  segmentId: idSchema.nullable(),
  /** Shared ones are everybody's to use. */
  visibility: z.enum(['private', 'shared']),
});

/** POST /api/v1/touch-templates. An unknown merge field is refused by name (400 UNKNOWN_MERGE_FIELD). */
export const createTouchTemplateSchema = templateFields.extend({
  subject: templateFields.shape.subject.default(null),
  segmentId: templateFields.shape.segmentId.default(null),
  visibility: templateFields.shape.visibility.default('private'),
});
export type CreateTouchTemplate = z.output<typeof createTouchTemplateSchema>;

/** PATCH /api/v1/touch-templates/:templateId: refused with 409 when the revision has moved on. DELETE answers 204. */
export const updateTouchTemplateSchema = templateFields.partial().extend({ revision: z.number().int() });
export type UpdateTouchTemplate = z.infer<typeof updateTouchTemplateSchema>;

export const touchTemplateSchema = templateFields.extend({
  id: idSchema,
  /** Null: offered everywhere, or the segment is gone (then it is offered nowhere: `offered` is false). */
  segmentName: z.string().nullable(),
  owner: z.object({ userId: z.string(), name: z.string() }),
  mayEdit: z.boolean(),
  revision: z.number().int(),
});
export type TouchTemplate = z.infer<typeof touchTemplateSchema>;

/** GET /api/v1/touch-templates: one's own and the shared ones, by name. */
export const touchTemplateListSchema = z.object({ templates: z.array(touchTemplateSchema) });

/** GET /api/v1/accounts/:accountId/touch-templates: those that are offered for the account, by name. */
export const offeredTemplatesSchema = z.object({
  templates: z.array(
    z.object(touchTemplateSchema.pick({ id: true, name: true, kind: true, subject: true, text: true }).shape),
  ),
});

/** POST /api/v1/accounts/:accountId/touch-templates/:templateId/render */
export const renderTemplateSchema = z.strictObject({
  /** Whom the text is for; null: the account's primary contact, if it has one. */
  contactId: idSchema.nullable().default(null),
});
export type RenderTemplate = z.output<typeof renderTemplateSchema>;

export const renderedTemplateSchema = z.object({
  kind: z.enum(TOUCHPOINT_KINDS),
  subject: z.string().nullable(),
  /** Filled in. A value that is not there stands as its name in brackets, such as [renewal date]. */
  text: z.string(),
  missing: z.array(z.object({ field: z.string(), label: z.string() })),
  contact: z.object({ id: z.string(), name: z.string() }).nullable(),
});
export type RenderedTemplate = z.infer<typeof renderedTemplateSchema>;
