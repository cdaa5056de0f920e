import { leavesWithPlace, type Rule } from '@steward/shared/rules';
import type { SegmentOf } from '@steward/shared/segments';

/** A segment that a rule may name. */
export interface KnownSegment {
  id: string;
  of: SegmentOf;
}

export interface NamedWrongly {
  path: string;
  code: 'UNKNOWN_SEGMENT' | 'SEGMENT_OF_CONTACTS';
  message: string;
}

/**
 * Conditions that name a segment which is not there, or which a rule over accounts cannot be about; each with its place
 * in the rule. A contact may be asked for its own segments and for those of its account.
 */
export function namedWrongly(rule: Rule, of: SegmentOf, known: readonly KnownSegment[]): NamedWrongly[] {
  return leavesWithPlace(rule).flatMap(({ leaf, path }): NamedWrongly[] => {
    if (leaf.kind !== 'member') return [];
    const found = known.find(({ id }) => id === leaf.segment);
    const place = `${path}segment`;
    if (found === undefined) {
      return [{ path: place, code: 'UNKNOWN_SEGMENT', message: `there is no segment ${leaf.segment}` }];
    }
    if (of === 'contact' || found.of === 'account') return [];
    return [{ path: place, code: 'SEGMENT_OF_CONTACTS', message: 'accounts are in no segment of contacts' }];
  });
}
