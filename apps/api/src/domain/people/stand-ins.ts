import type { StandIn } from '@steward/shared/access';

/**
 * The first of a person's stand-ins with a day in common with this one; both ends count. Null: none. One by the same
 * person from the same day is this one as it was before.
 */
export function overlapping(standIn: StandIn, others: readonly StandIn[]): StandIn | null {
  const isItself = (other: StandIn) => other.standInId === standIn.standInId && other.fromDay === standIn.fromDay;
  return (
    others.find((other) => !isItself(other) && other.fromDay <= standIn.toDay && standIn.fromDay <= other.toDay) ?? null
  );
}
