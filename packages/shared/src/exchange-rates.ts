import { z } from 'zod';

/**
 * What other currencies are worth in the workspace's. An amount counts at the newest rate up to its day, before the first
 * one at the first; one in a currency without any rate is not known.
 */

/** How many units of the workspace's currency one unit is worth; all the world's pairs lie well within. */
export const rateSchema = z.number().min(0.000_000_1).max(10_000_000);

/** PUT /api/v1/workspace/exchange-rates/:currency/:fromDay */
export const setExchangeRateSchema = z.strictObject({ rate: rateSchema });
export type SetExchangeRate = z.infer<typeof setExchangeRateSchema>;

export const exchangeRateSchema = z.object({
  /** ISO 4217. */
  currency: z.string(),
  /** The first day that it counts on; it counts until the next one of its currency. */
  fromDay: z.iso.date(),
  rate: z.number(),
});
export type ExchangeRate = z.infer<typeof exchangeRateSchema>;

/** A currency in which something was delivered, and which has no rate. */
export const missingRateSchema = z.object({
  currency: z.string(),
  /** Those among the reader's that have an amount in it. */
  accounts: z.number().int(),
});
export type MissingRate = z.infer<typeof missingRateSchema>;

/** GET /api/v1/workspace/exchange-rates: by currency, the latest first; what is missing most comes first. */
export const exchangeRateListSchema = z.object({
  rates: z.array(exchangeRateSchema),
  missing: z.array(missingRateSchema),
});
export type ExchangeRateList = z.infer<typeof exchangeRateListSchema>;
