import type { ProfileBody } from '@steward/shared/health';
import { aBody } from '../profile.factory.js';
import { withMeasure } from './draft-moves.js';
import { bodyOf, draftOf, draftOfKept, keptOf, missingIn, normalizerDraftOf } from './profile-draft.js';

const BANDS: ProfileBody['groups'][number]['measures'][number]['normalizer'] = {
  kind: 'bands',
  bands: [
    { from: null, to: 10, score: 0 },
    { from: 10, to: 30, score: 60 },
    { from: 30, to: null, score: 100 },
  ],
};

describe('a profile being written', () => {
  it('says the same as the profile it was made of, until it is changed', () => {
    const body = aBody();
    expect(bodyOf(draftOf(body))).toEqual(body);
    expect(missingIn(draftOf(body))).toEqual({});
  });

  it('keeps bands joined when the end of one moves', () => {
    const draft = draftOf(aBody());
    const normalizer = normalizerDraftOf(BANDS);
    if (normalizer.kind !== 'bands') throw new Error('bands were asked for');
    const steps = normalizer.steps.map((step, index) => (index === 0 ? { ...step, to: 15 } : step));
    const moved = withMeasure(draft, draft.groups[0]!.measures[0]!.id, { normalizer: { ...normalizer, steps } });
    expect(bodyOf(moved)?.groups[0]?.measures[0]?.normalizer).toEqual({
      kind: 'bands',
      bands: [
        { from: null, to: 15, score: 0 },
        { from: 15, to: 30, score: 60 },
        { from: 30, to: null, score: 100 },
      ],
    });
  });

  it('is kept unfinished, and is the same when it is taken up again', () => {
    const draft = draftOf(aBody());
    const unfinished = { ...draft, minCoverage: null, limits: draft.limits.map((limit) => ({ ...limit, rule: null })) };
    const kept = keptOf(unfinished);
    const again = draftOfKept(JSON.parse(JSON.stringify(kept)));
    expect(again && keptOf(again)).toEqual(kept);
    expect(bodyOf(unfinished)).toBeNull();
  });

  it('is not kept while its scope is not finished, as it would mean all accounts', () => {
    expect(keptOf({ ...draftOf(aBody()), scope: null })).toBeNull();
  });

  it('is no profile while a number, a name or a condition is missing, and says where', () => {
    const draft = draftOf(aBody());
    const [first, ...groups] = draft.groups;
    if (!first) throw new Error('a group was asked for');
    const unfinished = {
      ...draft,
      scope: null,
      healthyFrom: null,
      groups: [
        { ...first, label: ' ', measures: first.measures.map((each) => ({ ...each, weight: null })) },
        ...groups,
      ],
    };
    expect(bodyOf(unfinished)).toBeNull();
    expect(missingIn(unfinished)).toEqual({
      scope: 'A condition is not finished',
      'groups.0.label': 'Enter a name',
      'groups.0.measures.0.weight': 'Enter a number',
      'groups.0.measures.1.weight': 'Enter a number',
      'bands.healthyFrom': 'Enter a number',
    });
  });

  it('asks for a measure where a group has none', () => {
    const draft = draftOf(aBody());
    const empty = { ...draft, groups: draft.groups.map((group) => ({ ...group, measures: [] })) };
    expect(missingIn(empty)['groups.0.measures']).toBe('Add a measure, or remove the group');
  });
});
