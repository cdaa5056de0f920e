import type { StageSetDraft } from '@steward/shared/model-drafts';
import type { ModelChange } from '@steward/shared/model-versions';
import { movedIn } from './tier-changes.js';
import { changed, days, type ModelNames, pairedByKey, quoted, ruleChanges, ruleWords } from './words.js';

type Stage = StageSetDraft['stages'][number];

const NO_RULE = 'no rule yet';

const ON_STATUS = {
  trial: 'Who begins a trial enters',
  churned: 'Who churns enters',
  reactivated: 'Who comes back as a customer enters',
} as const;

/** What changed between two sets of stages, a sentence each. None: they say the same. */
export function stageChanges(before: StageSetDraft, after: StageSetDraft, names: ModelNames): ModelChange[] {
  const { added, removed, kept, order } = pairedByKey(before.stages, after.stages, ({ key }) => key);
  const labels = new Map([...before.stages, ...after.stages].map(({ key, label }) => [key, label]));
  const labelOf = (key: string) => labels.get(key) ?? key;
  const labelled = (keys: readonly string[]) => keys.map(labelOf);
  return [
    ...removed.map(({ key, label }): ModelChange => {
      return { about: key, kind: 'removed', text: `Stage ${quoted(label)} removed` };
    }),
    ...added.map(({ item, place }): ModelChange => {
      const text = `Stage ${quoted(item.label)} added as number ${place + 1}: ${ruleWords(item.rule, names, NO_RULE)}`;
      return { about: item.key, kind: 'added', text };
    }),
    ...kept.flatMap(([was, is]) => changesOfStage(was, is, names, labelled)),
    ...(order === null ? [] : [movedIn([labelled(order[0]), labelled(order[1])])]),
    ...(Object.keys(ON_STATUS) as (keyof typeof ON_STATUS)[]).flatMap((status) =>
      changed('onStatus', [before.onStatus[status], after.onStatus[status]], (a, b) => {
        return `${ON_STATUS[status]} ${labelOf(a)} → ${labelOf(b)}`;
      }),
    ),
  ];
}

function changesOfStage(
  was: Stage,
  is: Stage,
  names: ModelNames,
  labelled: (keys: readonly string[]) => string[],
): ModelChange[] {
  const { key, label } = is;
  const back = (keys: readonly string[]) =>
    keys.length === 0 ? 'never falls back by itself' : `may fall back to ${labelled(keys).join(', ')}`;
  return [
    ...changed(key, [was.label, is.label], (a, b) => `${a}: name ${quoted(a)} → ${quoted(b)}`),
    ...ruleChanges(was.rule, is.rule, names, NO_RULE).map((text): ModelChange => {
      return { about: key, kind: 'changed', text: `${label}: ${text}` };
    }),
    ...changed(key, [was.expectedDays, is.expectedDays], (a, b) => {
      return `${label}: behind after ${days(a, 'no number of days')} → ${days(b, 'no number of days')}`;
    }),
    ...changed(key, [was.stuckDays, is.stuckDays], (a, b) => {
      return `${label}: stuck after ${days(a, 'no number of days')} → ${days(b, 'no number of days')}`;
    }),
    ...changed(key, [was.fallsBackTo, is.fallsBackTo], (a, b) => `${label}: ${back(a)} → ${back(b)}`),
  ];
}
