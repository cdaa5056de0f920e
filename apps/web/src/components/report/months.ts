import { monthsWords } from '../renewal/renewal-words.js';

/** Months as text, `2026-04`: they compare as texts do. */

const MONTH = /^(19|20|21)\d\d-(0[1-9]|1[0-2])$/;

export const isMonth = (text: unknown): text is string => typeof text === 'string' && MONTH.test(text);

export const monthOfDay = (day: string): string => day.slice(0, 7);

export function addMonths(month: string, months: number): string {
  const count = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + months;
  return `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}`;
}

/** How many months from the first to the last, both included. */
export const monthsIn = (from: string, to: string): number =>
  (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5)) - Number(from.slice(5)) + 1;

export const monthsFromTo = (from: string, to: string): string[] =>
  Array.from({ length: Math.max(0, monthsIn(from, to)) }, (_, index) => addMonths(from, index));

/** Months that follow one another, as people say it: “December 2024 to November 2025”; without any there are no words. */
export function spanWords(months: readonly ({ month: string } | null)[] | null | undefined): string | undefined {
  const known = (months ?? []).flatMap((each) => (each === null ? [] : [each.month]));
  const [from, to] = [known[0], known.at(-1)];
  return from === undefined || to === undefined ? undefined : monthsWords({ from, to });
}
