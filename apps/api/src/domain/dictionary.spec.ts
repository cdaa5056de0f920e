import { dictionary } from './dictionary.js';

it('knows no key that nobody has set, and keeps every key that somebody has', () => {
  const made = dictionary<number>([['__proto__', 1]]);
  made['constructor'] = 2;
  expect(Object.entries(made)).toEqual([
    ['__proto__', 1],
    ['constructor', 2],
  ]);
  expect(made['toString']).toBeUndefined();
});
