import { BANDS, type Band } from '@steward/shared/common';
import type { Book } from '@steward/shared/portfolio';
import { meanOf, sumOfKnown } from './share.js';

/** Accounts of one band and tier, added up. */
export interface BookGroup {
  /** Null: not scored yet; counts as unknown. */
  band: Band | null;
  tier: string | null;
  accounts: number;
  arrMinor: number | null;
  /** Sum of the scores, and of how many accounts. */
  scoreSum: number;
  scored: number;
}

export interface TierTarget {
  key: string;
  targetAccounts: number;
}

const sum = (groups: readonly BookGroup[]) => ({
  accounts: groups.reduce((all, { accounts }) => all + accounts, 0),
  arrMinor: sumOfKnown(groups.map(({ arrMinor }) => arrMinor)),
});

/**
 * A book of accounts: how many, their ARR, bands and mean score (to 0.01; null: none is scored), and how full it is.
 * Load of a tier = its accounts ÷ (target accounts an owner × owners) × 100; of the book: the sum over the tiers, 100 is
 * full; null: without an owner there is nobody to be loaded.
 */
export function bookOf(groups: readonly BookGroup[], tiers: readonly TierTarget[], owners: number): Book {
  const loads = tiers.map(({ key, targetAccounts }) => {
    const { accounts } = sum(groups.filter(({ tier }) => tier === key));
    const target = targetAccounts * owners;
    return { tier: key, accounts, target, load: target === 0 ? 0 : (accounts / target) * 100 };
  });
  const inTiers = loads.reduce((all, { accounts }) => all + accounts, 0);
  const whole = sum(groups);
  const scored = groups.reduce((all, group) => all + group.scored, 0);
  const scoreSum = groups.reduce((all, group) => all + group.scoreSum, 0);
  const load = loads.reduce((all, each) => all + each.load, 0);
  return {
    ...whole,
    meanScore: meanOf(scoreSum, scored),
    scored,
    bands: Object.fromEntries(
      BANDS.map((band) => [band, sum(groups.filter((group) => (group.band ?? 'unknown') === band))]),
    ) as Book['bands'],
    tiers: loads.map((each) => ({ ...each, load: round(each.load) })),
    noTier: whole.accounts - inTiers,
    load: owners === 0 ? null : round(load),
  };
}

const round = (percent: number) => Math.round(percent * 10) / 10;
