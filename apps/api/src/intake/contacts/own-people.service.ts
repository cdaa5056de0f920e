import { Injectable } from '@nestjs/common';
import { markDirty } from '../../db/dirty-accounts.js';
import { forgetFacts } from '../../db/fact-memory.js';
import { UnitOfWork } from '../../db/unit-of-work.js';
import { TouchedAccounts } from '../facts/arrival.js';
import { domainsToCheck, noteDomainsChecked, recheckInternal } from '../facts/contacts.repository.js';
import { learnNames, NO_NAMES } from '../facts/names.repository.js';
import { rebuildLedgerOfContacts } from '../facts/usage-ledger.repository.js';

/** Contacts of one transaction: their months of usage are counted again in it. */
const AT_ONCE = 200;

/** Who are the workspace's own people, told again when it names other e-mail domains as its own. */
@Injectable()
export class OwnPeople {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Answers how many contacts became internal or ceased to be. Nothing is done while the domains are as checked last. */
  async recheck(now: Date): Promise<number> {
    let changed = 0;
    for (let step = await this.step(now); step > 0; step = await this.step(now)) changed += step;
    return changed;
  }

  private step(now: Date): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      const domains = await domainsToCheck(tx);
      if (domains === null) return 0;
      const names = await learnNames(tx, NO_NAMES, now);
      const flipped = await recheckInternal(tx, names.ownEmailDomains, AT_ONCE);
      if (flipped.length === 0) {
        await noteDomainsChecked(tx, domains);
        return 0;
      }
      const touched = new TouchedAccounts();
      const today = names.days.dayOf(now);
      for (const { accountId, firstSeen } of flipped) touched.add(accountId, firstSeen ?? today);
      await forgetFacts(tx);
      const rebuilt = await rebuildLedgerOfContacts(tx, flipped, names);
      for (const { accountId, month } of rebuilt) touched.add(accountId, month);
      await markDirty(tx, touched.since, now);
      return flipped.length;
    });
  }
}
