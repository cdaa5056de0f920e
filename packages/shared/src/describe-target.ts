import type { CatalogueField } from './catalogue.js';
import { describeLeaf } from './describe.js';
import type { GoalTarget } from './playbooks.js';

const DEALS = { expansion: 'an expansion deal', renewal: 'a renewal deal', new: 'a new-business deal' } as const;

/** What a goal is to reach, in words: “Health score is at least 71 points”. A field that is not given keeps its key. */
export function describeTarget(target: GoalTarget, catalogue: readonly CatalogueField[]): string {
  switch (target.kind) {
    case 'signal': {
      const { field, op, value } = target;
      return describeLeaf({ kind: 'compare', field, op, value }, catalogue);
    }
    case 'deal':
      return `${DEALS[target.dealKind]} is won`;
    case 'tasks':
      return 'all required tasks are done';
  }
}
