import fc from 'fast-check';
import { addDays, type Day, toDay } from '../calendar/day.js';
import { comparableRing, healthChangeOver, trendOfRing } from './health-memory.js';
import {
  type AccountState,
  type DayResult,
  FIRST_OPENING,
  type Opening,
  openDay,
  RING_DAYS,
  sinceOf,
} from './memory.js';

const start = toDay('2026-03-01');

function result(overrides: Partial<DayResult> = {}): DayResult {
  return {
    score: 70,
    band: 'watch',
    bandSince: start,
    tier: 'T1',
    rawTier: 'T1',
    tierSince: start,
    stage: 'adoption',
    stageSince: start,
    healthVersionId: 1,
    signals: [],
    limits: [],
    status: 'customer',
    modelChange: 0,
    ...overrides,
  };
}

/** A stand-in for the pipeline: what a day finds depends on its opening and on that day's fact only. */
function run(previous: AccountState | null, day: Day, fact: number): AccountState {
  const opening = openDay(previous, day);
  const before = opening.scoreRing.reduce<number>((sum, score) => sum + (score ?? 0), 0);
  const band = fact % 3 === 0 ? 'at_risk' : 'watch';
  const found = result({
    score: (fact * 7 + Math.round(before)) % 101,
    band,
    bandSince: sinceOf(opening.band, opening.bandSince, band, day),
    rawTier: `T${(fact % 4) + 1}`,
    modelChange: fact % 5 === 0 ? -1 : 0,
  });
  return { day, opening, result: found };
}

describe('what one day hands to the next', () => {
  it('a first day starts from nothing', () => {
    expect(openDay(null, start)).toBe(FIRST_OPENING);
    expect(FIRST_OPENING.scoreRing).toHaveLength(RING_DAYS);
  });

  it('the next day starts from what the day before found', () => {
    const state: AccountState = {
      day: start,
      opening: FIRST_OPENING,
      result: result({ score: 64.5, modelChange: -2 }),
    };
    const opening = openDay(state, addDays(start, 1));
    expect(opening).toMatchObject({ score: 64.5, band: 'watch', tier: 'T1', stage: 'adoption', status: 'customer' });
    expect(opening.scoreRing.at(-1)).toBe(64.5);
    expect(opening.modelChangeRing.at(-1)).toBe(-2);
    expect(opening.rawTierRing.slice(-2)).toEqual([null, 'T1']);
  });

  it('days that were skipped stand in the rings without a value', () => {
    const state: AccountState = { day: start, opening: FIRST_OPENING, result: result() };
    expect(openDay(state, addDays(start, 3)).scoreRing.slice(-3)).toEqual([70, null, null]);
    expect(openDay(state, addDays(start, 90)).scoreRing.every((score) => score === null)).toBe(true);
  });

  it('an earlier day cannot be opened from a later state', () => {
    const state: AccountState = { day: start, opening: FIRST_OPENING, result: result() };
    expect(() => openDay(state, addDays(start, -1))).toThrow(RangeError);
  });

  it('running a day twice is running it once, with every later day the same', () => {
    const facts = fc.array(fc.record({ fact: fc.nat(50), again: fc.array(fc.nat(50), { maxLength: 3 }) }), {
      minLength: 1,
      maxLength: 45,
    });
    fc.assert(
      fc.property(facts, (days) => {
        let once: AccountState | null = null;
        let often: AccountState | null = null;
        days.forEach(({ fact, again }, i) => {
          const day = addDays(start, i);
          once = run(once, day, fact);
          // Earlier runs of the day knew other facts; only the last one counts.
          for (const other of again) often = run(often, day, other);
          often = run(often, day, fact);
          often = run(often, day, fact);
          expect(often).toEqual(once);
        });
      }),
    );
  });

  it('since stands while the value stands', () => {
    expect(sinceOf('watch', start, 'watch', addDays(start, 9))).toBe(start);
    expect(sinceOf('watch', start, 'healthy', addDays(start, 9))).toBe(addDays(start, 9));
    expect(sinceOf(null, null, 'healthy', start)).toBe(start);
    expect(sinceOf('watch', start, null, addDays(start, 9))).toBeNull();
  });
});

describe('health over the days kept', () => {
  const opening = (scores: (number | null)[], changes: number[] = scores.map(() => 0)): Opening => ({
    ...FIRST_OPENING,
    scoreRing: scores,
    modelChangeRing: changes,
  });

  it('changes over 30 days are counted from the score 30 days ago', () => {
    const ring = comparableRing(opening([80, ...new Array<number>(29).fill(50)]), 62.5, 0);
    expect(healthChangeOver(ring, 30)).toBe(-17.5);
    expect(healthChangeOver(ring, 14)).toBe(12.5);
  });

  it('leave out what a new profile version made: 80 → 64, of which model −16', () => {
    const changes = new Array<number>(30).fill(0);
    changes[10] = -16;
    const scores = Array.from({ length: 30 }, (_, i) => (i < 10 ? 80 : 64));
    const ring = comparableRing(opening(scores, changes), 64, 0);
    expect(healthChangeOver(ring, 30)).toBe(0);
    expect(trendOfRing(ring)).toBe('flat');
  });

  it('are not known without both scores', () => {
    expect(healthChangeOver(comparableRing(FIRST_OPENING, 70, 0), 30)).toBeNull();
    expect(healthChangeOver(comparableRing(opening(new Array<number>(30).fill(50)), null, 0), 30)).toBeNull();
  });
});
