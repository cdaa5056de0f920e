import type { StageSetBody } from '@steward/shared/lifecycle';
import { isSame } from '../model-diff/words.js';

/** Whether two sets of stages move accounts alike: they differ in names and expectations at most. */
export function moveAlike(one: StageSetBody, other: StageSetBody): boolean {
  return isSame(whatMoves(one), whatMoves(other));
}

function whatMoves({ stages, onStatus }: StageSetBody) {
  return { stages: stages.map(({ key, rule, fallsBackTo }) => ({ key, rule, fallsBackTo })), onStatus };
}
