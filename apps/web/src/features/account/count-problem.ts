import { formatNumber } from '../../lib/format.js';

/** As many as the server takes. */
const MOST = 100_000_000;

/** Why a typed number of people or seats is not taken; null: it is, and an empty text is none. */
export function countProblem(text: string): string | null {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 0) return 'Give a whole number, 0 or more';
  return count > MOST ? `At most ${formatNumber(MOST)}` : null;
}
