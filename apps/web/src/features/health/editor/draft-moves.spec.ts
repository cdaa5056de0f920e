import { aBody } from '../profile.factory.js';
import {
  inOtherWay,
  keyOf,
  movedBy,
  usualNormalizer,
  withMeasure,
  withNewGroup,
  withNewLimit,
  withNewMeasure,
  withoutMeasure,
} from './draft-moves.js';
import { bodyOf, draftOf, type NormalizerDraft } from './profile-draft.js';

const SIGNAL = { key: 'sentiment.nps', better: 'up', unit: 'number' } as const;

it('leaves the draft that it was made of alone', () => {
  const draft = draftOf(aBody());
  const before = JSON.stringify(draft);
  const group = draft.groups[0]!;
  const measure = group.measures[0]!;
  const without = withoutMeasure(withMeasure(draft, measure.id, { weight: 9 }), measure.id);
  expect(bodyOf(without)?.groups[0]?.measures.map(({ signal }) => signal)).toEqual(['usage.active_days']);
  expect(JSON.stringify(draft)).toBe(before);
});

it('gives a new group a key that is its own and made of its name', () => {
  expect(keyOf('Support & billing', [], 'group')).toBe('support_billing');
  expect(keyOf('Support', ['support'], 'group')).toBe('support_2');
  expect(keyOf('42 %', [], 'group')).toBe('group');
  const draft = withNewGroup(draftOf(aBody()), 'Adoption');
  expect(draft.groups.map(({ key }) => key)).toEqual(['adoption', 'support', 'adoption_2']);
});

it('begins a new measure with a line over the middle of what accounts have, in the direction of good news', () => {
  const seen = { low: -20, high: 60 };
  expect(usualNormalizer(SIGNAL, seen)).toEqual({ kind: 'linear', from: -20, to: 60 });
  expect(usualNormalizer({ ...SIGNAL, better: 'down' }, seen)).toEqual({ kind: 'linear', from: 60, to: -20 });
  expect(usualNormalizer({ better: 'up', unit: 'percent' }, null)).toEqual({ kind: 'linear', from: 0, to: 100 });
  expect(usualNormalizer({ better: 'up', unit: 'yesNo' }, { low: 1, high: 1 })).toMatchObject({ from: 0, to: 1 });
});

it('adds a measure to its group', () => {
  const draft = draftOf(aBody());
  const grown = withNewMeasure(draft, draft.groups[1]!.id, SIGNAL, null);
  expect(bodyOf(grown)?.groups[1]?.measures.map(({ signal }) => signal)).toEqual([
    'support.urgent_open',
    'sentiment.nps',
  ]);
});

it('begins a cap with a rule and a reason to be written', () => {
  const draft = withNewLimit(withNewLimit(draftOf(aBody()), 'cap'), 'cap');
  expect(draft.limits.map(({ key }) => key)).toEqual(['notice_given', 'cap', 'cap_2']);
  expect(bodyOf(draft)).toBeNull();
});

describe('scoring in the other way', () => {
  const back = (normalizer: NormalizerDraft) => inOtherWay(inOtherWay(normalizer));

  it('keeps both anchors there and back, in either direction', () => {
    expect(back({ kind: 'linear', from: 10, to: 70 })).toEqual({ kind: 'linear', from: 10, to: 70 });
    expect(back({ kind: 'linear', from: 3, to: 0 })).toEqual({ kind: 'linear', from: 3, to: 0 });
  });

  it('gives low values the score of the lower end', () => {
    expect(inOtherWay({ kind: 'linear', from: 3, to: 0 })).toMatchObject({
      kind: 'bands',
      steps: [
        { to: 0, score: 100 },
        { to: 3, score: 50 },
        { to: null, score: 0 },
      ],
    });
  });
});

it('moves a thing by one place, and not beyond the ends', () => {
  const list = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];
  expect(movedBy(list, 'a', 1).map(({ id }) => id)).toEqual(['b', 'a', 'c']);
  expect(movedBy(list, 'a', -1)).toEqual(list);
  expect(movedBy(list, 'c', 1)).toEqual(list);
});
