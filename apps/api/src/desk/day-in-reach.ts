import type { IsoDay } from '@steward/shared/common';
import { type Day, isoOf, toDay } from '../domain/calendar/day.js';
import { InvalidInput } from '../platform/errors/app-error.js';

/** Refuses a day so far off that it is a slip. `what`: “A goal starts”. */
export function mustLieWithin(
  day: IsoDay,
  { first, last }: { first: Day; last: Day },
  { path, what }: { path: string; what: string },
): void {
  if (toDay(day) >= first && toDay(day) <= last) return;
  const message = `${what} from ${isoOf(first)} to ${isoOf(last)}.`;
  throw new InvalidInput(message, [{ path, code: 'DAY_OUT_OF_RANGE', message }], 'DAY_OUT_OF_RANGE');
}
