import type { IsoDay } from '@steward/shared/common';

/** How far the zone's clocks were ahead of UTC at the moment, in ms. */
function aheadOfUtc(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const part = (type: string): number => Number(parts.find((each) => each.type === type)?.value ?? 0);
  const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return shown - Math.floor(at / 1000) * 1000;
}

/**
 * The moment at which the clocks of a zone show a day and a time (HH:MM). A time that the clocks leap over is moved on
 * by the leap; of one that they show twice it is the first.
 */
export function instantOf(day: IsoDay, time: string, timeZone: string): string {
  const wanted = Date.parse(`${day}T${time}:00Z`);
  const before = aheadOfUtc(wanted - 86_400_000, timeZone);
  const after = aheadOfUtc(wanted + 86_400_000, timeZone);
  const fits = [before, after].map((ahead) => wanted - ahead).find((at) => at + aheadOfUtc(at, timeZone) === wanted);
  return new Date(fits ?? wanted - before).toISOString();
}

/** The day and the time (HH:MM) that the clocks of a zone show at the moment. */
export function dayAndTimeOf(instant: string, timeZone: string): { day: IsoDay; time: string } {
  const at = Date.parse(instant);
  const shown = new Date(at + aheadOfUtc(at, timeZone)).toISOString();
  return { day: shown.slice(0, 10), time: shown.slice(11, 16) };
}
