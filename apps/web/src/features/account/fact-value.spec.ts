import { factText } from './fact-value.js';

it.each([
  [{ amountMinor: 12_345, currency: 'USD' }, 'money', '$123.45'],
  [5000, 'money', '€50'],
  ['2026-04-15', 'date', '15 Apr 2026'],
  [true, 'boolean', 'yes'],
  [['a', 'b'], 'list', 'a, b'],
  [null, 'number', '–'],
  [1234.5678, 'number', '1,234.5678'],
  [{ plan: 'x' }, 'text', '{"plan":"x"}'],
] as const)('%j as %s reads %s', (value, type, text) => {
  expect(factText(value, type, 'EUR', 'UTC')).toBe(text);
});
