import { aBody, aMeasure } from '../profile.factory.js';
import { hasSameMeasures, withWeightsOf } from './take-weights.js';

const [adoption, support] = aBody().groups;
if (!adoption || !support) throw new Error('two groups were asked for');

it('takes the weights into the draft, and leaves all else of it as it was written since', () => {
  const suggested = {
    groups: [
      { ...adoption, weight: 90, measures: adoption.measures.map((measure, index) => ({ ...measure, weight: index })) },
      { ...support, weight: 10 },
    ],
  };
  const draft = { ...aBody(), minCoverage: 70 };
  const taken = withWeightsOf(draft, suggested);
  expect(taken.minCoverage).toBe(70);
  expect(taken.groups.map(({ weight, measures }) => [weight, ...measures.map((each) => each.weight)])).toEqual([
    [90, 0, 1],
    [10, 1],
  ]);
  expect(taken.groups[0]?.measures[0]?.normalizer).toEqual(adoption.measures[0]?.normalizer);
});

it('knows when the draft measures something else than what was calculated with', () => {
  expect(hasSameMeasures(aBody(), aBody())).toBe(true);
  expect(hasSameMeasures(aBody({ groups: [support, adoption] }), aBody())).toBe(true);
  const other = { ...support, measures: [aMeasure('sentiment.nps')] };
  expect(hasSameMeasures(aBody({ groups: [adoption, other] }), aBody())).toBe(false);
});
