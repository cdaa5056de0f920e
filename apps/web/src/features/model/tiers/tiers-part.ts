import type { ModelPart } from '../../../components/model-version/model-part.js';

export const TIERS_PART: ModelPart = { path: '/tiers', name: 'the tiers' };
