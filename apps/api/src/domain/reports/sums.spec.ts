import fc from 'fast-check';
import {
  added,
  type CohortSums,
  cohortOf,
  grossRetentionOf,
  logoChurnOf,
  NO_COHORT,
  NO_LEVEL,
  netRetentionOf,
  ratio,
  retentionOf,
  tierCell,
} from './sums.js';

const cohort = (...ends: [number, number][]): CohortSums =>
  added(
    ends.map(([startMinor, endMinor]) => cohortOf({ startMinor, endMinor })),
    NO_COHORT,
  );

describe('a ratio', () => {
  it('is known only over something', () => {
    expect(ratio(0, 0)).toEqual({ value: null, part: 0, of: 0 });
    expect(ratio(1, 3)).toEqual({ value: 33.33, part: 1, of: 3 });
    expect(ratio(7, 2, 1).value).toBe(3.5);
  });
});

describe('retention', () => {
  it('keeps at most what an account began with, and counts who is gone', () => {
    // 100 grew to 150, 200 shrank to 120, 50 left; one that came later is in no cohort.
    const sums = cohort([100, 150], [200, 120], [50, 0], [0, 90]);
    expect(retentionOf(sums)).toEqual({
      accounts: 3,
      startMinor: 350,
      keptMinor: 220,
      endMinor: 270,
      lostAccounts: 1,
      grossRetention: 62.86,
      netRetention: 77.14,
      logoChurn: 33.33,
    });
  });

  it('is not known of nobody', () => {
    expect(retentionOf(cohort())).toMatchObject({ grossRetention: null, netRetention: null, logoChurn: null });
    expect(retentionOf(cohort([0, 10], [-5, 0]))).toMatchObject({ accounts: 0, netRetention: null });
  });

  it('is whole where nobody left, and nothing where everybody did', () => {
    expect(retentionOf(cohort([100, 100], [7, 7]))).toMatchObject({ grossRetention: 100, logoChurn: 0 });
    expect(retentionOf(cohort([100, 0], [7, 0]))).toMatchObject({ netRetention: 0, grossRetention: 0, logoChurn: 100 });
  });

  const ends = fc.array(fc.tuple(fc.integer({ min: -50, max: 9_999 }), fc.integer({ min: 0, max: 9_999 })), {
    maxLength: 30,
  });

  it('is gross at most net and at most whole, whoever comes and goes', () => {
    fc.assert(
      fc.property(ends, (accounts) => {
        const sums = cohort(...accounts);
        const [gross, net] = [grossRetentionOf(sums).value, netRetentionOf(sums).value];
        if (gross === null || net === null) return gross === net && logoChurnOf(sums).value === null;
        return gross <= 100 && gross <= net + 0.01 && gross >= 0;
      }),
    );
  });

  it('adds up: the sums of two groups are those of all', () => {
    fc.assert(
      fc.property(ends, ends, (some, others) => {
        expect(added([cohort(...some), cohort(...others)], NO_COHORT)).toEqual(cohort(...some, ...others));
      }),
    );
  });
});

describe('a tier without accounts', () => {
  it('has no ratio and no ARR', () => {
    const cell = tierCell('T4', NO_LEVEL, NO_COHORT);
    expect(cell).toMatchObject({ accounts: 0, customers: 0, arrMinor: null });
    expect(Object.values(cell.ratios).every(({ value }) => value === null)).toBe(true);
  });

  it('tells what is known where only some is', () => {
    const level = {
      ...NO_LEVEL,
      accounts: 4,
      atRisk: 1,
      scored: 2,
      scoreSum: 150.5,
      alerts: 6,
      goalsAchieved: 1,
      goalsMissed: 2,
    };
    const { ratios } = tierCell('T1', level, NO_COHORT);
    expect(ratios.meanScore.value).toBe(75.25);
    expect(ratios.atRisk.value).toBe(25);
    expect(ratios.alertsPerAccount.value).toBe(1.5);
    expect(ratios.goalSuccess.value).toBe(33.33);
    expect(ratios.contactsPerSeat.value).toBeNull();
  });
});
