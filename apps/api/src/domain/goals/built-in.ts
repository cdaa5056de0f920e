import { ADOPTION_PLAYBOOKS } from './built-in-adoption.js';
import type { BuiltInPlaybook } from './built-in-builders.js';
import { GROWTH_PLAYBOOKS } from './built-in-growth.js';
import { RETENTION_PLAYBOOKS } from './built-in-retention.js';

export type { BuiltInPlaybook } from './built-in-builders.js';

/** What a new workspace begins with. Their texts are meant to be edited to one's own way of working. */
export const BUILT_IN_PLAYBOOKS: readonly BuiltInPlaybook[] = [
  ...ADOPTION_PLAYBOOKS,
  ...RETENTION_PLAYBOOKS,
  ...GROWTH_PLAYBOOKS,
];
