import type { TaskTemplate } from '@steward/shared/playbooks';
import { isoOrNull, toDay } from '../calendar/day.js';
import { type Anchors, dueDayOf } from './due-day.js';

const anchors: Anchors = {
  goalStart: toDay('2026-11-20'),
  goalDue: toDay('2027-01-31'),
  renewalDate: toDay('2028-02-29'),
  noticeDeadline: toDay('2027-11-30'),
  customerSince: null,
  leavesOn: null,
};

describe('the day of a task', () => {
  // 2026-11-20 is a Friday, 2027-01-31 a Sunday, 2028-02-29 a Tuesday, 2027-11-30 a Tuesday.
  it.each<[TaskTemplate['due'], string, string]>([
    [{ anchor: 'goalStart', offset: 0, unit: 'calendar' }, '2026-11-20', 'at once'],
    [{ anchor: 'goalStart', offset: 2, unit: 'calendar' }, '2026-11-22', 'a weekend is a day like any other'],
    [{ anchor: 'goalStart', offset: 2, unit: 'business' }, '2026-11-24', 'over a weekend'],
    [{ anchor: 'goalStart', offset: 11, unit: 'calendar' }, '2026-12-01', 'into the next month'],
    [{ anchor: 'goalDue', offset: 0, unit: 'business' }, '2027-02-01', 'Sunday moves on to Monday'],
    [{ anchor: 'goalDue', offset: -1, unit: 'business' }, '2027-01-29', 'before a Sunday'],
    [{ anchor: 'renewalDate', offset: -90, unit: 'calendar' }, '2027-12-01', '90 days before a leap day'],
    [{ anchor: 'renewalDate', offset: -365, unit: 'calendar' }, '2027-03-01', 'the year before has no 29 February'],
    [{ anchor: 'renewalDate', offset: 1, unit: 'business' }, '2028-03-01', 'after a leap day'],
    [{ anchor: 'noticeDeadline', offset: -10, unit: 'business' }, '2027-11-16', 'two weeks of work before'],
  ])('%j is %s: %s', (due, day) => {
    const found = dueDayOf(due, anchors);
    expect(isoOrNull(found.day)).toBe(day);
    expect(found.waitsFor).toBeNull();
  });

  it('waits for a day that the account does not have', () => {
    const due = { anchor: 'customerSince', offset: 30, unit: 'calendar' } as const;
    expect(dueDayOf(due, anchors)).toEqual({ day: null, waitsFor: 'customerSince' });
  });
});
