import { BANDS } from '@steward/shared/common';
import { BAND_LETTERS, bandMoves, NO_BAND } from './band-ring.js';

describe('the ring of bands', () => {
  it('has a letter of its own for each band', () => {
    expect(Object.keys(BAND_LETTERS).sort()).toEqual([...BANDS].sort());
    expect(new Set([...Object.values(BAND_LETTERS), NO_BAND]).size).toBe(BANDS.length + 1);
    for (const letter of Object.values(BAND_LETTERS)) expect(letter).toHaveLength(1);
  });

  it('shows a move as the letters of two days', () => {
    expect(bandMoves(['healthy'], ['at_risk'])).toEqual(['ha']);
    expect(bandMoves(['healthy', 'watch'], ['at_risk', 'watch']).sort()).toEqual(['ha', 'hw', 'wa']);
  });

  it('shows moves from any other band where none is asked for', () => {
    expect(bandMoves(undefined, ['at_risk']).sort()).toEqual(['ha', 'ua', 'wa']);
  });

  it('has no move from a band to itself', () => {
    expect(bandMoves(['at_risk'], ['at_risk'])).toEqual([]);
  });

  it('has no move from or to what is no band', () => {
    expect(bandMoves(['T1'], ['at_risk'])).toEqual([]);
    expect(bandMoves(undefined, ['T1'])).toEqual([]);
  });
});
