import type { ProfileBody } from '@steward/shared/health';
import type { StudioProfile } from '@steward/shared/health-studio';
import type { Rule } from '@steward/shared/rules';
import type { SignalDefinition } from '@steward/shared/signals';
import { checkRule } from '../../db/rules/check-rule.js';
import { healthRules } from '../../domain/health/asked-rules.js';
import { type CompiledProfile, compileProfile, measuredSignals } from '../../domain/health/profile.js';
import { withDraft } from '../../domain/studio/place-draft.js';
import type { TriedProfiles } from '../../domain/studio/standing.js';
import { type ErrorDetail, NotFound, Refused } from '../../platform/errors/app-error.js';
import type { Model } from '../../stages/model/model.service.js';

/** A profile on one side of a comparison. */
export interface SideProfile {
  /** Null: a new one. */
  profileId: string | null;
  name: string;
  body: ProfileBody;
  compiled: CompiledProfile;
}

export interface Side extends TriedProfiles {
  profiles: readonly SideProfile[];
}

/** The published profiles and the same with a draft among them, made ready to be asked in one go. */
export interface TriedModel {
  before: Side;
  after: Side;
  /** The draft's place in `after`. */
  draft: number;
  draftName: string;
  /** Of both sides, each once. */
  rules: readonly Rule[];
  /** Numbers of the signals that are read, in the order in which their values come. */
  signals: readonly number[];
}

/** What is known of a profile that is not among those in use. */
export interface KnownProfile {
  name: string;
  isDefault: boolean;
}

const NEW_PROFILE = 'New profile';

export function triedModel(
  model: Model,
  { profileId, position, body }: StudioProfile,
  unused: KnownProfile | null,
): TriedModel {
  const published = model.profiles.map((profile, index) => ({
    ...profile,
    isDefault: index === model.profiles.length - 1,
  }));
  const replaced = published.find((profile) => profile.profileId === profileId);
  if (profileId !== null && !replaced && !unused) throw new NotFound('health profile');
  refuseFaults(model, body, replaced?.isDefault ?? false);
  const draftName = replaced?.name ?? unused?.name ?? NEW_PROFILE;
  const { profiles, place } = withDraft<PlacedBody, PlacedBody>(
    published,
    { profileId, name: draftName, body, isDefault: false },
    { profileId, position },
  );
  const keys = [...new Set([...published, ...profiles].flatMap((profile) => measuredSignals(profile.body)))];
  const numbers = numbersOf(model.signals);
  const known = keys.filter((key) => numbers.has(key));
  const slot = (key: string) => (numbers.has(key) ? known.indexOf(key) : null);
  const compiled = (of: readonly PlacedBody[]): SideProfile[] =>
    of.map((profile) => ({ ...profile, compiled: compileProfile(profile.body, slot) }));
  const { rules, scopes, limits } = healthRules([...published, ...profiles]);
  const split = published.length;
  return {
    before: { profiles: compiled(published), scopes: scopes.slice(0, split), limits: limits.slice(0, split) },
    after: { profiles: compiled(profiles), scopes: scopes.slice(split), limits: limits.slice(split) },
    draft: place,
    draftName,
    rules,
    signals: known.map((key) => numbers.get(key) as number),
  };
}

interface PlacedBody {
  profileId: string | null;
  name: string;
  body: ProfileBody;
  isDefault: boolean;
}

function numbersOf(signals: readonly SignalDefinition[]): Map<string, number> {
  return new Map(signals.map(({ key, number }) => [key, number]));
}

/** A draft is tried as it would be published: rules that cannot be asked are refused, each with its place. */
function refuseFaults({ catalogue }: Model, body: ProfileBody, isDefault: boolean): void {
  const faults: ErrorDetail[] = [];
  const look = (rule: Rule, purpose: 'profileScope' | 'cap', at: string) => {
    for (const problem of checkRule(rule, catalogue, { purpose })) {
      faults.push({ ...problem, path: `profile.body.${at}.${problem.path}`.replace(/\.$/, '') });
    }
  };
  if (body.scope !== null) look(body.scope, 'profileScope', 'scope');
  if (body.scope !== null && isDefault) {
    const message = 'the default profile takes every account that no other takes, so it has no scope';
    faults.push({ path: 'profile.body.scope', code: 'DEFAULT_HAS_NO_SCOPE', message });
  }
  body.limits.forEach((limit, index) => {
    look(limit.rule, 'cap', `limits.${index}.rule`);
  });
  const [first] = faults;
  if (first) throw new Refused('RULE_NOT_VALID', `${first.path}: ${first.message}`, faults);
}
