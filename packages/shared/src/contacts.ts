import { z } from 'zod';
import { BANDS, idSchema, isoDaySchema, ownerSchema } from './common.js';

/** A contact as lists show one, with the account that it belongs to. */
export const contactRowSchema = z.object({
  id: idSchema,
  name: z.string().nullable(),
  email: z.string().nullable(),
  title: z.string().nullable(),
  role: z.string().nullable(),
  primary: z.boolean(),
  /** Null: never asked. */
  consent: z.boolean().nullable(),
  leftOn: isoDaySchema.nullable(),
  firstSeen: isoDaySchema.nullable(),
  lastActive: isoDaySchema.nullable(),
  account: z.object({
    id: idSchema,
    externalId: z.string(),
    name: z.string(),
    tier: z.string().nullable(),
    band: z.enum(BANDS).nullable(),
    arrMinor: z.number().nullable(),
    csm: ownerSchema.nullable(),
  }),
});
export type ContactRow = z.infer<typeof contactRowSchema>;

/** What stands in the place of a name once a contact was erased. */
export const ERASED_CONTACT = 'Erased person';

const textOrNull = z.string().nullable();
const instantSchema = z.iso.datetime();

/** An event of a contact, as it was sent. */
const contactUseSchema = z.object({
  at: instantSchema,
  messageId: z.string(),
  name: z.string(),
  feature: textOrNull,
  count: z.number().int(),
  properties: z.unknown(),
});
export type ContactUse = z.infer<typeof contactUseSchema>;

/** All that is known of a contact, as a file for the person: what people wrote of it in free text stands in the touchpoints. */
export const contactExportSchema = z.object({
  exportedAt: instantSchema,
  account: z.object({ id: idSchema, externalId: z.string(), name: z.string() }),
  contact: z.object({
    id: idSchema,
    externalId: textOrNull,
    email: textOrNull,
    name: textOrNull,
    title: textOrNull,
    role: textOrNull,
    primary: z.boolean(),
    consent: z.boolean().nullable(),
    leftOn: isoDaySchema.nullable(),
    /** One of the workspace's own people. */
    internal: z.boolean(),
    firstSeen: isoDaySchema.nullable(),
    lastSeen: isoDaySchema.nullable(),
    attributes: z.record(z.string(), z.unknown()),
  }),
  /** What each field held from a day on, and who said so; oldest first. */
  fields: z.array(
    z.object({
      field: z.string(),
      fromDay: isoDaySchema,
      value: z.unknown(),
      source: z.string(),
      receivedAt: instantSchema.nullable(),
    }),
  ),
  /** Days on which the contact used the product. */
  activeDays: z.array(isoDaySchema),
  tickets: z.array(
    z.object({
      id: z.string(),
      openedAt: instantSchema,
      closedAt: instantSchema.nullable(),
      status: z.string(),
      priority: textOrNull,
      subject: textOrNull,
      satisfaction: z.number().nullable(),
    }),
  ),
  answers: z.array(
    z.object({
      kind: z.string(),
      id: z.string(),
      answeredOn: isoDaySchema,
      score: z.number(),
      scaleMin: z.number(),
      scaleMax: z.number(),
      comment: textOrNull,
    }),
  ),
  touchpoints: z.array(
    z.object({ id: z.string(), kind: z.string(), at: instantSchema, author: textOrNull, text: textOrNull }),
  ),
  /** The shared segments that the contact is in. */
  segments: z.array(z.object({ name: z.string(), sinceDay: isoDaySchema })),
  events: z.array(contactUseSchema),
});
export type ContactExport = z.infer<typeof contactExportSchema>;
