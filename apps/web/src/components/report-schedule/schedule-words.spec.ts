import { contentWords, ordinal, recipientWords, whenWords } from './schedule-words.js';

const names = { view: (id: string) => (id === 'v' ? 'My T1' : undefined), segment: () => 'VIP' };
const when = { frequency: 'daily' as const, weekday: null, monthDay: null, hour: 8 };

it('says when a report comes', () => {
  expect(whenWords(when)).toBe('Every day at 08:00');
  expect(whenWords({ ...when, frequency: 'weekly', weekday: 7 })).toBe('Every Sunday at 08:00');
  expect(whenWords({ ...when, frequency: 'monthly', monthDay: 1 })).toBe('On the 1st of each month at 08:00');
  expect(whenWords({ ...when, frequency: 'monthly', monthDay: 31, hour: 17 })).toBe(
    'On the 31st of each month (or its last day) at 17:00',
  );
});

it.each([
  [2, '2nd'],
  [3, '3rd'],
  [4, '4th'],
  [11, '11th'],
  [12, '12th'],
  [13, '13th'],
  [22, '22nd'],
  [30, '30th'],
])('the day %i is the %s', (day, word) => {
  expect(ordinal(day)).toBe(word);
});

it('says what is in it, and what is gone', () => {
  expect(contentWords({ kind: 'portfolio', role: 'am', tier: ['T1', 'T2'], segment: 's' }, names)).toBe(
    'Portfolio by account manager, tiers T1, T2, segment “VIP”',
  );
  expect(contentWords({ kind: 'renewals', tier: [], segment: null }, names)).toBe('Renewals of the next months');
  expect(contentWords({ kind: 'view', viewId: 'v' }, names)).toBe('View “My T1”');
  expect(contentWords({ kind: 'view', viewId: 'x' }, names)).toBe('View “that is gone, or not shared”');
});

it('names the first who gets it and counts the others', () => {
  const person = (name: string) => ({ name, active: true });
  expect(recipientWords([person('Carla')])).toBe('Carla');
  expect(recipientWords([person('Carla'), person('Dev'), person('Yuki')])).toBe('Carla and 2 others');
});
