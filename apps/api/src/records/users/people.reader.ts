import { Injectable } from '@nestjs/common';
import type { IsoDay, Role } from '@steward/shared/common';
import { open, type Tx } from '../../db/unit-of-work.js';
import { type Managers, reportsTo } from '../../domain/people/management.js';
import { permissionsOf } from '../../platform/auth/permissions.js';
import { type Scope, scopeCovers, scopeOf } from '../../platform/auth/scope.js';
import { InvalidInput } from '../../platform/errors/app-error.js';

export interface KnownPerson {
  id: string;
  name: string;
  role: Role;
  managerId: string | null;
  /** The people whose stand-in they are on the day. */
  standsInForIds: string[];
  /** What they see: as when they sign in. */
  scope: Scope;
}

export interface OwnersOfAccount {
  csmUserId: string | null;
  amUserId: string | null;
}

/** Active people of the workspace on a day, by name. */
export class People {
  constructor(
    readonly all: readonly KnownPerson[],
    readonly managers: Managers,
  ) {}

  byId(id: string): KnownPerson | null {
    return this.all.find((person) => person.id === id) ?? null;
  }

  /** Those who may see an account of these owners. */
  whoSee(owners: OwnersOfAccount): KnownPerson[] {
    return this.all.filter(({ scope }) => scopeCovers(scope, owners));
  }

  /** The people of these ids, each of whom must be able to see the account; who cannot is named. */
  mustSee(ids: readonly string[], owners: OwnersOfAccount, field: string): KnownPerson[] {
    return [...new Set(ids)].map((id, index) => {
      const person = this.byId(id);
      const path = `${field}.${index}`;
      if (person === null) {
        const message = `There is no active person ${id}.`;
        throw new InvalidInput(message, [{ path, code: 'UNKNOWN_PERSON', message }], 'UNKNOWN_PERSON');
      }
      if (!scopeCovers(person.scope, owners)) {
        const message = `${person.name} may not see this account.`;
        throw new InvalidInput(message, [{ path, code: 'PERSON_CANNOT_SEE', message }], 'PERSON_CANNOT_SEE');
      }
      return person;
    });
  }

  /** Somebody who is to do something for the account: sees it, and may act on it. */
  mustAct(id: string, owners: OwnersOfAccount, field: string): KnownPerson {
    const [person] = this.mustSee([id], owners, field) as [KnownPerson];
    if (permissionsOf(person.role).includes('accounts:edit')) return person;
    const message = `${person.name} may look at accounts, not act on them.`;
    throw new InvalidInput(message, [{ path: field, code: 'PERSON_CANNOT_ACT', message }], 'PERSON_CANNOT_ACT');
  }
}

/** Everybody who is active, with what each of them may see today. */
@Injectable()
export class PeopleReader {
  async on(tx: Tx, day: IsoDay): Promise<People> {
    const { query } = open(tx);
    const rows = await query<Omit<KnownPerson, 'scope' | 'standsInForIds'> & { active: boolean }>(
      `SELECT id, full_name AS name, role, manager_id AS "managerId", active FROM steward.app_user
       ORDER BY lower(full_name), id`,
    );
    const standIns = await query<{ userId: string; standInId: string }>(
      `SELECT DISTINCT user_id AS "userId", stand_in_id AS "standInId" FROM steward.stand_in
       WHERE $1::date BETWEEN from_day AND to_day`,
      [day],
    );
    const [workspace] = await query<{ everyoneSeesAll: boolean }>(
      `SELECT everyone_sees_all AS "everyoneSeesAll" FROM steward.workspace WHERE id = 1`,
    );
    const managers: Managers = new Map(rows.map(({ id, managerId }) => [id, managerId]));
    const leads = new Set(rows.filter(({ role }) => role === 'manager').map(({ id }) => id));
    const teamOf = (id: string) =>
      leads.has(id) ? rows.filter((each) => reportsTo(managers, each.id, id)).map((each) => each.id) : [];
    const people = rows
      .filter(({ active }) => active)
      .map(({ active: _, ...person }) => {
        const standsInForIds = standIns.filter((each) => each.standInId === person.id).map(({ userId }) => userId);
        const standsInFor = [...standsInForIds, ...standsInForIds.flatMap(teamOf)];
        const scoped = { id: person.id, role: person.role, teamIds: teamOf(person.id), standsInForIds: standsInFor };
        return {
          ...person,
          standsInForIds,
          scope: scopeOf(scoped, { everyoneSeesAll: workspace?.everyoneSeesAll ?? false }),
        };
      });
    return new People(people, managers);
  }
}
