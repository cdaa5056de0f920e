import { dueWords } from './due-words.js';

it('says when a task is due as a person would', () => {
  expect(dueWords({ anchor: 'goalStart', offset: 10, unit: 'business' })).toBe('10 business days after the start');
  expect(dueWords({ anchor: 'renewalDate', offset: -1, unit: 'calendar' })).toBe('1 day before the renewal');
  expect(dueWords({ anchor: 'goalDue', offset: 0, unit: 'calendar' })).toBe('on the due day');
  expect(dueWords({ anchor: 'goalStart', offset: 0, unit: 'business' })).toBe('at the start, or the next Monday');
});
