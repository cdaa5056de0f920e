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

/** Whose accounts are held against the targets, and of how many owners: whole books of theirs. */
export interface Loading {
  groups: readonly BookGroup[];
  owners: number;
}

/**
 * A book of accounts: how many, their ARR, bands and mean score (to 0.01; null: none is scored), and how full it is.
 * Load of a tier = its counted accounts ÷ (target accounts an owner × owners) × 100; of the book: the sum over the tiers,
 * 100 is full; null, as the targets: without an owner there is nobody to be loaded.
 */
export function bookOf(groups: readonly BookGroup[], tiers: readonly TierTarget[], loading: Loading): Book {
  const { owners } = loading;
  const loads = tiers.map(({ key, targetAccounts }) => {
    const ofTier = (all: readonly BookGroup[]) => sum(all.filter(({ tier }) => tier === key)).accounts;
    const counted = owners === 0 ? 0 : ofTier(loading.groups);
    const target = targetAccounts * owners;
    const load = target === 0 ? 0 : (counted / target) * 100;
    return { tier: key, accounts: ofTier(groups), counted, target, load };
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
    tiers: loads.map((each) =>
      owners === 0 ? { ...each, target: null, load: null } : { ...each, load: round(each.load) },
    ),
    noTier: whole.accounts - inTiers,
    load: owners === 0 ? null : round(load),
  };
}

const round = (percent: number) => Math.round(percent * 10) / 10;
