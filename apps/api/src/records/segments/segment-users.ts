import { segmentsIn } from '../../domain/segments/order.js';
import type { StoredSegment } from './segments.repository.js';

type User = { id: string; name: string } & ({ kind: 'segment'; segment: StoredSegment } | { kind: 'alertRule' });

/** All that reads who is in a segment. */
export function usersOf(
  id: string,
  segments: readonly StoredSegment[],
  alertRules: readonly { id: string; name: string; uses: readonly string[] }[],
): User[] {
  return [
    ...segments.flatMap((segment): User[] =>
      segmentsIn(segment.rule).includes(id) ? [{ kind: 'segment', id: segment.id, name: segment.name, segment }] : [],
    ),
    ...alertRules.flatMap(({ uses, ...rule }): User[] =>
      uses.includes(id) ? [{ kind: 'alertRule', id: rule.id, name: rule.name }] : [],
    ),
  ];
}
