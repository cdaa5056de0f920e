import type { IsoDay } from '@steward/shared/common';
import type { TimelineEntry } from '@steward/shared/timeline';

/** The entries under their days, in the order in which they come. */
export function byDay(entries: readonly TimelineEntry[]): { day: IsoDay; entries: TimelineEntry[] }[] {
  const days: { day: IsoDay; entries: TimelineEntry[] }[] = [];
  for (const entry of entries) {
    const last = days.at(-1);
    if (last?.day === entry.day) last.entries.push(entry);
    else days.push({ day: entry.day, entries: [entry] });
  }
  return days;
}
