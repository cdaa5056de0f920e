import { Injectable } from '@nestjs/common';
import { v4 } from 'uuid';
import { forgetFacts } from '../../db/fact-memory.js';
import { NotFound } from '../../platform/errors/app-error.js';
import { AccountEditing, type Person } from '../accounts/account-editing.js';
import { AccountEditsRepository } from '../accounts/account-edits.repository.js';
import { ContactErasureRepository } from './contact-erasure.repository.js';
import type { ContactKey } from './contact-key.js';

/**
 * Takes away who a contact was and leaves what the account's figures rest on: its days of usage, tickets and scores are
 * those of a nameless contact from then on, so that no score moves. Whom a source goes on to send comes back as somebody
 * new, without a past.
 */
@Injectable()
export class ContactErasure {
  constructor(
    private readonly editing: AccountEditing,
    private readonly accounts: AccountEditsRepository,
    private readonly repository: ContactErasureRepository,
  ) {}

  erase(person: Person, { accountId, contactId }: ContactKey): Promise<void> {
    return this.editing.edit(
      person,
      accountId,
      async ({ tx }) => {
        const erased = { accountId, contactId, nameless: v4() };
        if (!(await this.repository.eraseIdentity(tx, erased))) throw new NotFound('contact');
        await forgetFacts(tx);
        await this.repository.eraseUsage(tx, erased);
        // By its new id: the old one was made of what named the person.
        return {
          result: undefined,
          action: 'contact.erased',
          changes: { contact: { from: null, to: erased.nameless } },
        };
      },
      async (tx) => {
        await this.repository.holdRuns(tx, accountId);
        return this.accounts.held(tx, person.scope, accountId);
      },
    );
  }
}
