/** Hours of a working day: 9 to 17 o'clock. */
const OPENS = 9;
const HOURS = 8;

/** An instant as the zone's clock shows it; read it in a sub-query with OFFSET 0, so that it is worked out once. */
export const clockSql = (instant: string, timeZone: string): string => `(${instant} AT TIME ZONE ${timeZone})`;

/**
 * The business hours (Monday to Friday, 9 to 17 o'clock) from one clock reading to another, as an SQL number: what
 * `businessHoursAfter` counts. Clocks that change do so outside these hours.
 */
export function businessHoursBetweenSql(from: string, to: string): string {
  return `(${openHoursSql(to)} - ${openHoursSql(from)})`;
}

/** Business hours from a Monday of 1969 to what the clock shows. */
function openHoursSql(clock: string): string {
  // Monday 29 December 1969 is day 0.
  const day = `(${clock}::date - DATE '1969-12-29')`;
  const inDay = `CASE WHEN ${day} % 7 < 5 THEN
    least(greatest(date_part('epoch', ${clock}::time) / 3600 - ${OPENS}, 0), ${HOURS}) ELSE 0 END`;
  return `(${day} / 7 * ${5 * HOURS} + least(${day} % 7, 5) * ${HOURS} + ${inDay})`;
}
