import fc from 'fast-check';
import { type Day, toDay } from '../calendar/day.js';
import { type DayOfMembership, type Evaluation, type Membership, membershipOfDay } from './membership.js';

const today = toDay('2026-04-15');
const before: Membership = { since: toDay('2026-03-01'), how: 'rule' };
const evaluate = (given: Partial<Evaluation<Membership>>) =>
  membershipOfDay({ member: null, leftOnDay: null, holds: true, isBaseline: false, ...given }, today);

describe('membership of a day', () => {
  it('begins where the rule holds for an account that was no member', () => {
    expect(evaluate({})).toEqual({ member: 'new', how: 'rule', event: 'entered', ended: null });
  });

  it('ends where the rule holds no longer, and says what ended', () => {
    expect(evaluate({ member: before, holds: false })).toEqual({
      member: null,
      how: 'rule',
      event: 'left',
      ended: before,
    });
  });

  it('goes on without an event', () => {
    expect(evaluate({ member: before })).toEqual({ member: before, how: 'rule', event: null, ended: null });
  });

  it('begins and ends without events under a new rule', () => {
    expect(evaluate({ isBaseline: true })).toMatchObject({ member: 'new', how: 'baseline', event: null });
    expect(evaluate({ isBaseline: true, member: before, holds: false })).toMatchObject({ member: null, event: null });
  });

  it('was never interrupted where an account left and came back on the same day', () => {
    expect(evaluate({ leftOnDay: before })).toEqual({ member: before, how: 'rule', event: null, ended: null });
  });

  it('never was where an account came and left on the same day', () => {
    const cameToday: Membership = { since: today, how: 'rule' };
    expect(evaluate({ member: cameToday, holds: false })).toMatchObject({ member: null, event: null, ended: null });
  });
});

/** What is stored after an evaluation, as the next run of the same day finds it. */
function stored(found: DayOfMembership<Membership>): Pick<Evaluation<Membership>, 'member' | 'leftOnDay'> {
  const member = found.member === 'new' ? { since: today, how: found.how } : found.member;
  return { member, leftOnDay: found.event === 'left' ? found.ended : null };
}

describe('laws of membership', () => {
  const anyMember = fc.option(
    fc.record({
      since: fc.integer({ min: today - 40, max: today }).map((day) => day as Day),
      how: fc.constantFrom('baseline' as const, 'rule' as const),
    }),
    { nil: null },
  );
  /** What began by its rule on the day itself never was once it ends, so only an older one or a baseline can have ended. */
  const anyEnded = anyMember.filter((member) => member === null || member.since < today || member.how === 'baseline');
  const runs = fc.array(fc.record({ holds: fc.boolean(), isBaseline: fc.boolean() }), { minLength: 1, maxLength: 5 });

  it('a day computed again is as one computed once, whatever its earlier runs saw', () => {
    fc.assert(
      fc.property(anyMember, fc.array(fc.boolean(), { maxLength: 5 }), fc.boolean(), (member, earlier, holds) => {
        const opening = { member: member && member.since < today ? member : null, leftOnDay: null };
        const once = membershipOfDay({ ...opening, holds, isBaseline: false }, today);
        let at: Pick<Evaluation<Membership>, 'member' | 'leftOnDay'> = opening;
        for (const seen of [...earlier, holds]) {
          at = stored(membershipOfDay({ ...at, holds: seen, isBaseline: false }, today));
        }
        const again = membershipOfDay({ ...at, holds, isBaseline: false }, today);
        expect(stored(again)).toEqual(stored(once));
        expect(again.event).toBe(once.event);
      }),
    );
  });

  it('an account is a member exactly where the rule holds', () => {
    fc.assert(
      fc.property(anyMember, anyEnded, runs, (member, leftOnDay, evaluations) => {
        let at = { member, leftOnDay };
        for (const evaluation of evaluations) {
          const found = membershipOfDay({ ...at, ...evaluation }, today);
          expect(found.member !== null).toBe(evaluation.holds);
          at = stored(found);
        }
      }),
    );
  });

  it('a baseline tells of nobody, and neither does the run after it', () => {
    fc.assert(
      fc.property(anyMember, anyEnded, fc.boolean(), (member, leftOnDay, holds) => {
        const found = membershipOfDay({ member, leftOnDay, holds, isBaseline: true }, today);
        expect(found.event).toBeNull();
        expect(membershipOfDay({ ...stored(found), holds, isBaseline: false }, today).event).toBeNull();
      }),
    );
  });
});
