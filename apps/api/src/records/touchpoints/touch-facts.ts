import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import type { LogTouch } from '@steward/shared/touchpoints';
import type { Tx } from '../../db/unit-of-work.js';
import { isoOf } from '../../domain/calendar/day.js';
import { dayAt } from '../../domain/calendar/zone.js';
import type { ContactRef } from '../../domain/values/fact-rows.js';
import { storeFacts } from '../../intake/facts/store-facts.js';
import { InvalidInput, NotFound } from '../../platform/errors/app-error.js';
import type { Editing, Person } from '../accounts/account-editing.js';
import { WorkspaceReader } from '../workspace/workspace.reader.js';
import { TouchpointsRepository } from './touchpoints.repository.js';

/** What a touch says, as it goes into the store of facts. */
export interface TouchFact {
  id: string;
  kind: LogTouch['kind'];
  at: Date;
  day: IsoDay;
  author: string | null;
  text: string | null;
  links: readonly string[];
  counts: boolean;
  contactIds: readonly string[];
}

/** Touches on their way into the store of facts. */
@Injectable()
export class TouchFacts {
  constructor(
    private readonly repository: TouchpointsRepository,
    private readonly workspaces: WorkspaceReader,
  ) {}

  /** The moment with its day; a touch lies behind us. */
  async when(tx: Tx, text: string, today: IsoDay): Promise<{ at: Date; day: IsoDay }> {
    const at = new Date(text);
    const { timeZone } = await this.workspaces.workspace(tx);
    const day = isoOf(dayAt(at.getTime(), timeZone));
    const refuse = (message: string, code: string) => new InvalidInput(message, [{ path: 'at', code, message }], code);
    if (day > today) throw refuse(`A touch of ${day} is yet to come. Make it the next step.`, 'DAY_IN_FUTURE');
    if (day < '1900-01-01') throw refuse('A touch lies in the years since 1900.', 'DAY_TOO_OLD');
    return { at, day };
  }

  /** Goes through the store of facts as a person’s word, so that signals follow as with any feed. */
  async store({ tx, account, at }: Editing, person: Person, fact: TouchFact): Promise<void> {
    const refs = await this.repository.contactRefs(tx, account.id, fact.contactIds);
    const contacts: ContactRef[] = fact.contactIds.map((id, index) => {
      const ref = refs.get(id);
      if (ref !== undefined) return ref;
      const message = `The account has no contact ${id}.`;
      const details = [{ path: `contactIds.${index}`, code: 'UNKNOWN_CONTACT', message }];
      throw new InvalidInput(message, details, 'UNKNOWN_CONTACT');
    });
    const externalId = await this.repository.externalIdOf(tx, account.id);
    const { outcomes } = await storeFacts(
      tx,
      [
        {
          kind: 'touchpoint',
          account: { via: 'externalId', id: externalId },
          id: fact.id,
          touchpoint: fact.kind,
          day: fact.day,
          at: fact.at.toISOString(),
          author: fact.author,
          contacts,
          text: fact.text,
          links: [...fact.links],
          counts: fact.counts,
        },
      ],
      {
        sourceKey: 'person',
        receivedAt: at,
        byPerson: true,
        accountsMustExist: true,
        actor: { kind: 'user', id: person.user.id, name: person.user.fullName },
      },
    );
    const [outcome] = outcomes;
    if (outcome?.status === 'rejected') throw new InvalidInput(outcome.rejection.message, [], outcome.rejection.code);
    if (outcome?.status === 'quarantined') throw new NotFound('account');
  }
}
