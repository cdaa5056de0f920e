import { ruleChanges } from './rule-changes.js';

const aSize = (day: string, ruleVersion: number) => ({ day, members: 3, arrMinor: null, ruleVersion });

it('marks the first day on which another rule counted, and no other', () => {
  const sizes = [aSize('2026-04-13', 4), aSize('2026-04-14', 4), aSize('2026-04-15', 9), aSize('2026-04-16', 9)];
  expect(ruleChanges(sizes)).toEqual([{ day: '2026-04-15', text: 'Rule changed' }]);
});
