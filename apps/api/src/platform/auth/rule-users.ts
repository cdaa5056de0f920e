import { Conflict } from '../errors/app-error.js';
import type { Principal } from './principal.js';

/** What rests on something by a rule or a column: everyone's, or its owner's alone. */
export interface RuleUser {
  kind: 'segment' | 'alertRule' | 'playbook' | 'view' | 'stages' | 'stagesDraft';
  id: string | null;
  name: string;
  /** Null: nobody's. */
  owner: { userId: string; name: string } | null;
  isShared: boolean;
}

type Person = Extract<Principal, { kind: 'user' }>;

const WORDS: Record<RuleUser['kind'], string> = {
  segment: 'segment',
  alertRule: 'alert rule',
  playbook: 'playbook',
  view: 'view',
  stages: 'the stages',
  stagesDraft: 'the draft of the stages',
};

/** What is private is known to its owner alone. */
export function maySeeUser(principal: Principal, { owner, isShared }: Pick<RuleUser, 'owner' | 'isShared'>): boolean {
  return isShared || (principal.kind === 'user' && owner?.userId === principal.user.id);
}

/** What another person has that is private counts, but keeps its name; an admin is told whom to ask. */
function nameOf(person: Person, user: RuleUser): string {
  const { kind, name, owner } = user;
  if (kind === 'stages' || kind === 'stagesDraft') return WORDS[kind];
  if (maySeeUser(person, user)) return `${WORDS[kind]} ${name}`;
  return `a private ${WORDS[kind]}${person.user.role === 'admin' && owner !== null ? ` of ${owner.name}` : ''}`;
}

/** Refuses to take something from under what rests on it. */
export function mustBeUnused(
  person: Person,
  users: readonly RuleUser[],
  { code, path, message }: { code: string; path: string; message: (names: string) => string },
): void {
  const names = [...new Set(users.map((each) => nameOf(person, each)))].sort((a, b) => a.localeCompare(b, 'en'));
  if (names.length === 0) return;
  const details = names.map((name) => ({ path, message: `is used by ${name}` }));
  throw new Conflict(code, message(names.join(', ')), details);
}
