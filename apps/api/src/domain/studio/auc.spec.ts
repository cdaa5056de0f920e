import fc from 'fast-check';
import { randomOf } from '../sample/random.js';
import { aucDifference, aucOf, aucWithInterval, type Ranked } from './auc.js';

interface Row {
  points: number | null;
  came: boolean;
  account?: number;
}

function rankedOf(rows: readonly Row[]): Ranked {
  return {
    points: Int16Array.from(rows, ({ points }) => (points === null ? -1 : Math.round(points * 100))),
    hasOutcome: (at) => rows[at]!.came,
    account: Int32Array.from(rows, ({ account }, at) => account ?? at),
    accounts: rows.length,
  };
}

/** By counting pairs. */
function auOfPairs(rows: readonly Row[]): number | null {
  const known = rows.filter((row) => row.points !== null);
  const [events, others] = [known.filter(({ came }) => came), known.filter(({ came }) => !came)];
  if (events.length === 0 || others.length === 0) return null;
  let wins = 0;
  for (const event of events) {
    for (const other of others) {
      if (event.points! < other.points!) wins += 1;
      if (event.points === other.points) wins += 0.5;
    }
  }
  return wins / (events.length * others.length);
}

const rows = fc.array(
  fc.record({ points: fc.option(fc.integer({ min: 0, max: 100 })), came: fc.boolean(), account: fc.nat({ max: 9 }) }),
  { minLength: 1, maxLength: 60 },
);

describe('how well low points come before the outcome', () => {
  it('counts pairs, ties half', () => {
    const seen = [
      { points: 10, came: true },
      { points: 40, came: true },
      { points: 20, came: false },
      { points: 40, came: false },
    ];
    expect(aucOf(rankedOf(seen))).toBe(0.625);
  });

  it('is the share of pairs that are in the right order, whatever the rows', () => {
    fc.assert(
      fc.property(rows, (seen) => {
        const [found, expected] = [aucOf(rankedOf(seen)), auOfPairs(seen)];
        if (expected === null) expect(found).toBeNull();
        else expect(found).toBeCloseTo(expected, 10);
      }),
    );
  });

  it('is 1 less itself when the outcome is turned around', () => {
    fc.assert(
      fc.property(rows, (seen) => {
        const auc = aucOf(rankedOf(seen));
        const turned = aucOf(rankedOf(seen.map((row) => ({ ...row, came: !row.came }))));
        if (auc === null) expect(turned).toBeNull();
        else expect(turned).toBeCloseTo(1 - auc, 10);
      }),
    );
  });

  it('tells nothing without the outcome, with nothing but the outcome, or with nothing known', () => {
    expect(aucWithInterval(rankedOf([]))).toBeNull();
    expect(aucWithInterval(rankedOf([{ points: 5, came: true }]))).toBeNull();
    expect(aucWithInterval(rankedOf([{ points: 5, came: false }]))).toBeNull();
    expect(
      aucWithInterval(
        rankedOf([
          { points: null, came: true },
          { points: null, came: false },
        ]),
      ),
    ).toBeNull();
  });

  it('has an interval that holds it and stays within 0 and 1', () => {
    fc.assert(
      fc.property(rows, (seen) => {
        const found = aucWithInterval(rankedOf(seen));
        if (found === null) return;
        expect(found.low).toBeGreaterThanOrEqual(0);
        expect(found.high).toBeLessThanOrEqual(1);
        expect(found.low).toBeLessThanOrEqual(found.value);
        expect(found.high).toBeGreaterThanOrEqual(found.value);
      }),
    );
  });

  it('is not sure of a perfect separation of few accounts', () => {
    const seen = [1, 2, 3].flatMap((points) => [
      { points, came: true },
      { points: points + 50, came: false },
    ]);
    const found = aucWithInterval(rankedOf(seen))!;
    expect(found.value).toBe(1);
    expect(found.low).toBeLessThan(0.6);
  });

  it('says that nothing is certain with one account of a kind', () => {
    const seen = [
      { points: 1, came: true },
      { points: 2, came: false },
      { points: 3, came: false },
    ];
    expect(aucWithInterval(rankedOf(seen))).toEqual({ value: 1, low: 0, high: 1 });
  });

  it('is unsurer where the same accounts are seen again and again', () => {
    const random = randomOf('repeated');
    const once = Array.from({ length: 60 }, (_, account): Row => {
      const came = account < 20;
      return { points: random.between(0, came ? 80 : 100), came, account };
    });
    const sixTimes = Array.from({ length: 6 }, () => once).flat();
    const [single, repeated] = [aucWithInterval(rankedOf(once))!, aucWithInterval(rankedOf(sixTimes))!];
    expect(repeated.value).toBeCloseTo(single.value, 10);
    // The same accounts six times over are no more than once.
    expect(repeated.high - repeated.low).toBeCloseTo(single.high - single.low, 6);
  });

  it('has an interval about as wide as drawing accounts anew makes it', () => {
    const random = randomOf('bootstrap');
    const seen = Array.from({ length: 400 }, (_, at): Row => {
      const account = Math.floor(at / 4);
      const nature = randomOf('nature', account).next();
      return {
        points: Math.round(100 * (0.5 * nature + 0.5 * random.next())),
        came: random.chance(0.4 - 0.35 * nature),
        account,
      };
    });
    const byAccount = Array.from({ length: 100 }, (_, account) => seen.filter((row) => row.account === account));
    const drawn = Array.from({ length: 600 }, () =>
      aucOf(
        rankedOf(
          byAccount
            .flatMap(() => byAccount[random.between(0, 99)]!)
            .map((row) => ({ points: row.points, came: row.came })),
        ),
      ),
    ).flatMap((auc) => (auc === null ? [] : [auc]));
    drawn.sort((a, b) => a - b);
    const found = aucWithInterval(rankedOf(seen))!;
    const width = drawn[Math.floor(0.975 * drawn.length)]! - drawn[Math.floor(0.025 * drawn.length)]!;
    expect((found.high - found.low) / width).toBeGreaterThan(0.85);
    expect((found.high - found.low) / width).toBeLessThan(1.2);
  });

  it('holds 0.5 about 95 times in 100 where outcomes are dealt by chance', () => {
    let held = 0;
    for (let trial = 0; trial < 300; trial += 1) {
      const random = randomOf('shuffled', trial);
      const seen = Array.from({ length: 240 }, (_, at) => ({
        points: random.between(0, 100),
        came: random.chance(0.15),
        account: Math.floor(at / 3),
      }));
      const { low, high } = aucWithInterval(rankedOf(seen))!;
      if (low <= 0.5 && high >= 0.5) held += 1;
    }
    expect(held / 300).toBeGreaterThan(0.91);
    expect(held / 300).toBeLessThan(0.99);
  });
});

describe('the difference of two', () => {
  const random = randomOf('paired');
  const seen = Array.from({ length: 300 }, (_, at): Row & { worse: number } => {
    const came = random.chance(0.2);
    const points = random.between(0, came ? 60 : 100);
    return { points, worse: Math.round(points * 0.3 + 70 * random.next()), came, account: Math.floor(at / 3) };
  });

  it('is nothing, surely, between a score and itself', () => {
    const own = rankedOf(seen);
    expect(aucDifference(own, own)).toEqual({ value: 0, low: 0, high: 0 });
  });

  it('is surer than two intervals apart, because both see the same accounts', () => {
    const [worse, better] = [rankedOf(seen.map((row) => ({ ...row, points: row.worse }))), rankedOf(seen)];
    const found = aucDifference(worse, better)!;
    expect(found.value).toBeCloseTo(aucOf(better)! - aucOf(worse)!, 10);
    const apart = [worse, better].map((each) => aucWithInterval(each)!).map(({ low, high }) => high - low);
    expect(found.high - found.low).toBeLessThan(Math.hypot(apart[0]!, apart[1]!));
  });

  it('compares what both know only', () => {
    const half = seen.map((row, at) => ({ ...row, points: at % 2 === 0 ? row.points : null }));
    const known = seen.filter((_, at) => at % 2 === 0);
    const found = aucDifference(rankedOf(half), rankedOf(seen))!;
    expect(found.value).toBeCloseTo(aucOf(rankedOf(known))! - aucOf(rankedOf(known))!, 10);
  });
});
