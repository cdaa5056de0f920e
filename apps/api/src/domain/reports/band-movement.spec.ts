import { directionOf } from './band-movement.js';

it('tells better from worse between the three bands that say how an account is', () => {
  expect(directionOf('at_risk', 'watch')).toBe('better');
  expect(directionOf('watch', 'healthy')).toBe('better');
  expect(directionOf('healthy', 'at_risk')).toBe('worse');
  expect(directionOf('watch', 'watch')).toBe('same');
});

it('takes unknown, new and gone accounts for no move', () => {
  expect(directionOf('unknown', 'healthy')).toBeNull();
  expect(directionOf('at_risk', 'unknown')).toBeNull();
  expect(directionOf('none', 'watch')).toBeNull();
  expect(directionOf('healthy', 'none')).toBeNull();
});
