import { MOVEMENTS, type Movement } from '@steward/shared/ledger';
import type { Ratio } from '@steward/shared/report-filters';
import type { Retention } from '@steward/shared/revenue-report';
import type { TierCell, TierRatio } from '@steward/shared/tier-performance';
import { meanOf, perCentOf } from './share.js';

/** Sums over accounts of a group and day, from which every figure of the reports is made. All of them add up. */
export interface LevelSums {
  /** Live accounts: on trial or customers. */
  accounts: number;
  customers: number;
  /** Over those of which it is known, `arrKnown`; minor units. */
  arrMinor: number;
  arrKnown: number;
  /** Points, over the `scored`. */
  scoreSum: number;
  scored: number;
  atRisk: number;
  watch: number;
  healthy: number;
  unknown: number;
  /** Active contacts and seats of the accounts of which both are known and seats are above 0. */
  contacts: number;
  seats: number;
  /** Per cent of the tracked features, over `breadthKnown`. */
  breadthSum: number;
  breadthKnown: number;
  touchExpected: number;
  touchKept: number;
  /** Of accounts of any status, in the month up to the day. */
  alerts: number;
  goalsAchieved: number;
  goalsMissed: number;
}

/** The accounts that paid at the start of a period, at both ends; minor units of MRR. */
export interface CohortSums {
  cohort: number;
  cohortStartMinor: number;
  /** Σ min(end, start) */
  cohortKeptMinor: number;
  cohortEndMinor: number;
  /** Those at 0 at the end. */
  cohortLost: number;
}

/** What moved in a month, over all accounts. */
export interface MovementSums {
  startMinor: number;
  endMinor: number;
  /** Accounts that pay at the end. */
  paying: number;
  /** In the order of MOVEMENTS. */
  moved: readonly number[];
  movedMinor: readonly number[];
}

export const NO_LEVEL: LevelSums = {
  accounts: 0,
  customers: 0,
  arrMinor: 0,
  arrKnown: 0,
  scoreSum: 0,
  scored: 0,
  atRisk: 0,
  watch: 0,
  healthy: 0,
  unknown: 0,
  contacts: 0,
  seats: 0,
  breadthSum: 0,
  breadthKnown: 0,
  touchExpected: 0,
  touchKept: 0,
  alerts: 0,
  goalsAchieved: 0,
  goalsMissed: 0,
};

export const NO_COHORT: CohortSums = {
  cohort: 0,
  cohortStartMinor: 0,
  cohortKeptMinor: 0,
  cohortEndMinor: 0,
  cohortLost: 0,
};

export const NO_MOVEMENT: MovementSums = {
  startMinor: 0,
  endMinor: 0,
  paying: 0,
  moved: MOVEMENTS.map(() => 0),
  movedMinor: MOVEMENTS.map(() => 0),
};

/** Adds sums of the same shape, number by number. */
export function added<Sums extends LevelSums | CohortSums>(sums: readonly Sums[], none: Sums): Sums {
  const total: Record<string, number> = { ...none };
  for (const each of sums) {
    for (const key of Object.keys(none))
      total[key] = (total[key] ?? 0) + (each as unknown as Record<string, number>)[key]!;
  }
  return total as unknown as Sums;
}

/** part ÷ of, times `scale`, to 0.01; null: `of` is 0. */
export function ratio(part: number, of: number, scale: 1 | 100 = 100): Ratio {
  return { value: scale === 100 ? perCentOf(part, of) : meanOf(part, of), part, of };
}

/** GRR = Σ min(end, start) / Σ start of the start cohort, per cent, at most 100; null: nobody paid at the start. */
export const grossRetentionOf = (sums: CohortSums): Ratio => ratio(sums.cohortKeptMinor, sums.cohortStartMinor);

/** NRR = Σ end / Σ start of the start cohort, per cent, 0 and more; null: nobody paid at the start. */
export const netRetentionOf = (sums: CohortSums): Ratio => ratio(sums.cohortEndMinor, sums.cohortStartMinor);

/** Logo churn = accounts at 0 ÷ accounts of the start cohort, per cent, 0–100; null: nobody paid at the start. */
export const logoChurnOf = (sums: CohortSums): Ratio => ratio(sums.cohortLost, sums.cohort);

/** Every ratio of tier performance (product definition: Managers), each null where it has no accounts to speak of. */
export function tierRatios(level: LevelSums, year: CohortSums): Record<TierRatio, Ratio> {
  return {
    // Σ score / scored accounts, 0–100 points.
    meanScore: ratio(level.scoreSum, level.scored, 1),
    // Accounts of the band / live accounts, per cent.
    atRisk: ratio(level.atRisk, level.accounts),
    watch: ratio(level.watch, level.accounts),
    healthy: ratio(level.healthy, level.accounts),
    unknown: ratio(level.unknown, level.accounts),
    // Σ active contacts / Σ seats, per cent; may exceed 100.
    contactsPerSeat: ratio(level.contacts, level.seats),
    // Σ breadth / accounts with a breadth, per cent, 0–100.
    breadth: ratio(level.breadthSum, level.breadthKnown, 1),
    // Accounts whose last touch lies within the tier's cadence / accounts with a cadence and a touch source, per cent.
    touchCoverage: ratio(level.touchKept, level.touchExpected),
    // Alerts opened in the month / live accounts.
    alertsPerAccount: ratio(level.alerts, level.accounts, 1),
    // Goals achieved / goals achieved or missed in the month, per cent.
    goalSuccess: ratio(level.goalsAchieved, level.goalsAchieved + level.goalsMissed),
    grossRetention: grossRetentionOf(year),
    netRetention: netRetentionOf(year),
    logoChurn: logoChurnOf(year),
  };
}

export function tierCell(tier: string | null, level: LevelSums, year: CohortSums): TierCell {
  return {
    tier,
    accounts: level.accounts,
    customers: level.customers,
    arrMinor: level.arrKnown === 0 ? null : level.arrMinor,
    ratios: tierRatios(level, year),
  };
}

/** The start cohort at both ends, with its retention. */
export function retentionOf(sums: CohortSums): Retention {
  return {
    accounts: sums.cohort,
    startMinor: sums.cohortStartMinor,
    keptMinor: sums.cohortKeptMinor,
    endMinor: sums.cohortEndMinor,
    lostAccounts: sums.cohortLost,
    grossRetention: grossRetentionOf(sums).value,
    netRetention: netRetentionOf(sums).value,
    logoChurn: logoChurnOf(sums).value,
  };
}

/** The five movements of a month by name. */
export function movementsOf(sums: MovementSums): Record<Movement, { accounts: number; amountMinor: number }> {
  const named = MOVEMENTS.map((movement, index) => [
    movement,
    { accounts: sums.moved[index] ?? 0, amountMinor: sums.movedMinor[index] ?? 0 },
  ]);
  return Object.fromEntries(named) as Record<Movement, { accounts: number; amountMinor: number }>;
}

/** An account at both ends of a period as sums of one; nothing where it did not pay at the start. */
export function cohortOf({ startMinor, endMinor }: { startMinor: number; endMinor: number }): CohortSums {
  if (startMinor <= 0) return NO_COHORT;
  return {
    cohort: 1,
    cohortStartMinor: startMinor,
    cohortKeptMinor: Math.min(startMinor, endMinor),
    cohortEndMinor: endMinor,
    cohortLost: endMinor === 0 ? 1 : 0,
  };
}
