import type { ProfileDraft } from '@steward/shared/model-drafts';
import { aBody } from '../profile.factory.js';
import {
  inOtherWay,
  keyOf,
  movedBy,
  usualNormalizer,
  withBandAbove,
  withBandEnd,
  withMeasure,
  withMeasureIn,
  withNewGroup,
  withNewLimit,
  withNewMeasure,
  withoutBand,
  withoutMeasure,
} from './draft-moves.js';
import { bodyOf, type NormalizerDraft } from './profile-draft.js';

const SIGNAL = { key: 'sentiment.nps', better: 'up', unit: 'number' } as const;
const BANDS = [
  { from: null, to: 10, score: 0 },
  { from: 10, to: 30, score: 60 },
  { from: 30, to: null, score: 100 },
];
const signalsIn = (draft: ProfileDraft) => draft.groups.map(({ measures }) => measures.map(({ signal }) => signal));

it('leaves the draft that it was made of alone', () => {
  const draft = aBody();
  const without = withoutMeasure(withMeasure(draft, 'usage.seat_utilization', { weight: 9 }), 'usage.seat_utilization');
  expect(signalsIn(without)).toEqual([['usage.active_days'], ['support.urgent_open']]);
  expect(draft).toEqual(aBody());
});

it('gives a new group a key that is its own and made of its name', () => {
  expect(keyOf('Support & billing', [], 'group')).toBe('support_billing');
  expect(keyOf('Support', ['support'], 'group')).toBe('support_2');
  expect(keyOf('42 %', [], 'group')).toBe('group');
  expect(withNewGroup(aBody(), 'Adoption').groups.map(({ key }) => key)).toEqual(['adoption', 'support', 'adoption_2']);
});

it('begins a new measure with a line over the middle of what accounts have, in the direction of good news', () => {
  const seen = { low: -20, high: 60 };
  expect(usualNormalizer(SIGNAL, seen)).toEqual({ kind: 'linear', from: -20, to: 60 });
  expect(usualNormalizer({ ...SIGNAL, better: 'down' }, seen)).toEqual({ kind: 'linear', from: 60, to: -20 });
  expect(usualNormalizer({ better: 'up', unit: 'percent' }, null)).toEqual({ kind: 'linear', from: 0, to: 100 });
  expect(usualNormalizer({ better: 'up', unit: 'yesNo' }, { low: 1, high: 1 })).toMatchObject({ from: 0, to: 1 });
});

it('adds a measure to its group, and moves it to another', () => {
  const grown = withNewMeasure(aBody(), 'support', SIGNAL, null);
  expect(bodyOf(grown)).not.toBeNull();
  expect(signalsIn(grown)[1]).toEqual(['support.urgent_open', 'sentiment.nps']);
  expect(signalsIn(withMeasureIn(grown, 'usage.active_days', 'support'))).toEqual([
    ['usage.seat_utilization'],
    ['support.urgent_open', 'sentiment.nps', 'usage.active_days'],
  ]);
});

it('begins a cap with a rule and a reason to be written', () => {
  const draft = withNewLimit(withNewLimit(aBody(), 'cap'), 'cap');
  expect(draft.limits.map(({ key }) => key)).toEqual(['notice_given', 'cap', 'cap_2']);
  expect(bodyOf(draft)).toBeNull();
});

describe('bands of a measure', () => {
  const isWhole = (bands: typeof BANDS | ReturnType<typeof withBandEnd>) =>
    bodyOf(withMeasure(aBody(), 'usage.active_days', { normalizer: { kind: 'bands', bands } })) !== null;

  it('stay joined when the end of one moves', () => {
    expect(withBandEnd(BANDS, 0, 15).map(({ from, to }) => [from, to])).toEqual([
      [null, 15],
      [15, 30],
      [30, null],
    ]);
  });

  it('stay joined when one is removed, wherever it stood', () => {
    for (const index of [0, 1, 2]) expect(isWhole(withoutBand(BANDS, index))).toBe(true);
    expect(withoutBand(BANDS, 1).map(({ from, to }) => [from, to])).toEqual([
      [null, 30],
      [30, null],
    ]);
    expect(withoutBand(BANDS.slice(0, 1), 0)).toHaveLength(1);
  });

  it('grow upwards, and ask where the last one ended', () => {
    const grown = withBandAbove(BANDS);
    expect(grown).toHaveLength(4);
    expect(isWhole(grown)).toBe(false);
    expect(isWhole(withBandEnd(grown, 2, 90))).toBe(true);
  });
});

describe('scoring in the other way', () => {
  const back = (normalizer: NormalizerDraft) => inOtherWay(inOtherWay(normalizer));

  it('keeps both anchors there and back, in either direction', () => {
    expect(back({ kind: 'linear', from: 10, to: 70 })).toEqual({ kind: 'linear', from: 10, to: 70 });
    expect(back({ kind: 'linear', from: 3, to: 0 })).toEqual({ kind: 'linear', from: 3, to: 0 });
  });

  it('gives low values the score of the lower end', () => {
    expect(inOtherWay({ kind: 'linear', from: 3, to: 0 })).toEqual({
      kind: 'bands',
      bands: [
        { from: null, to: 0, score: 100 },
        { from: 0, to: 3, score: 50 },
        { from: 3, to: null, score: 0 },
      ],
    });
  });
});

it('moves a thing by one place, and not beyond the ends', () => {
  const moved = (letter: string, by: -1 | 1) => movedBy(['a', 'b', 'c'], (each) => each === letter, by).join('');
  expect(moved('a', 1)).toBe('bac');
  expect(moved('c', -1)).toBe('acb');
  expect(moved('a', -1)).toBe('abc');
  expect(moved('c', 1)).toBe('abc');
});
