import type { Segment } from '@steward/shared/segments';
import { type Dependent, inLevels, segmentsIn, weightOf } from '../../domain/segments/order.js';
import { Conflict } from '../../platform/errors/app-error.js';
import type { StoredSegment } from './segments.repository.js';

/** Conditions in all segments of one person: each is put to every account, again and again. */
const MOST_CONDITIONS = 2_000;
/** How deep segments rest on each other: each level is a statement of its own. */
const MOST_LEVELS = 12;

type Changed = Pick<Segment, 'id' | 'visibility' | 'owner' | 'rule'>;

/** A person's segments together stay within what is computed for everybody. What is more already may stay so. */
export function mustFit({ id, owner, rule }: Changed, segments: readonly StoredSegment[]): void {
  if (owner === null) return;
  const own = segments.filter((each) => each.owner?.userId === owner.userId);
  const conditionsOf = (rules: readonly Pick<Changed, 'rule'>[]) =>
    rules.reduce((sum, each) => sum + weightOf(each.rule), 0);
  const conditions = conditionsOf([...own.filter((each) => each.id !== id), { rule }]);
  if (conditions <= MOST_CONDITIONS || conditions <= conditionsOf(own)) return;
  const message = `Your segments would have more than ${MOST_CONDITIONS} conditions together, where a count of events weighs as much as 5, and one by their properties as much as 100. Delete those that you no longer need.`;
  throw new Conflict('TOO_MANY_SEGMENTS', message);
}

/** Those that are deeper already may stay so. */
export function mustBeShallow(before: readonly Dependent[], after: readonly Dependent[]): void {
  const levels = inLevels(after).length;
  if (levels <= MOST_LEVELS || levels <= inLevels(before).length) return;
  throw new Conflict('SEGMENTS_TOO_DEEP', `Segments would rest on each other more than ${MOST_LEVELS} deep.`);
}

/** What is shared rests on shared segments alone: it would tell everybody who is in its owner's private ones. */
export function mustRestOnShared(
  { visibility, rule }: Pick<Changed, 'visibility' | 'rule'>,
  segments: readonly StoredSegment[],
): void {
  if (visibility !== 'shared') return;
  const uses = segmentsIn(rule);
  const hidden = segments.filter((each) => uses.includes(each.id) && each.visibility === 'private');
  if (hidden.length === 0) return;
  const named = hidden.map(({ name }) => name).join(', ');
  throw new Conflict('RESTS_ON_PRIVATE', `A shared segment rests on shared ones only. Share this first: ${named}.`);
}
