import type { Band } from '@steward/shared/common';
import { BANDS } from '@steward/shared/common';
import type { DraftEffect } from '@steward/shared/health-studio';

/** How an account stands on one side of the comparison. */
export interface Standing {
  /** Place of the profile that scores it, in the order of that side. */
  profile: number;
  score: number | null;
  band: Band;
  /** In percent; null: none of the profile's measures is connected. */
  coverage: number | null;
}

export interface ChangedStanding {
  accountId: string;
  arrMinor: number | null;
  before: Standing;
  after: Standing;
}

const HISTOGRAM_STEP = 5;
const STEPS = 100 / HISTOGRAM_STEP;

interface Sums {
  accounts: number;
  arrMinor: number | null;
}

const noSums = (): Sums => ({ accounts: 0, arrMinor: null });

function add(sums: Sums, arrMinor: number | null): void {
  sums.accounts += 1;
  if (arrMinor !== null) sums.arrMinor = (sums.arrMinor ?? 0) + arrMinor;
}

/** One side: how many are scored, how high, by steps. */
class Side {
  readonly steps = new Array<number>(STEPS).fill(0);
  readonly bands = new Map<Band, Sums>(BANDS.map((band) => [band, noSums()]));
  private scored = 0;
  private unknown = 0;
  private scores = 0;
  private coverages = 0;
  private covered = 0;

  take({ score, band, coverage }: Standing, arrMinor: number | null): void {
    add(this.bands.get(band)!, arrMinor);
    if (coverage !== null) {
      this.coverages += coverage;
      this.covered += 1;
    }
    if (score === null) {
      this.unknown += 1;
      return;
    }
    this.scored += 1;
    this.scores += score;
    this.steps[Math.min(STEPS - 1, Math.floor(score / HISTOGRAM_STEP))]! += 1;
  }

  get standing(): DraftEffect['before'] {
    return {
      scored: this.scored,
      unknown: this.unknown,
      mean: this.scored === 0 ? null : this.scores / this.scored,
      coverage: this.covered === 0 ? null : this.coverages / this.covered,
    };
  }
}

/**
 * Adds up what a draft makes of accounts: how many stand where before and after, by score and by band, and who changes
 * band. Means are null over nobody. Every account is in one pair of bands, so the pairs add up to both sides.
 */
export class EffectTally {
  private accounts = 0;
  private changedProfile = 0;
  private readonly before = new Side();
  private readonly after = new Side();
  private readonly moves = new Map<string, Sums & { from: Band; to: Band }>();
  readonly changed: ChangedStanding[] = [];

  /** @param sameProfile whether the same profile scores it on both sides, the draft standing for the one it replaces */
  take(account: ChangedStanding, sameProfile: boolean): void {
    const { before, after, arrMinor } = account;
    this.accounts += 1;
    if (!sameProfile) this.changedProfile += 1;
    this.before.take(before, arrMinor);
    this.after.take(after, arrMinor);
    const key = `${before.band} ${after.band}`;
    const move = this.moves.get(key) ?? { from: before.band, to: after.band, ...noSums() };
    this.moves.set(key, move);
    add(move, arrMinor);
    if (before.band !== after.band) this.changed.push(account);
  }

  get figures(): Pick<
    DraftEffect,
    'accounts' | 'changedProfile' | 'before' | 'after' | 'histogram' | 'bands' | 'moves'
  > {
    const order = (band: Band) => BANDS.indexOf(band);
    return {
      accounts: this.accounts,
      changedProfile: this.changedProfile,
      before: this.before.standing,
      after: this.after.standing,
      histogram: this.before.steps.map((before, step) => ({
        from: step * HISTOGRAM_STEP,
        to: (step + 1) * HISTOGRAM_STEP,
        before,
        after: this.after.steps[step]!,
      })),
      bands: BANDS.map((band) => ({ band, before: this.before.bands.get(band)!, after: this.after.bands.get(band)! })),
      moves: [...this.moves.values()].sort((a, b) => order(a.from) - order(b.from) || order(a.to) - order(b.to)),
    };
  }
}

/** Largest ARR first, unknown ARR last; ties by account, so that pages never overlap. */
export function byArr(a: ChangedStanding, b: ChangedStanding): number {
  const [left, right] = [a.arrMinor ?? -1, b.arrMinor ?? -1];
  if (left !== right) return right - left;
  return a.accountId < b.accountId ? -1 : Number(a.accountId > b.accountId);
}

/** ARR of accounts together; null: none is known. */
export function arrOf(accounts: readonly { arrMinor: number | null }[]): number | null {
  return accounts.reduce<number | null>((sum, { arrMinor }) => (arrMinor === null ? sum : (sum ?? 0) + arrMinor), null);
}
