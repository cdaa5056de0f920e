import type { ReportOwner } from '@steward/shared/portfolio';
import { type Scope, seesBookOf } from '../../platform/auth/scope.js';
import type { KnownOwner, OwnerOfGroup } from './portfolio.repository.js';

/** Groups of one row, told apart by the owner's key. */
function keyOf({ userId, text }: OwnerOfGroup): string {
  return userId !== null ? `user:${userId}` : text !== null && text !== '' ? `text:${text}` : 'none';
}

export function groupsByOwner<Group extends OwnerOfGroup>(groups: readonly Group[]): Map<string, Group[]> {
  const byOwner = new Map<string, Group[]>();
  for (const group of groups) {
    const key = keyOf(group);
    const own = byOwner.get(key);
    if (own) own.push(group);
    else byOwner.set(key, [group]);
  }
  return byOwner;
}

export function ownersOf(
  groups: readonly OwnerOfGroup[],
  people: readonly KnownOwner[],
  scope: Scope,
): Map<string, ReportOwner> {
  const known = new Map(people.map((person) => [person.id, person]));
  return new Map(
    groups.map((group) => {
      const key = keyOf(group);
      const person = group.userId === null ? undefined : known.get(group.userId);
      const { managerId = null, managerName = null } = person ?? {};
      return [
        key,
        {
          key,
          userId: group.userId,
          name: person?.name ?? (key === 'none' ? null : group.text),
          active: person?.active ?? true,
          partly: group.userId !== null && !seesBookOf(scope, group.userId),
          manager: managerId === null || managerName === null ? null : { userId: managerId, name: managerName },
        },
      ];
    }),
  );
}

export interface TeamOfOwners {
  manager: ReportOwner['manager'];
  owners: string[];
}

/** Owners by whom they report to; those who report to nobody, or are no users, come last. Accounts of nobody are no team's. */
export function teamsOf(owners: readonly ReportOwner[]): TeamOfOwners[] {
  const teams = new Map<string, TeamOfOwners>();
  for (const { key, manager } of owners) {
    if (key === 'none') continue;
    const of = manager?.userId ?? '';
    const team = teams.get(of) ?? { manager, owners: [] };
    team.owners.push(key);
    teams.set(of, team);
  }
  return [...teams.values()].sort((a, b) => compareNames(a.manager?.name ?? null, b.manager?.name ?? null));
}

/** By name; null last. */
function compareNames(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a.localeCompare(b, 'en');
}
