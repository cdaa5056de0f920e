import fc from 'fast-check';
import { aBody, aMeasure } from '../profile.factory.js';
import { sharesOf } from './shares.js';

const sharesOfBody = (groups: [weight: number, measures: number[]][]) => {
  const draft = aBody({
    groups: groups.map(([weight, measures], g) => ({
      key: `g${g}`,
      label: `Group ${g}`,
      weight,
      measures: measures.map((own, m) => aMeasure(`s${g}.m${m}`, own)),
    })),
  });
  const shares = sharesOf(draft);
  return {
    groups: draft.groups.map(({ key }) => shares.groups.get(key)),
    measures: draft.groups.flatMap((group) => group.measures.map(({ signal }) => shares.measures.get(signal))),
  };
};

describe('the share of a measure', () => {
  it('is the part of its group times its part in the group', () => {
    expect(
      sharesOfBody([
        [45, [3, 1]],
        [15, [1]],
      ]),
    ).toEqual({ groups: [75, 25], measures: [56.25, 18.75, 25] });
  });

  it('is 0 with the weight 0, and of a group whose measures weigh nothing', () => {
    expect(
      sharesOfBody([
        [45, [0, 2]],
        [15, [0]],
      ]),
    ).toEqual({ groups: [100, 0], measures: [0, 100, 0] });
    expect(sharesOfBody([[0, [1]]])).toEqual({ groups: [0], measures: [0] });
  });

  it('adds up to 100 whatever the weights are', () => {
    const weight = fc.integer({ min: 0, max: 1000 });
    const groups = fc.array(fc.tuple(weight, fc.array(weight, { minLength: 1, maxLength: 5 })), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(groups, (given) => {
        const sum = sharesOfBody(given).measures.reduce<number>((total, share) => total + (share ?? 0), 0);
        const counts = given.some(([own, measures]) => own > 0 && measures.some((each) => each > 0));
        expect(sum).toBeCloseTo(counts ? 100 : 0, 8);
      }),
    );
  });
});
