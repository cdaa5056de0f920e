import { Injectable } from '@nestjs/common';
import type { SetStage, SetTier } from '@steward/shared/accounts';
import type { IsoDay } from '@steward/shared/common';
import { CatalogueReader } from '../../db/rules/catalogue.reader.js';
import { InvalidInput } from '../../platform/errors/app-error.js';
import { AccountEditing, type Person } from './account-editing.js';
import { AccountEditsRepository, type ByHand } from './account-edits.repository.js';

/** Tier and stage set by hand, where the rules no longer decide until they are released. */
@Injectable()
export class OverridesService {
  constructor(
    private readonly editing: AccountEditing,
    private readonly repository: AccountEditsRepository,
    private readonly catalogues: CatalogueReader,
  ) {}

  async setTier(person: Person, accountId: string, { tier, reason, untilDay }: SetTier): Promise<void> {
    await this.editing.edit(person, accountId, async ({ tx, day, at }) => {
      const { tiers } = await this.catalogues.model(tx);
      if (!tiers.some(({ key }) => key === tier)) throw unknownMember('tier', tier);
      if (untilDay !== null && untilDay < day) {
        throw new InvalidInput('The tier would have ended already.', [{ path: 'untilDay', message: untilDay }]);
      }
      const was = await this.repository.endByHand(tx, 'tier', accountId, day);
      await this.repository.setTier(tx, byHand(person, accountId, reason, day, at), tier, untilDay);
      const changes = {
        tier: { from: was, to: tier },
        reason: { from: null, to: reason },
        untilDay: { from: null, to: untilDay },
      };
      return { result: undefined, action: 'account.tier_set', changes };
    });
  }

  async setStage(person: Person, accountId: string, { stage, reason }: SetStage): Promise<void> {
    await this.editing.edit(person, accountId, async ({ tx, day, at }) => {
      const { stages } = await this.catalogues.model(tx);
      if (!stages.some(({ key }) => key === stage)) throw unknownMember('stage', stage);
      const was = await this.repository.endByHand(tx, 'stage', accountId, day);
      await this.repository.setStage(tx, byHand(person, accountId, reason, day, at), stage);
      const changes = { stage: { from: was, to: stage }, reason: { from: null, to: reason } };
      return { result: undefined, action: 'account.stage_set', changes };
    });
  }

  /** Returns tier or stage to the rules. Nothing set by hand: nothing to do. */
  async release(person: Person, accountId: string, what: 'tier' | 'stage'): Promise<void> {
    await this.editing.edit(person, accountId, async ({ tx, day }) => {
      const was = await this.repository.endByHand(tx, what, accountId, day);
      const action = was === null ? null : `account.${what}_released`;
      return { result: undefined, action, changes: { [what]: { from: was, to: null } } };
    });
  }
}

function byHand(person: Person, accountId: string, reason: string, day: IsoDay, at: Date): ByHand {
  return { accountId, personId: person.user.id, reason, day, at };
}

function unknownMember(what: 'tier' | 'stage', key: string): InvalidInput {
  return new InvalidInput(`There is no ${what} ${key}.`, [{ path: what, code: 'UNKNOWN_OPTION', message: key }]);
}
