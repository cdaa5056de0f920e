/**
 * Days come out of the statements of the pipeline as whole days since 1970-01-01: cheaper than text, and what the domain
 * counts in.
 */
export const dayNumber = (date: string) => `(${date} - DATE '1970-01-01')`;

/** The month of a date, counted from January 1970. */
export const monthNumber = (date: string) =>
  `((extract(year FROM ${date}) - 1970) * 12 + extract(month FROM ${date}) - 1)::int`;
