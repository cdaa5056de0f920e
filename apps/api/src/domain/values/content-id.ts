import { DEFUSED } from './texts.js';

/**
 * An id made from a row's content, for facts that come without one: the same cells always give the same id, so that
 * reading a file twice changes nothing and a row that stands in it twice counts once. 106 bits of a mixing hash
 * (two runs of cyrb53 with different seeds); not for secrets.
 */
export function contentId(cells: readonly string[]): string {
  const text = cells.map((cell) => cell.replace(DEFUSED, '').trim()).join('\u001f');
  return `row-${mix(text, 0x9e3779b1)}${mix(text, 0x5f356495)}`;
}

function mix(text: string, seed: number): string {
  let high = 0xdeadbeef ^ seed;
  let low = 0x41c6ce57 ^ seed;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(36).padStart(11, '0');
}
