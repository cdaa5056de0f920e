import { mixingHash } from './mixing-hash.js';
import { DEFUSED } from './texts.js';

/**
 * An id made from a row's content, for facts that come without one: the same cells always give the same id, so that
 * reading a file twice changes nothing and a row that stands in it twice counts once. 106 bits: two runs of the hash with
 * different seeds.
 */
export function contentId(cells: readonly string[]): string {
  const text = cells.map((cell) => cell.replace(DEFUSED, '').trim()).join('\u001f');
  return `row-${mix(text, 0x9e3779b1)}${mix(text, 0x5f356495)}`;
}

const mix = (text: string, seed: number) => mixingHash(text, seed).toString(36).padStart(11, '0');
