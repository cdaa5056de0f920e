import { formatSignal } from './signal-value.js';

it.each([
  [35.04, 'percent', '35 %'],
  [1, 'contacts', '1 contact'],
  [12, 'days', '12 days'],
  [4200.5, 'money', '€4,200.50'],
  [1, 'yesNo', 'yes'],
  [1.5, 'times', '1.5 ×'],
  [4, 'rating', '4'],
  [null, 'days', '–'],
])('%s in %s reads %s', (value, unit, text) => {
  expect(formatSignal(value, unit, 'EUR')).toBe(text);
});
