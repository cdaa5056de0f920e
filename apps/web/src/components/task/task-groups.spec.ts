import type { Task, TaskActionAnswer } from '@steward/shared/tasks';
import fc from 'fast-check';
import { addDays } from '../../lib/days.js';
import { refusedText } from './act-on-tasks.js';
import { groupOf } from './task-groups.js';
import { dueText, endedText } from './task-words.js';

const TODAY = '2026-02-27';
const aTask = (some: Partial<Task> = {}): Task => ({
  accountId: 'a',
  id: 't',
  goal: null,
  origin: 'hand',
  title: 'Send the plan',
  guidance: null,
  state: 'open',
  required: false,
  role: null,
  assignee: null,
  dueDay: null,
  waitsFor: null,
  isOverdue: false,
  snoozedUntil: null,
  completesItself: false,
  completesWhen: null,
  completedHow: null,
  endedDay: null,
  endedBy: null,
  note: null,
  createdAt: '2026-02-01T00:00:00Z',
  revision: 1,
  ...some,
});

it('stands under the heading of its due day', () => {
  const on = (days: number) => groupOf(aTask({ dueDay: addDays(TODAY, days) }), TODAY);
  expect([-1, 0, 1, 7, 8].map(on)).toEqual(['overdue', 'today', 'week', 'week', 'later']);
  expect(groupOf(aTask(), TODAY)).toBe('none');
});

it('rests until its day, however overdue it is, and is back on it', () => {
  const overdue = aTask({ dueDay: '2026-01-01', snoozedUntil: addDays(TODAY, 1) });
  expect(groupOf(overdue, TODAY)).toBe('snoozed');
  expect(groupOf(overdue, addDays(TODAY, 1))).toBe('overdue');
});

it('never is overdue before its day, nor out of it after', () => {
  fc.assert(
    fc.property(fc.integer({ min: -800, max: 800 }), (days) => {
      const group = groupOf(aTask({ dueDay: addDays(TODAY, days) }), TODAY);
      expect(group === 'overdue').toBe(days < 0);
    }),
  );
});

it('says when it is due, or what it waits for', () => {
  expect(dueText(aTask({ dueDay: '2026-02-26' }), TODAY)).toBe('1 day over');
  expect(dueText(aTask({ dueDay: '2026-02-28' }), TODAY)).toBe('tomorrow');
  expect(dueText(aTask({ waitsFor: 'renewalDate' }), TODAY)).toBe('waits for the renewal date');
});

it('says who ended it', () => {
  const ended = { state: 'done', endedDay: '2026-02-26', completedHow: 'person', endedBy: 'Ana Lind' } as const;
  expect(endedText(aTask(ended))).toBe('by Ana Lind on 26 Feb 2026');
  expect(endedText(aTask({ ...ended, completedHow: 'rule', endedBy: null }))).toBe('by itself on 26 Feb 2026');
});

it('tells the second of two people who was first', () => {
  const answer: TaskActionAnswer = {
    done: 0,
    results: [
      { ok: false, accountId: 'a', id: 't', status: 409, code: 'TASK_ENDED', message: 'Ana Lind completed it first' },
    ],
  };
  expect(refusedText(answer)).toBe('Ana Lind completed it first');
});
