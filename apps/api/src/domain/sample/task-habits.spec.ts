import { BUILT_IN_ALERT_RULES } from '../alerts/built-in.js';
import { toDay } from '../calendar/day.js';
import { BUILT_IN_PLAYBOOKS } from '../goals/built-in.js';
import { dayOfDoing, PAST_SAMPLE_TRIGGERS } from './task-habits.js';

describe('the people of the sample', () => {
  it('do most tasks about when they are due, and some never', () => {
    const due = toDay('2026-04-15');
    const days = Array.from({ length: 1_000 }, (_, each) => dayOfDoing(`task-${each}`, due));
    const never = days.filter((day) => day === null).length;
    expect(never).toBeGreaterThan(50);
    expect(never).toBeLessThan(150);
    const late = days.filter((day) => day !== null && day > due).length;
    expect(late).toBeGreaterThan(100);
    expect(late).toBeLessThan(350);
    expect(dayOfDoing('task-7', due)).toBe(dayOfDoing('task-7', due));
  });

  it('begin playbooks from alerts that there are', () => {
    const playbooks = new Set(BUILT_IN_PLAYBOOKS.map(({ key }) => key));
    const rules = new Set(BUILT_IN_ALERT_RULES.map(({ key }) => key));
    expect(Object.keys(PAST_SAMPLE_TRIGGERS).filter((key) => !playbooks.has(key))).toEqual([]);
    expect(
      Object.values(PAST_SAMPLE_TRIGGERS)
        .flat()
        .filter((key) => !rules.has(key)),
    ).toEqual([]);
  });
});
