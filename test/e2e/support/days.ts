/** Calendar days as the screen writes them. */

const at = (day: string): Date => new Date(`${day}T00:00:00Z`);

export const daysBefore = (day: string, days: number): string =>
  new Date(at(day).getTime() - days * 86_400_000).toISOString().slice(0, 10);

export const shortDay = (day: string): string =>
  at(day)
    .toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
    .replace('Sept', 'Sep');

/** As a calendar names its days: 9 November 2026. */
export const longDay = (day: string): string =>
  at(day).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
