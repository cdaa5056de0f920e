/** Hours of a working day: 9 to 17 o'clock. */
const OPENS = 9;
const HOURS = 8;

/**
 * The business hours (Monday to Friday, 9 to 17 o'clock in the zone) between two instants, as an SQL number: what
 * `businessHoursAfter` counts. Each instant is read off the zone's clock; clocks that change do so outside these hours.
 */
export function businessHoursBetweenSql(from: string, to: string, timeZone: string): string {
  return `(${openHoursSql(to, timeZone)} - ${openHoursSql(from, timeZone)})`;
}

/** Business hours from a Monday of 1969 to the instant. */
function openHoursSql(instant: string, timeZone: string): string {
  const clock = `(${instant} AT TIME ZONE ${timeZone})`;
  // Monday 29 December 1969 is day 0.
  const day = `(${clock}::date - DATE '1969-12-29')`;
  const inDay = `CASE WHEN ${day} % 7 < 5 THEN
    least(greatest(extract(epoch FROM ${clock}::time)::numeric / 3600 - ${OPENS}, 0), ${HOURS}) ELSE 0 END`;
  return `(${day} / 7 * ${5 * HOURS} + least(${day} % 7, 5) * ${HOURS} + ${inDay})`;
}
