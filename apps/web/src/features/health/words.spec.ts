import { connectedWords, normalizerWords } from './words.js';

describe('a normaliser in words', () => {
  it('says the two anchors of a line in the unit of its signal', () => {
    expect(normalizerWords({ kind: 'linear', from: 10, to: 70 }, 'percent', 'EUR')).toBe('0 at 10 %, 100 at 70 %');
    expect(normalizerWords({ kind: 'linear', from: 60, to: 0 }, 'days', 'EUR')).toBe('0 at 60 days, 100 at 0 days');
  });

  it('says from where on each band counts', () => {
    const bands = [
      { from: null, to: 3, score: 0 },
      { from: 3, to: 10, score: 60 },
      { from: 10, to: null, score: 100 },
    ];
    expect(normalizerWords({ kind: 'bands', bands }, 'days', 'EUR')).toBe(
      '0 under 3 days, 60 from 3 days, 100 from 10 days on',
    );
    expect(normalizerWords({ kind: 'bands', bands: [{ from: 0, to: 5, score: 50 }] }, null, 'EUR')).toBe('always 50');
  });
});

it('counts the measures that have a feed', () => {
  expect(connectedWords(4, 11)).toBe('4 of 11 measures connected');
  expect(connectedWords(1, 1)).toBe('1 of 1 measure connected');
});
