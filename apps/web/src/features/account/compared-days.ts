import type { IsoDay } from '@steward/shared/common';
import { addDays, isIsoDay } from '../../lib/days.js';

export const DEFAULT_DAYS = 30;

/** The two days between which the score is compared: as asked for, but nothing after the day that is looked at. */
export function comparedDays(asked: { from?: unknown; to?: unknown }, asOf: IsoDay): { from: IsoDay; to: IsoDay } {
  const to = isIsoDay(asked.to) && asked.to <= asOf ? asked.to : asOf;
  const from = isIsoDay(asked.from) && asked.from < to ? asked.from : addDays(to, -DEFAULT_DAYS);
  return { from, to };
}
