import { segmentsIn } from '../../domain/segments/order.js';
import type { Readers, StoredSegment } from './segments.repository.js';

export type User = { id: string; name: string } & (
  | { kind: 'segment'; segment: StoredSegment }
  | { kind: 'alertRule' }
  | { kind: 'playbook' }
  | { kind: 'view'; ownerId: string; ownerName: string; isShared: boolean }
);

/** All that reads who is in a segment. */
export function usersOf(id: string, segments: readonly StoredSegment[], readers: Readers): User[] {
  return [
    ...segments.flatMap((segment): User[] =>
      segmentsIn(segment.rule).includes(id) && !readers.departed.includes(segment.id)
        ? [{ kind: 'segment', id: segment.id, name: segment.name, segment }]
        : [],
    ),
    ...readers.alertRules.flatMap(({ uses, ...rule }): User[] =>
      uses.includes(id) ? [{ kind: 'alertRule', id: rule.id, name: rule.name }] : [],
    ),
    ...readers.playbooks.flatMap(({ uses, ...playbook }): User[] =>
      uses.includes(id) ? [{ kind: 'playbook', ...playbook }] : [],
    ),
    ...readers.views.flatMap(({ uses, ...view }): User[] => (uses.includes(id) ? [{ kind: 'view', ...view }] : [])),
  ];
}
