import type { CatalogueField, FieldStage } from '@steward/shared/catalogue';

/** What a rule of the model is for decides what it may read: what is computed before it, and what is kept of each day. */
export type ModelRulePurpose = 'tier' | 'profileScope' | 'cap' | 'stage';

const READS: Record<ModelRulePurpose, readonly FieldStage[]> = {
  tier: ['facts', 'signals'],
  profileScope: ['facts', 'signals', 'tiers', 'lifecycle'],
  cap: ['facts', 'signals', 'tiers', 'health', 'lifecycle'],
  stage: ['facts', 'signals', 'tiers', 'health', 'lifecycle', 'goals'],
};

/** The fields that such a rule may name; the server refuses all others. */
export const fieldsFor = (catalogue: readonly CatalogueField[], purpose: ModelRulePurpose): CatalogueField[] =>
  catalogue.filter(({ stage, history }) => READS[purpose].includes(stage) && history !== 'now-only');
