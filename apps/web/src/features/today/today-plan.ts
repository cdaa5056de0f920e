import type { Me } from '@steward/shared/access';
import type { Role } from '@steward/shared/common';
import type { TodayScope } from '@steward/shared/today';
import { ownersOfMine } from '../../lib/me.js';

export type TodayPart = 'drops' | 'renewals' | 'expansion' | 'owners';

/** In which order each role meets the day: those who keep accounts see falls first, those who sell see chances first. */
const PARTS: Record<Role, readonly TodayPart[]> = {
  csm: ['drops', 'renewals', 'expansion'],
  am: ['expansion', 'renewals', 'drops'],
  manager: ['owners', 'drops', 'renewals', 'expansion'],
  admin: ['owners', 'drops', 'renewals', 'expansion'],
  viewer: ['owners', 'drops', 'renewals', 'expansion'],
};

/** What the page shows, top to bottom; whose book is whose is asked of a team alone. */
export function partsFor(role: Role, scope: TodayScope): readonly TodayPart[] {
  return PARTS[role].filter((part) => part !== 'owners' || scope !== 'mine');
}

const SCOPES: Record<Role, readonly TodayScope[]> = {
  csm: ['mine', 'all'],
  am: ['mine', 'all'],
  manager: ['team', 'mine', 'all'],
  admin: ['all', 'mine'],
  viewer: ['all'],
};

/** Whose day it can be, the usual one first. */
export const scopesFor = (role: Role): readonly TodayScope[] => SCOPES[role];

export function scopeOf(text: string | undefined, role: Role): TodayScope {
  const scopes = scopesFor(role);
  return scopes.find((scope) => scope === text) ?? scopes[0] ?? 'all';
}

/** The filters of the account list that show the same accounts. */
export function ownerFilter(scope: TodayScope, me: Pick<Me, 'standsInFor'>): { owner?: string } {
  return scope === 'mine' ? { owner: ownersOfMine(me).join(',') } : {};
}

/** Those who give pulses, and those who lead them, hear where pulse and score disagree. */
export const showsGaps = (role: Role): boolean => role === 'csm' || role === 'manager' || role === 'admin';
