import type { Rule } from '@steward/shared/rules';
import { inParts } from '../../domain/segments/order.js';

const CONDITIONS_A_STATEMENT = 1_000;

/** Each with its place among all that are asked. */
export type Placed<Each> = Each & { place: number };

/** Rules that are asked together. */
export function partsOf<Each extends { rule: Rule }>(asked: readonly Each[]): Placed<Each>[][] {
  return inParts(
    asked.map((each, place) => ({ ...each, place })),
    CONDITIONS_A_STATEMENT,
  );
}
