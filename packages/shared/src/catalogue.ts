import { z } from 'zod';
import type { CompareOperator } from './rule-operators.js';

/** What a rule, a filter, a column or a sort may name: the allow-list of fields. */

export const FIELD_TYPES = ['text', 'number', 'money', 'percent', 'date', 'boolean', 'enum', 'tags', 'user'] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

/** The pipeline stage that produces a field, in flow order: a rule reads earlier stages as of the day itself. */
export const FIELD_STAGES = [
  'facts',
  'signals',
  'tiers',
  'health',
  'lifecycle',
  'segments',
  'alerts',
  'goals',
  'snapshots',
] as const;
export type FieldStage = (typeof FIELD_STAGES)[number];

/** How a field is known as of an earlier day. */
export const FIELD_HISTORY = ['snapshot', 'versioned', 'dated', 'now-only'] as const;
export type FieldHistory = (typeof FIELD_HISTORY)[number];

export const catalogueFieldSchema = z.object({
  key: z.string(),
  label: z.string(),
  group: z.string(),
  type: z.enum(FIELD_TYPES),
  unit: z.string().nullable(),
  description: z.string(),
  stage: z.enum(FIELD_STAGES),
  history: z.enum(FIELD_HISTORY),
  /** Members of an enumerated field, in order. Of people `acts` tells who is active and does not only look on. */
  options: z.array(z.object({ value: z.string(), label: z.string(), acts: z.boolean().optional() })).nullable(),
  sortable: z.boolean(),
  /** Held states and changes over time are kept only for these. */
  tracked: z.boolean(),
});
export type CatalogueField = z.infer<typeof catalogueFieldSchema>;

/** GET /api/v1/catalogue */
export const catalogueSchema = z.object({
  fields: z.array(catalogueFieldSchema),
  /** What rules over contacts may name besides. */
  contactFields: z.array(catalogueFieldSchema),
  /** What conditions over goals may name. */
  playbooks: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type FieldCatalogue = z.infer<typeof catalogueSchema>;

const ORDERED: readonly CompareOperator[] = ['eq', 'neq', 'gt', 'gte', 'lt', 'lte', 'between', 'isSet', 'isNotSet'];

/** Which comparisons each type of field takes. */
export const OPERATORS_BY_TYPE: Record<FieldType, readonly CompareOperator[]> = {
  text: ['eq', 'neq', 'in', 'notIn', 'contains', 'notContains', 'startsWith', 'isSet', 'isNotSet'],
  number: ORDERED,
  money: ORDERED,
  percent: ORDERED,
  date: ['isSet', 'isNotSet'],
  boolean: ['eq', 'neq', 'isSet', 'isNotSet'],
  enum: ['eq', 'neq', 'in', 'notIn', 'isSet', 'isNotSet'],
  tags: ['contains', 'notContains', 'isSet', 'isNotSet'],
  user: ['eq', 'neq', 'in', 'notIn', 'isSet', 'isNotSet'],
};

export const fieldKeySchema = z.string().min(1).max(120);

/** The columns of a view or a segment, in their order. */
export const columnsSchema = z
  .array(fieldKeySchema)
  .min(1)
  .max(40)
  .refine((keys) => new Set(keys).size === keys.length, 'names a column twice');

/**
 * GET /api/v1/catalogue/events: what conditions over events may name. Events are those of the last 90 days, the most
 * frequent first, of accounts that the reader may see: of many accounts, of some of them. Metrics are those that own
 * signals are made of.
 */
export const eventCatalogueSchema = z.object({
  events: z.array(z.object({ name: z.string(), times: z.number().int(), accounts: z.number().int() })),
  features: z.array(z.object({ key: z.string(), label: z.string() })),
  metrics: z.array(z.object({ key: z.string(), label: z.string() })),
  /** How many accounts were read. */
  accountsRead: z.number().int(),
});
export type EventCatalogue = z.infer<typeof eventCatalogueSchema>;
