import { BANDS, type Band } from '@steward/shared/common';

/** How a band stands in the ring of bands: a letter for each closed day, oldest first. */
export const BAND_LETTERS: Readonly<Record<Band, string>> = { at_risk: 'a', watch: 'w', healthy: 'h', unknown: 'u' };

/** Stands for a day without a band: nothing has moved from it or to it. */
export const NO_BAND = '-';

/**
 * Moves as two days that follow each other show them in the ring: `ha` is one from healthy to at risk. Values that are no
 * bands have none.
 * @param from undefined: any band
 */
export function bandMoves(from: readonly string[] | undefined, to: readonly string[]): string[] {
  const [starts, ends] = [from ?? BANDS, to].map((values) => BANDS.filter((band) => values.includes(band)));
  return ends!.flatMap((end) =>
    starts!.filter((start) => start !== end).map((start) => BAND_LETTERS[start] + BAND_LETTERS[end]),
  );
}
