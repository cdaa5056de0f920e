import type { ProfileBody } from '@steward/shared/health';
import type { ProfileDraft } from '@steward/shared/model-drafts';

const measuresOf = ({ groups }: Pick<ProfileDraft, 'groups'>): string =>
  groups
    .flatMap(({ key, measures }) => measures.map(({ signal }) => `${key} ${signal}`))
    .sort()
    .join('\n');

/** True where both measure the same in the same groups, so that weights of one mean something in the other. */
export const hasSameMeasures = (draft: Pick<ProfileDraft, 'groups'>, body: Pick<ProfileBody, 'groups'>): boolean =>
  measuresOf(draft) === measuresOf(body);

/** The draft as it is, with the weights of another one that has the same measures. */
export function withWeightsOf(draft: ProfileDraft, { groups }: Pick<ProfileBody, 'groups'>): ProfileDraft {
  return {
    ...draft,
    groups: draft.groups.map((group) => {
      const other = groups.find(({ key }) => key === group.key);
      return {
        ...group,
        weight: other?.weight ?? group.weight,
        measures: group.measures.map((measure) => ({
          ...measure,
          weight: other?.measures.find(({ signal }) => signal === measure.signal)?.weight ?? measure.weight,
        })),
      };
    }),
  };
}
