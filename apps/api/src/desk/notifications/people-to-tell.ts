import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import type { Tx } from '../../db/unit-of-work.js';
import { DEFAULT_CHOICES, DEFAULT_DIGEST_HOUR } from '../../domain/notifications/choices.js';
import type { PersonToTell } from '../../domain/notifications/recipients.js';
import { type Managers, reportsTo } from '../../domain/people/management.js';
import { type Scope, scopeOf } from '../../platform/auth/scope.js';
import { PeopleRepository } from './people.repository.js';

export interface Reader extends Omit<PersonToTell, 'sees'> {
  scope: Scope;
  digestHour: number;
}

export interface PeopleToTell {
  readers: Reader[];
  managers: Managers;
}

/** Everybody who may be told something today, with what each of them may see: as when they sign in. */
@Injectable()
export class PeopleToTellReader {
  constructor(private readonly people: PeopleRepository) {}

  async on(tx: Tx, day: IsoDay, everyoneSeesAll: boolean): Promise<PeopleToTell> {
    const rows = await this.people.all(tx);
    const standIns = await this.people.standInsOn(tx, day);
    const managers: Managers = new Map(rows.map(({ id, managerId }) => [id, managerId]));
    const leads = new Set(rows.filter(({ role }) => role === 'manager').map(({ id }) => id));
    const teamOf = (id: string) =>
      leads.has(id) ? rows.filter((each) => reportsTo(managers, each.id, id)).map((each) => each.id) : [];
    const readers = rows
      .filter(({ active }) => active)
      .map(({ id, role, kinds, digestHour }) => {
        const standsInForIds = standIns.filter(({ standInId }) => standInId === id).map(({ userId }) => userId);
        const scope = scopeOf(
          { id, role, teamIds: teamOf(id), standsInForIds: [...standsInForIds, ...standsInForIds.flatMap(teamOf)] },
          { everyoneSeesAll },
        );
        return {
          id,
          role,
          standsInForIds,
          choices: { ...DEFAULT_CHOICES, ...kinds },
          digestHour: digestHour ?? DEFAULT_DIGEST_HOUR,
          scope,
        };
      });
    return { readers, managers };
  }
}
