import type { SegmentUser } from '@steward/shared/segments';
import { segmentsIn } from '../../domain/segments/order.js';
import type { RuleUser } from '../../platform/auth/rule-users.js';
import type { Readers, StoredSegment } from './segments.repository.js';

export type User = RuleUser & SegmentUser;

const EVERYONES = { owner: null, isShared: true };

/** All that reads who is in a segment. */
export function usersOf(id: string, segments: readonly StoredSegment[], readers: Readers): User[] {
  return [
    ...segments.flatMap(({ id: userId, name, owner, rule, visibility }): User[] =>
      segmentsIn(rule).includes(id) && !readers.departed.includes(userId)
        ? [{ kind: 'segment', id: userId, name, owner, isShared: visibility === 'shared' }]
        : [],
    ),
    ...readers.alertRules.flatMap(({ uses, ...rule }): User[] =>
      uses.includes(id) ? [{ kind: 'alertRule', ...rule, ...EVERYONES }] : [],
    ),
    ...readers.playbooks.flatMap(({ uses, ...playbook }): User[] =>
      uses.includes(id) ? [{ kind: 'playbook', ...playbook, ...EVERYONES }] : [],
    ),
    ...readers.views.flatMap(({ uses, ...view }): User[] => (uses.includes(id) ? [{ kind: 'view', ...view }] : [])),
  ];
}
