import { z } from 'zod';
import { accountBesideSchema, amountSchema, listOf } from './commercial.js';
import { idSchema, isoDaySchema, lineSchema, noteSchema, ownerSchema, textSchema, writtenDaySchema } from './common.js';
import { currencySchema } from './workspace.js';

/** Deals: what is being sold to an account, won or lost. They come from imports, the API, or by hand; the newest wins. */

export const DEAL_KINDS = ['expansion', 'renewal', 'new'] as const;
export type DealKind = (typeof DEAL_KINDS)[number];

export const DEAL_STATES = ['open', 'won', 'lost'] as const;
export type DealState = (typeof DEAL_STATES)[number];

/** A column of the board. Winning and losing are ends, not stages. */
export const dealStageSchema = z.strictObject({
  /** What deals keep; it stays when the label changes. */
  key: z
    .string()
    .trim()
    .min(1)
    .max(40)
    .regex(/^[a-z0-9][a-z0-9_-]*$/, 'may hold small letters, digits, - and _'),
  label: lineSchema(60).min(1),
  /** Per cent, of deals that have none of their own. */
  probability: z.number().int().min(0).max(100),
});
export type DealStage = z.infer<typeof dealStageSchema>;

const namedOnce = (stages: readonly { key: string; label: string }[]) =>
  new Set(stages.map(({ key }) => key)).size === stages.length &&
  new Set(stages.map(({ label }) => label.toLowerCase())).size === stages.length;

/** GET /api/v1/deal-stages, in their order. */
export const dealStageListSchema = z.object({ stages: z.array(dealStageSchema), revision: z.number().int() });
export type DealStageList = z.infer<typeof dealStageListSchema>;

/**
 * PUT /api/v1/deal-stages: the whole list, for admins; 409 REVISION_MOVED. Deals in a stage that is gone
 * keep it, in a column of their own at the end.
 */
export const updateDealStagesSchema = z.strictObject({
  revision: z.number().int(),
  stages: z.array(dealStageSchema).min(1).max(20).refine(namedOnce, 'names a stage twice'),
});
export type UpdateDealStages = z.output<typeof updateDealStagesSchema>;

/** A stage as a deal has it: `key` null for a text of an import that is none of the workspace's stages. */
const stageOfDealSchema = z.object({ key: z.string().nullable(), label: z.string() });

export const dealSchema = z.object({
  accountId: z.string(),
  id: z.string(),
  kind: z.enum(DEAL_KINDS),
  name: z.string(),
  /** Null: it has none. */
  stage: stageOfDealSchema.nullable(),
  /** As it was written, in minor units of `currency`. */
  amountMinor: z.number().nullable(),
  currency: z.string().nullable(),
  /** In the workspace's currency, at the rate of now or of the day it ended; null: no amount, or no rate. */
  convertedMinor: z.number().nullable(),
  /** There is an amount, but no rate for its currency: it is in no total. */
  withoutRate: z.boolean(),
  /** Per cent: won 100, lost 0, else its own, else its stage's; null: neither. */
  probability: z.number().nullable(),
  probabilityFrom: z.enum(['end', 'deal', 'stage']).nullable(),
  /** convertedMinor × probability. */
  weightedMinor: z.number().nullable(),
  closeOn: isoDaySchema.nullable(),
  /** Open, and its close date has passed. */
  overdue: z.boolean(),
  owner: ownerSchema.nullable(),
  state: z.enum(DEAL_STATES),
  endedOn: isoDaySchema.nullable(),
  reason: z.string().nullable(),
  openedOn: isoDaySchema,
  goal: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** Made here; others come again with the next import, so they cannot be deleted. */
  keptByHand: z.boolean(),
  /**
   * Of a won deal: the day on which the subscriptions changed within 60 days of it; null: not yet, or not won.
   */
  billedOn: isoDaySchema.nullable(),
  /** What POST …/undo would take back; null: nothing. */
  mayUndo: z.enum(['moved', 'won', 'lost', 'reopened', 'edited']).nullable(),
  revision: z.number().int(),
});
export type Deal = z.infer<typeof dealSchema>;

export const dealRowSchema = dealSchema.extend({ account: accountBesideSchema });
export type DealRow = z.infer<typeof dealRowSchema>;

export const DEAL_ORDERS = ['closeOn', '-amount', '-endedOn', 'name'] as const;

/** What the list and the board are asked for. */
const dealFilter = {
  /** mine: deals that I own, or of accounts that I look after. */
  scope: z.enum(['mine', 'team', 'all']).default('mine'),
  kind: listOf(DEAL_KINDS).optional(),
  /** The deal's owner. */
  owner: idSchema.optional(),
  /** Matches the deal's name, and the account's name, external id or domain. */
  text: lineSchema(200).default(''),
};

/**
 * GET /api/v1/deals?scope=&kind=&state=&owner=&text=&stage=&billed=&closeFrom=&closeTo=&order=&offset=&limit=.
 * `billed=no` with `state=won` is "won, not yet billed". Totals are over all that match, not only the page.
 */
export const dealListQuerySchema = z.strictObject({
  ...dealFilter,
  state: listOf(DEAL_STATES).default(['open']),
  /** Key of a stage, or the text of one that is none of the workspace's. */
  stage: lineSchema(200).optional(),
  billed: z.enum(['yes', 'no']).optional(),
  closeFrom: writtenDaySchema.optional(),
  closeTo: writtenDaySchema.optional(),
  order: z.enum(DEAL_ORDERS).default('closeOn'),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type DealListQuery = z.output<typeof dealListQuerySchema>;

/** Sums in the workspace's currency; null: of none is it known. */
const sums = {
  deals: z.number().int(),
  amountMinor: z.number().nullable(),
  weightedMinor: z.number().nullable(),
  /** Deals without an amount, or without a rate for it: they are in no sum. */
  withoutAmount: z.number().int(),
};

export const dealTotalsSchema = z.object({
  ...sums,
  overdue: z.number().int(),
  /** The workspace's stages in their order, then other texts by name; deals without a stage last. */
  byStage: z.array(z.object({ stage: stageOfDealSchema.nullable(), ...sums })),
  /** By month of the close date, or of the day it ended (`2026-04`); null: no date. */
  byMonth: z.array(z.object({ month: z.string().nullable(), ...sums })),
});
export type DealTotals = z.infer<typeof dealTotalsSchema>;

export const dealListSchema = z.object({ asOf: isoDaySchema, rows: z.array(dealRowSchema), totals: dealTotalsSchema });
export type DealList = z.infer<typeof dealListSchema>;

/** GET /api/v1/deals/board?scope=&kind=&owner=&text=: open deals by stage. */
export const dealBoardQuerySchema = z.strictObject(dealFilter);
export type DealBoardQuery = z.output<typeof dealBoardQuerySchema>;

export const dealBoardSchema = z.object({
  asOf: isoDaySchema,
  columns: z.array(
    z.object({
      /** Null: deals without a stage. */
      stage: stageOfDealSchema.nullable(),
      /** Of the stage; null where it is none of the workspace's. */
      probability: z.number().nullable(),
      ...sums,
      /** The first fifty, the earliest close date first; the rest by the list. */
      cards: z.array(dealRowSchema),
    }),
  ),
});
export type DealBoard = z.infer<typeof dealBoardSchema>;

/** GET /api/v1/accounts/:accountId/deals: open ones first, then those that ended, the newest first. */
export const accountDealsSchema = z.object({ deals: z.array(dealSchema) });
export type AccountDeals = z.infer<typeof accountDealsSchema>;

/** Of a deal in a path: as imports have it. */
export const dealIdSchema = textSchema(200).min(1);

const dealFields = {
  kind: z.enum(DEAL_KINDS),
  name: lineSchema(300).min(1),
  /** Key of a stage. */
  stage: lineSchema(40).min(1).nullable(),
  amountMinor: amountSchema.nullable(),
  currency: currencySchema.nullable(),
  /** Per cent; null: the stage's. */
  probability: z.number().min(0).max(100).nullable(),
  closeOn: writtenDaySchema.nullable(),
  ownerUserId: idSchema.nullable(),
  goalId: idSchema.nullable(),
};

/** POST /api/v1/accounts/:accountId/deals → 201 with the deal. Without a currency: the workspace's. */
export const createDealSchema = z.strictObject({
  kind: dealFields.kind,
  name: dealFields.name,
  /** Left out: the first stage. */
  stage: dealFields.stage.optional(),
  amountMinor: dealFields.amountMinor.default(null),
  currency: dealFields.currency.default(null),
  probability: dealFields.probability.default(null),
  closeOn: dealFields.closeOn.default(null),
  /** Left out: the account's AM, else whoever makes it. */
  ownerUserId: dealFields.ownerUserId.optional(),
  goalId: dealFields.goalId.default(null),
});
export type CreateDeal = z.output<typeof createDealSchema>;

/**
 * PATCH /api/v1/accounts/:accountId/deals/:dealId: what is left out stays. Another stage is a move. 409 REVISION_MOVED;
 * of a deal that has ended only the name and the goal change (409 DEAL_ENDED).
 */
export const updateDealSchema = z.strictObject(dealFields).partial().extend({ revision: z.number().int() });
export type UpdateDeal = z.output<typeof updateDealSchema>;

/**
 * How winning changes a subscription that is kept by hand. `expansion`: from the day on it has the new quantity and
 * MRR. `renewal`: a term follows its end. Money in minor units of the subscription's currency.
 */
export const subscriptionChangeSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('expansion'),
    subscriptionId: dealIdSchema,
    quantity: z.number().int().min(0).max(100_000_000).nullable(),
    mrrMinor: amountSchema,
    /** Not before the subscription began, and not after today. */
    from: writtenDaySchema,
  }),
  z.strictObject({
    kind: z.literal('renewal'),
    subscriptionId: dealIdSchema,
    quantity: z.number().int().min(0).max(100_000_000).nullable(),
    mrrMinor: amountSchema,
    /** The term's last day; left out: as long as the term before. */
    end: writtenDaySchema.nullable().default(null),
  }),
]);
export type SubscriptionChange = z.output<typeof subscriptionChangeSchema>;

/**
 * POST …/deals/:dealId/win. Subscriptions from an import or the API are never written: the change is refused with 409
 * SUBSCRIPTION_FROM_SOURCE, and the deal is "won, not yet billed" until they change. 409 DEAL_ENDED.
 */
export const winDealSchema = z.strictObject({
  revision: z.number().int(),
  /** Today at the latest. */
  on: writtenDaySchema,
  reason: noteSchema(2000).nullable().default(null),
  change: subscriptionChangeSchema.nullable().default(null),
});
export type WinDeal = z.output<typeof winDealSchema>;

/** POST …/deals/:dealId/lose. 409 DEAL_ENDED. */
export const loseDealSchema = z.strictObject({
  revision: z.number().int(),
  on: writtenDaySchema,
  reason: noteSchema(2000).min(1),
});
export type LoseDeal = z.output<typeof loseDealSchema>;

/**
 * POST …/deals/:dealId/reopen (409 DEAL_OPEN) and …/undo (409 NOTHING_TO_UNDO). Undo takes the newest step back, with
 * what it made of subscriptions; reopening leaves those as they are. DELETE …/deals/:dealId?revision= (409 FROM_SOURCE)
 * answers the revision with which undo brings it back.
 */
export const dealRevisionSchema = z.strictObject({ revision: z.number().int() });
export type DealRevision = z.output<typeof dealRevisionSchema>;
export const deleteDealQuerySchema = z.strictObject({ revision: z.coerce.number().int() });

/** GET …/deals/:dealId: with its history, newest first. */
export const DEAL_EVENT_KINDS = ['created', 'edited', 'moved', 'won', 'lost', 'reopened', 'deleted', 'undone'] as const;
export type DealEventKind = (typeof DEAL_EVENT_KINDS)[number];
export const dealDetailSchema = dealRowSchema.extend({
  events: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(DEAL_EVENT_KINDS),
      at: z.string(),
      day: isoDaySchema,
      by: z.string().nullable(),
      details: z.record(z.string(), z.unknown()).nullable(),
    }),
  ),
});
export type DealDetail = z.infer<typeof dealDetailSchema>;
