import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import type { Tx } from '../../db/unit-of-work.js';
import {
  DEFAULT_CHOICES,
  DEFAULT_DESK_CHOICES,
  DEFAULT_DIGEST_HOUR,
  type DeskChoices,
} from '../../domain/notifications/choices.js';
import type { PersonToTell } from '../../domain/notifications/recipients.js';
import type { Managers } from '../../domain/people/management.js';
import type { Scope } from '../../platform/auth/scope.js';
import { PeopleReader } from '../../records/users/people.reader.js';
import { PeopleRepository } from './people.repository.js';

export interface Reader extends Omit<PersonToTell, 'sees'> {
  name: string;
  scope: Scope;
  desk: DeskChoices;
  digestHour: number;
}

export interface PeopleToTell {
  readers: Reader[];
  managers: Managers;
}

/** Everybody who may be told something today, with what each of them may see: as when they sign in. */
@Injectable()
export class PeopleToTellReader {
  constructor(
    private readonly people: PeopleReader,
    private readonly choices: PeopleRepository,
  ) {}

  async on(tx: Tx, day: IsoDay): Promise<PeopleToTell> {
    const { all, managers } = await this.people.on(tx, day);
    const chosen = new Map((await this.choices.chosen(tx)).map((each) => [each.userId, each]));
    const readers = all
      .map(({ id, name, role, standsInForIds, scope }) => {
        const own = chosen.get(id);
        return {
          id,
          name,
          role,
          standsInForIds,
          choices: { ...DEFAULT_CHOICES, ...own?.kinds },
          desk: { ...DEFAULT_DESK_CHOICES, ...own?.desk },
          digestHour: own?.digestHour ?? DEFAULT_DIGEST_HOUR,
          scope,
        };
      })
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    return { readers, managers };
  }
}
