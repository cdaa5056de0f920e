import type { Band } from '@steward/shared/common';
import type { ForecastCategory, Renewal } from '@steward/shared/renewals';
import type { WorkspaceSettings } from '@steward/shared/workspace';
import { weighted } from '../deals/stages.js';

export type RenewalChances = WorkspaceSettings['renewalChance'];

export interface ForecastGiven {
  /** A year of what is due; null: not known. */
  amountMinor: number | null;
  /** A person's word; null: none. */
  category: ForecastCategory | null;
  forecastAmountMinor: number | null;
  /** Null counts as unknown. */
  band: Band | null;
  leaving: boolean;
}

type Forecast = Omit<Renewal['forecast'], 'by' | 'at'>;

/** Per cent, 0–100: commit is sure and lost is none; likely goes by the band, and at risk is as probable as that band. */
export function chanceOfRenewal(category: ForecastCategory, band: Band | null, chances: RenewalChances): number {
  switch (category) {
    case 'commit':
      return 100;
    case 'lost':
      return 0;
    case 'atRisk':
      return chances.at_risk;
    case 'likely':
      return chances[band ?? 'unknown'];
  }
}

/**
 * What is expected of a renewal: nothing of an account that leaves, else what somebody said, else "likely" for its amount.
 * Weighted = amount × probability, in whole minor units, half up; null: the amount is not known.
 */
export function forecastOf(given: ForecastGiven, chances: RenewalChances): Forecast {
  const { amountMinor: due, category: said, forecastAmountMinor, band, leaving } = given;
  if (leaving) return { category: 'lost', amountMinor: 0, probability: 0, weightedMinor: 0, from: 'leaving' };
  const category = said ?? 'likely';
  const amountMinor = forecastAmountMinor ?? due;
  const probability = chanceOfRenewal(category, band, chances);
  const from = said === null && forecastAmountMinor === null ? 'default' : 'person';
  return { category, amountMinor, probability, weightedMinor: weighted(amountMinor, probability), from };
}
