import type { ModelPart } from '../../../components/model-version/model-part.js';

export const STAGES_PART: ModelPart = { path: '/stages', name: 'the stages' };
