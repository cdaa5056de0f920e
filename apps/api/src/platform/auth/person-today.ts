import type { ActivePerson } from './auth.repository.js';
import type { Person } from './principal.js';
import { scopeOf } from './scope.js';

/** A person as they are today: what they see, and whose stand-in they are. */
export type PersonToday = Pick<Person, 'user' | 'scope' | 'standsInForIds'>;

export function personToday(person: ActivePerson): PersonToday {
  const { user, everyoneSeesAll, teamIds, standsInForIds, standsInTeamIds } = person;
  const scoped = { ...user, teamIds, standsInForIds: [...standsInForIds, ...standsInTeamIds] };
  return { user, scope: scopeOf(scoped, { everyoneSeesAll }), standsInForIds };
}
