import fc from 'fast-check';
import { addDays, type Day, toDay } from '../calendar/day.js';
import { aGoal, someTasks } from './goal.factory.js';
import { type DayOfGoal, type GoalChange, goalOfDay, type LiveGoal, type Seen } from './goal-of-day.js';

const target = { op: 'gte', value: 90 } as const;
const at = (value: number | null): Seen => ({ kind: 'signal', target, value });
const closed = (day: string | Day): DayOfGoal => ({
  day: typeof day === 'string' ? toDay(day) : day,
  isComplete: true,
  isStopped: false,
});
const running = (day: string): DayOfGoal => ({ ...closed(day), isComplete: false });
const isLive = (status: string) => ['notStarted', 'inProgress', 'atRisk'].includes(status);
const after = (goal: LiveGoal, change: GoalChange): LiveGoal => ({ ...goal, ...change }) as LiveGoal;

describe('a goal on a day', () => {
  it('waits for its start, then begins with the first value that is known', () => {
    const waiting = aGoal({ status: 'notStarted', baseline: null, value: null, progress: null });
    expect(goalOfDay(waiting, at(40), someTasks(), closed('2026-02-28'))).toEqual({ change: {}, news: [] });
    expect(goalOfDay(waiting, at(null), someTasks(), closed('2026-03-01'))).toEqual({
      change: { status: 'inProgress' },
      news: ['began'],
    });
    expect(goalOfDay({ ...waiting, status: 'inProgress' }, at(42), someTasks(), closed('2026-03-03'))).toEqual({
      change: { value: 42, baseline: 42, progress: 0 },
      news: ['baseline'],
    });
  });

  it('is at risk 20 points behind the straight line, and not a hair before', () => {
    // Day 50 of 100: the line is at 50 %, so up to 30 % is behind. 40 → 90, so 55 is 30 %.
    const day = closed('2026-04-20');
    expect(goalOfDay(aGoal(), at(55), someTasks(), day)).toEqual({
      change: { value: 55, progress: 0.3, status: 'atRisk', atRiskReason: 'behind' },
      news: ['atRisk'],
    });
    expect(goalOfDay(aGoal(), at(55.1), someTasks(), day).change.status).toBeUndefined();
  });

  it('has its first fifth of the time to itself', () => {
    expect(goalOfDay(aGoal(), at(40), someTasks(), closed('2026-03-21'))).toEqual({ change: {}, news: [] });
    expect(goalOfDay(aGoal(), at(40), someTasks(), closed('2026-03-22')).change.status).toBe('atRisk');
  });

  it('is at risk when a required task is 7 days overdue, and on track when it is done', () => {
    const late = goalOfDay(aGoal(), at(40), someTasks({ daysOverdue: 7 }), closed('2026-03-10'));
    expect(late.change).toEqual({ status: 'atRisk', atRiskReason: 'taskOverdue' });
    expect(goalOfDay(aGoal(), at(40), someTasks({ daysOverdue: 6 }), closed('2026-03-10')).change).toEqual({});
    const back = goalOfDay(after(aGoal(), late.change), at(40), someTasks(), closed('2026-03-11'));
    expect(back).toEqual({ change: { status: 'inProgress', atRiskReason: null }, news: ['onTrack'] });
  });

  it('is achieved when its target holds on two closed days on end', () => {
    const first = goalOfDay(aGoal(), at(90), someTasks(), closed('2026-03-10'));
    expect(first.change).toEqual({ value: 90, progress: 1, metSinceDay: toDay('2026-03-10') });
    const goal = after(aGoal(), first.change);
    expect(goalOfDay(goal, at(90), someTasks(), running('2026-03-11')).change).toEqual({});
    expect(goalOfDay(goal, at(90), someTasks(), closed('2026-03-11'))).toEqual({
      change: { status: 'achieved', outcomeReason: 'targetReached' },
      news: ['achieved'],
    });
  });

  it('counts anew after a day on which the target did not hold, was not known, or was left out', () => {
    const goal = aGoal({ metSinceDay: toDay('2026-03-10'), value: 90, progress: 1 });
    expect(goalOfDay(goal, at(89), someTasks(), closed('2026-03-11')).change.metSinceDay).toBeNull();
    expect(goalOfDay(goal, at(null), someTasks(), closed('2026-03-11')).change.metSinceDay).toBeNull();
    expect(goalOfDay(goal, at(90), someTasks(), closed('2026-03-12')).change.metSinceDay).toBe(toDay('2026-03-12'));
  });

  it('is missed on the day after it was due', () => {
    expect(goalOfDay(aGoal(), at(40), someTasks(), running('2026-06-09')).news).not.toContain('missed');
    expect(goalOfDay(aGoal(), at(40), someTasks(), running('2026-06-10')).change.status).toBe('missed');
  });

  it('may prove on the day after what it reached on the last', () => {
    const proving = aGoal({ metSinceDay: toDay('2026-06-09'), value: 90, progress: 1 });
    expect(goalOfDay(proving, at(90), someTasks(), running('2026-06-10')).change.status).toBeUndefined();
    expect(goalOfDay(proving, at(90), someTasks(), closed('2026-06-10')).change.status).toBe('achieved');
    expect(goalOfDay(proving, at(80), someTasks(), closed('2026-06-10')).change.status).toBe('missed');
  });

  it('is achieved at once by a deal that was won, and by required tasks that were done', () => {
    expect(goalOfDay(aGoal(), { kind: 'deal', isWon: true }, someTasks(), running('2026-03-05')).news).toEqual([
      'achieved',
    ]);
    const done = someTasks({ required: 2, requiredDone: 2 });
    expect(goalOfDay(aGoal(), { kind: 'tasks' }, done, running('2026-03-05')).change).toMatchObject({
      status: 'achieved',
      progress: 1,
    });
    const half = goalOfDay(aGoal(), { kind: 'tasks' }, someTasks({ requiredDone: 1 }), running('2026-03-05'));
    expect(half.change).toEqual({ progress: 0.5 });
  });

  it('is cancelled where what started it has ceased', () => {
    const stopped = { ...running('2026-03-05'), isStopped: true };
    expect(goalOfDay(aGoal(), at(90), someTasks(), stopped)).toEqual({
      change: { status: 'cancelled', outcomeReason: 'conditionStopped' },
      news: ['cancelled'],
    });
  });

  it('changes nothing when a day is decided twice, and ends no later than the second day after it was due', () => {
    const value = fc.option(fc.integer({ min: 0, max: 120 }), { nil: null });
    fc.assert(
      fc.property(fc.array(fc.tuple(value, fc.integer({ min: 0, max: 9 }))), (days) => {
        let goal = aGoal({ status: 'notStarted', baseline: null, value: null, progress: null });
        let day = toDay('2026-02-25');
        for (const [seen, daysOverdue] of days) {
          const tasks = someTasks({ daysOverdue });
          goal = after(goal, goalOfDay(goal, at(seen), tasks, closed(day)).change);
          if (!isLive(goal.status)) return;
          expect(goalOfDay(goal, at(seen), tasks, closed(day))).toEqual({ change: {}, news: [] });
          expect(goal.atRiskReason !== null).toBe(goal.status === 'atRisk');
          expect(day).toBeLessThanOrEqual(addDays(goal.dueDay, 1));
          day = addDays(day, 1);
        }
      }),
    );
  });
});
