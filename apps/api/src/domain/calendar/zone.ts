import { addDays, type Day, dayOf } from './day.js';

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    era: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  formatters.set(timeZone, made);
  return made;
}

/** True when the text names an IANA time zone that this runtime knows. */
export function isTimeZone(text: string): boolean {
  try {
    formatterOf(text);
    return true;
  } catch {
    return false;
  }
}

/** The workspace's calendar day at an instant (milliseconds since 1970-01-01T00:00Z). */
export function dayAt(instantMs: number, timeZone: string): Day {
  let year = 0;
  let month = 0;
  let day = 0;
  let beforeChrist = false;
  for (const part of formatterOf(timeZone).formatToParts(instantMs)) {
    if (part.type === 'year') year = Number(part.value);
    else if (part.type === 'month') month = Number(part.value);
    else if (part.type === 'day') day = Number(part.value);
    else if (part.type === 'era') beforeChrist = part.value.startsWith('B');
  }
  return dayOf(beforeChrist ? 1 - year : year, month, day);
}

/** The last day that has ended at an instant: yesterday in the workspace's time zone. */
export function lastClosedDay(instantMs: number, timeZone: string): Day {
  return addDays(dayAt(instantMs, timeZone), -1);
}
