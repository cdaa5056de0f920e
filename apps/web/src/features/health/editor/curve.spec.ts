import { curveOf, stretchOf } from './curve.js';

describe('the curve of a normaliser', () => {
  it('bends at both anchors and is flat beyond them', () => {
    expect(curveOf({ kind: 'linear', from: 10, to: 70 }, 0, 100)).toEqual([
      { value: 0, score: 0 },
      { value: 10, score: 0 },
      { value: 70, score: 100 },
      { value: 100, score: 100 },
    ]);
  });

  it('falls where high values are bad news', () => {
    expect(curveOf({ kind: 'linear', from: 3, to: 0 }, 0, 4)).toEqual([
      { value: 0, score: 100 },
      { value: 3, score: 0 },
      { value: 4, score: 0 },
    ]);
  });

  it('has a step where bands meet', () => {
    const bands = [
      { from: null, to: 5, score: 20 },
      { from: 5, to: null, score: 90 },
    ];
    expect(curveOf({ kind: 'bands', bands }, 0, 10)).toEqual([
      { value: 0, score: 20 },
      { value: 5, score: 20 },
      { value: 5, score: 90 },
      { value: 10, score: 90 },
    ]);
  });

  it('is not drawn while a number is missing or both anchors are one', () => {
    expect(curveOf({ kind: 'linear', from: null, to: 3 }, 0, 10)).toBeNull();
    expect(curveOf({ kind: 'linear', from: 3, to: 3 }, 0, 10)).toBeNull();
  });
});

it('draws what accounts have and where the curve bends', () => {
  expect(stretchOf({ kind: 'linear', from: -50, to: 0 }, { min: -10, max: 50 })).toEqual({ low: -54, high: 54 });
  expect(stretchOf({ kind: 'linear', from: 10, to: 60 }, { min: 0, max: 100 })).toEqual({ low: 0, high: 104 });
  expect(stretchOf({ kind: 'linear', from: 5, to: 5 }, null)).toEqual({ low: 4, high: 6 });
  expect(stretchOf({ kind: 'linear', from: null, to: null }, null)).toEqual({ low: 0, high: 1 });
});
