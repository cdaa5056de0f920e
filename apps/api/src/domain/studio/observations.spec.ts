import fc from 'fast-check';
import type { Day } from '../calendar/day.js';
import { anObservation, MONTH_ENDS, observationsOf } from './observations.factory.js';
import { hasOutcome, monthsBetween, ObservationsBuilder, seenMonths } from './observations.js';

const rowsOf = (of: ReturnType<typeof observationsOf>) =>
  Array.from({ length: of.size }, (_, at) => ({
    account: of.account[at],
    month: of.month[at],
    score: of.score[at],
    points: of.measures.map((column) => column[at]),
    came: hasOutcome(of, at),
  }));

const months = fc
  .array(fc.array(fc.record({ account: fc.nat({ max: 3_000 }), score: fc.nat({ max: 100 }) }), { maxLength: 30 }), {
    minLength: 1,
    maxLength: MONTH_ENDS.length,
  })
  .map((each) => each.flatMap((seen, month) => seen.map((one) => ({ ...one, month, points: [one.score, null] }))));

describe('observations', () => {
  it('keep what was added, in hundredths, however many there are', () => {
    const many = Array.from({ length: 5_000 }, (_, n) => ({
      account: n % 700,
      month: Math.floor(n / 700),
      score: n % 101,
      points: [n % 7 === 0 ? null : (n % 1_000) / 10],
      outcomeDay: n % 11 === 0 ? ((MONTH_ENDS[Math.floor(n / 700)]! + 40) as Day) : null,
    }));
    const kept = observationsOf(many);
    expect(kept).toMatchObject({ size: 5_000, accounts: 700 });
    expect(rowsOf(kept)).toEqual(
      many.map(({ account, month, score, points: [points], outcomeDay }) => ({
        account,
        month,
        score: score * 100,
        points: [points === null ? -1 : Math.round(points! * 100)],
        came: outcomeDay !== null,
      })),
    );
  });

  it('of some month-ends are those that were added for them', () => {
    fc.assert(
      fc.property(months, fc.nat({ max: 12 }), fc.nat({ max: 12 }), (seen, a, b) => {
        const [first, end] = [Math.min(a, b), Math.max(a, b)];
        const part = monthsBetween(observationsOf(seen), first, end);
        const own = seen.filter(({ month }) => month >= first && month < end);
        expect(rowsOf(part).map(({ account, month }) => [account, month])).toEqual(
          own.map(({ account, month }) => [account, month]),
        );
        expect(seenMonths(part)).toEqual([...new Set(own.map(({ month }) => month))]);
        // A part of a part is the part of both.
        expect(rowsOf(monthsBetween(part, first, MONTH_ENDS.length))).toEqual(rowsOf(part));
      }),
    );
  });

  it('of a month-end that is begun again are forgotten', () => {
    const builder = new ObservationsBuilder(MONTH_ENDS, 0);
    builder.beginMonth(0);
    builder.add(anObservation({ account: 1 }));
    builder.beginMonth(1);
    builder.add(anObservation({ account: 2, month: 1 }));
    builder.beginMonth(1);
    builder.add(anObservation({ account: 3, month: 1 }));
    expect(rowsOf(builder.done()).map(({ account, month }) => [account, month])).toEqual([
      [1, 0],
      [3, 1],
    ]);
    expect(() => builder.beginMonth(0)).toThrow('month by month');
  });
});
