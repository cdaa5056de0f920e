import { profileBodySchema } from '@steward/shared/health';
import { stageSetBodySchema } from '@steward/shared/lifecycle';
import {
  type ProfileDraft,
  profileDraftSchema,
  type StageSetDraft,
  stageSetDraftSchema,
  type TierSetDraft,
  tierSetDraftSchema,
} from '@steward/shared/model-drafts';
import type { ModelChange, ModelPart, ModelProblem } from '@steward/shared/model-versions';
import { tierSetBodySchema } from '@steward/shared/tiers';
import type { z } from 'zod';
import { profileChanges } from '../../domain/model-diff/profile-changes.js';
import { stageChanges } from '../../domain/model-diff/stage-changes.js';
import { tierChanges } from '../../domain/model-diff/tier-changes.js';
import type { ModelNames } from '../../domain/model-diff/words.js';
import {
  doubleKeys,
  problem,
  ruleProblems,
  type Surroundings,
  shapeProblems,
  vanishingProblems,
} from './model-check.js';

/** What is particular to a part of the model. Drafts are read by `draftSchema`, whole bodies by `bodySchema`. */
interface PartOf<Draft> {
  /** As messages name it. */
  noun: string;
  /** As the audit log names it. */
  subject: string;
  draftSchema: z.ZodType<Draft>;
  bodySchema: z.ZodType<unknown>;
  check: (draft: Draft, around: Surroundings, is: { isDefault: boolean }) => ModelProblem[];
  changes: (before: Draft, after: Draft, names: ModelNames) => ModelChange[];
  /** The tiers or stages that it brings, which others name. */
  brings: (draft: Draft) => { what: 'tier' | 'stage'; named: { key: string; label: string }[] } | null;
}

/** The same over bodies as they are stored. */
export interface Part extends Omit<PartOf<unknown>, 'draftSchema'> {}

function part<Draft>({ draftSchema, check, changes, brings, ...rest }: PartOf<Draft>): Part {
  const read = (body: unknown) => draftSchema.parse(body);
  return {
    ...rest,
    check: (body, around, is) => check(read(body), around, is),
    changes: (before, after, names) => changes(read(before), read(after), names),
    brings: (body) => brings(read(body)),
  };
}

const tiers = part<TierSetDraft>({
  noun: 'tier set',
  subject: 'tier_set',
  draftSchema: tierSetDraftSchema,
  bodySchema: tierSetBodySchema,
  changes: tierChanges,
  brings: ({ tiers: named }) => ({ what: 'tier', named }),
  check: (draft, around) => [
    ...wholeOf(tierSetBodySchema, draft, [
      ...doubleKeys(
        draft.tiers.map(({ key }) => key),
        (place) => `tiers.${place}.key`,
      ),
      ...draft.tiers.flatMap(({ rule }, place) => {
        const path = `tiers.${place}.rule`;
        const isLast = place === draft.tiers.length - 1;
        if (rule === null && !isLast)
          return [problem(path, 'RULE_MISSING', 'only the last tier may be without a rule')];
        return ruleProblems(rule, path, 'tier', around);
      }),
    ]),
    ...vanishingProblems(around.uses, 'tier'),
  ],
});

const stages = part<StageSetDraft>({
  noun: 'set of stages',
  subject: 'stage_set',
  draftSchema: stageSetDraftSchema,
  bodySchema: stageSetBodySchema,
  changes: stageChanges,
  brings: ({ stages: named }) => ({ what: 'stage', named }),
  check: (draft, around) => [
    ...wholeOf(stageSetBodySchema, draft, [
      ...doubleKeys(
        draft.stages.map(({ key }) => key),
        (place) => `stages.${place}.key`,
      ),
      ...draft.stages.flatMap(({ rule }, place) => ruleProblems(rule, `stages.${place}.rule`, 'stage', around)),
    ]),
    ...vanishingProblems(around.uses, 'stage'),
  ],
});

const health = part<ProfileDraft>({
  noun: 'health profile',
  subject: 'health_profile',
  draftSchema: profileDraftSchema,
  bodySchema: profileBodySchema,
  changes: profileChanges,
  brings: () => null,
  check: (draft, around, { isDefault }) =>
    wholeOf(profileBodySchema, draft, [
      ...scopeProblems(draft, isDefault),
      ...ruleProblems(draft.scope, 'scope', 'profileScope', around),
      ...doubleKeys(
        draft.groups.map(({ key }) => key),
        (place) => `groups.${place}.key`,
      ),
      ...draft.groups.flatMap(({ measures }, group) =>
        measures.flatMap(({ signal }, place) =>
          signalProblems(signal, `groups.${group}.measures.${place}.signal`, around),
        ),
      ),
      ...draft.limits.flatMap(({ rule }, place) => ruleProblems(rule, `limits.${place}.rule`, 'cap', around)),
    ]),
});

export const PARTS: Record<ModelPart, Part> = { tiers, stages, health };

/** The default takes what no other profile does; any other without a rule would leave nothing to those behind it. */
function scopeProblems({ scope }: ProfileDraft, isDefault: boolean): ModelProblem[] {
  if (isDefault && scope !== null) {
    return [problem('scope', 'DEFAULT_HAS_SCOPE', 'the default profile scores all that no other does')];
  }
  if (!isDefault && scope === null) {
    return [problem('scope', 'SCOPE_MISSING', 'say which accounts it scores: only the default takes all')];
  }
  return [];
}

function signalProblems(signal: string, path: string, { catalogue, retired }: Surroundings): ModelProblem[] {
  if (signal === '') return [];
  if (retired.has(signal)) return [problem(path, 'RETIRED_SIGNAL', `the signal ${signal} is retired`)];
  const bound = catalogue.fields.get(signal);
  if (signal === 'health.change') {
    return [problem(path, 'SIGNAL_NOT_MEASURABLE', 'the change of the score cannot be a part of it')];
  }
  if (bound?.binding.kind === 'signal') return [];
  return [problem(path, 'UNKNOWN_SIGNAL', `there is no signal ${signal}`)];
}

/** With what its own schema says, where the same place has nothing better said of it already. */
function wholeOf(schema: z.ZodType, draft: unknown, found: readonly ModelProblem[]): ModelProblem[] {
  const places = new Set(found.map(({ path }) => path));
  return [...shapeProblems(schema, draft).filter(({ path }) => !places.has(path)), ...found];
}
