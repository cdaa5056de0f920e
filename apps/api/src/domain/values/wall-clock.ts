import type { Day } from '../calendar/day.js';

const MS_PER_DAY = 86_400_000;
const MAX_REMEMBERED = 20_000;

const formats = new Map<string, Intl.DateTimeFormat>();
/** Offsets at both ends of a day, by zone and day: files carry few days and many rows. */
const offsetsByDay = new Map<string, { start: number; end: number }>();

/** How far a zone's clocks are ahead of UTC at an instant, in milliseconds. */
function offsetAt(instantMs: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
    formats.set(timeZone, format);
  }
  const name = format.formatToParts(instantMs).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const match = /^GMT([+-])(\d{2}):(\d{2})(?::(\d{2}))?$/.exec(name);
  if (match === null) return 0;
  const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4] ?? '0');
  return (match[1] === '-' ? -seconds : seconds) * 1000;
}

/**
 * The instant (milliseconds since 1970-01-01T00:00Z) at which a zone's clocks show a time of a day. A time that the
 * clocks skip is the first instant after the gap's start plus what it lies into the gap; one that they show twice is
 * the first.
 */
export function instantAt(day: Day, timeMs: number, timeZone: string): number {
  if (timeZone === 'UTC') return day * MS_PER_DAY + timeMs;
  const key = `${timeZone} ${day}`;
  let offsets = offsetsByDay.get(key);
  const midnight = day * MS_PER_DAY;
  if (offsets === undefined) {
    // A day each side covers every offset in use and any change on the day.
    offsets = {
      start: offsetAt(midnight - MS_PER_DAY, timeZone),
      end: offsetAt(midnight + 2 * MS_PER_DAY, timeZone),
    };
    if (offsetsByDay.size >= MAX_REMEMBERED) offsetsByDay.clear();
    offsetsByDay.set(key, offsets);
  }
  const wall = midnight + timeMs;
  const early = wall - offsets.start;
  if (offsets.start === offsets.end) return early;
  // The clocks change nearby: the earlier candidate holds where its own offset agrees.
  const candidates = [wall - Math.max(offsets.start, offsets.end), wall - Math.min(offsets.start, offsets.end)];
  return candidates.find((candidate) => candidate + offsetAt(candidate, timeZone) === wall) ?? early;
}

/** The first instant of a day in a zone, as ISO text. */
export function startOfDay(day: Day, timeZone: string): string {
  return new Date(instantAt(day, 0, timeZone)).toISOString();
}
