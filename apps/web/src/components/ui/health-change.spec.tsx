import { render } from '@testing-library/react';
import { HealthChange } from './health-change.js';

const words = (score: number | null, change: number | null): string =>
  render(<HealthChange score={score} change={change} />).container.textContent ?? '';

it('says how far the score has moved, and in words where there is nothing to compare', () => {
  expect(words(48, -12)).toBe('−12 ▼ in 30 days');
  expect(words(48, 0)).toBe('0 in 30 days');
  expect(words(48, null)).toBe('no score 30 days ago');
  expect(words(null, null)).toBe('no score');
});
