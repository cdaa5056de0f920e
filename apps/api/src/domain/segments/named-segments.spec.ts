import type { Rule } from '@steward/shared/rules';
import { all, not } from '../rule-builders.js';
import { namedWrongly } from './named-segments.js';

const isIn = (segment: string): Rule => ({ kind: 'member', segment, is: true });
const known = [
  { id: 'large', of: 'account' },
  { id: 'active', of: 'contact' },
] as const;

describe('the segments that a rule names', () => {
  it('are there, and of what the rule is about', () => {
    expect(namedWrongly(all(isIn('large')), 'account', known)).toEqual([]);
    expect(namedWrongly(all(isIn('large'), isIn('active')), 'contact', known)).toEqual([]);
  });

  it('are told by their place where they are not', () => {
    const found = namedWrongly(all(isIn('large'), not(isIn('gone')), isIn('active')), 'account', known);
    expect(found.map(({ path, code }) => [path, code])).toEqual([
      ['rules.1.rule.segment', 'UNKNOWN_SEGMENT'],
      ['rules.2.segment', 'SEGMENT_OF_CONTACTS'],
    ]);
  });
});
