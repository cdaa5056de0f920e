import { Injectable } from '@nestjs/common';
import type { SetTier } from '@steward/shared/accounts';
import { CatalogueReader } from '../../../db/rules/catalogue.reader.js';
import { ManyAccountsRepository, type TierByHand } from '../../../records/accounts/many-accounts.repository.js';
import {
  type Batch,
  type Deed,
  type KindOfBulk,
  type Ordered,
  type Outcomes,
  type RefusedWhole,
  refuseAll,
  refused,
  UNCHANGED,
} from './bulk-kind.js';

/** Sets tiers by hand. */
@Injectable()
export class TierKind implements KindOfBulk<'tier'> {
  constructor(
    private readonly many: ManyAccountsRepository,
    private readonly catalogues: CatalogueReader,
  ) {}

  async refusedWhole({ tx, day }: Ordered, { tier, untilDay }: SetTier): Promise<RefusedWhole | null> {
    const { tiers } = await this.catalogues.model(tx);
    if (!tiers.some(({ key }) => key === tier)) return { code: 'UNKNOWN_TIER', path: 'tier' };
    return untilDay !== null && untilDay < day ? { code: 'TIER_ENDED', path: 'untilDay' } : null;
  }

  async apply(batch: Batch, change: SetTier): Promise<Outcomes> {
    const { tx, user, accounts, day, at } = batch;
    const { tier, reason, untilDay } = change;
    const whole = await this.refusedWhole(batch, change);
    if (whole !== null) return refuseAll(batch, whole.code);
    const present = await this.many.tiersByHand(tx, idsOf(batch), day);
    const isSo = (now: TierByHand | undefined) =>
      now !== undefined && now.tier === tier && now.reason === reason && now.untilDay === untilDay;
    const changing = accounts.filter(({ id }) => !isSo(present.get(id))).map(({ id }) => id);
    const outcomes: Outcomes = new Map(accounts.map(({ id }) => [id, UNCHANGED]));
    if (changing.length === 0) return outcomes;
    await this.many.endTiersByHand(tx, changing, day);
    const set = changing.map((accountId) => ({ accountId, tier, reason, untilDay, byUserId: user.id }));
    const written = await this.many.addTiersByHand(tx, set, day, at);
    for (const id of changing) {
      outcomes.set(id, { state: 'done', before: present.get(id) ?? null, after: { id: written.get(id) } });
    }
    return outcomes;
  }

  undo(batch: Batch, _change: unknown, deeds: ReadonlyMap<string, Deed>): Promise<Outcomes> {
    return returnTiers(this.many, batch, deeds);
  }
}

/** Returns tiers to the rules. */
@Injectable()
export class ReleaseTierKind implements KindOfBulk<'releaseTier'> {
  constructor(private readonly many: ManyAccountsRepository) {}

  async apply(batch: Batch): Promise<Outcomes> {
    const { tx, accounts, day } = batch;
    const present = await this.many.tiersByHand(tx, idsOf(batch), day);
    if (present.size > 0) await this.many.endTiersByHand(tx, [...present.keys()], day);
    return new Map(
      accounts.map(({ id }) => {
        const before = present.get(id);
        return [id, before === undefined ? UNCHANGED : { state: 'done', before, after: { id: null } }];
      }),
    );
  }

  undo(batch: Batch, _change: unknown, deeds: ReadonlyMap<string, Deed>): Promise<Outcomes> {
    return returnTiers(this.many, batch, deeds);
  }
}

/** Puts back what was set by hand before, unless its last day has passed. */
async function returnTiers(
  many: ManyAccountsRepository,
  batch: Batch,
  deeds: ReadonlyMap<string, Deed>,
): Promise<Outcomes> {
  const { tx, accounts, day, at } = batch;
  const present = await many.tiersByHand(tx, idsOf(batch), day);
  const outcomes: Outcomes = new Map();
  const ends: string[] = [];
  const back: ({ accountId: string } & Omit<TierByHand, 'id'>)[] = [];
  for (const { id } of accounts) {
    const { before, after } = deeds.get(id) as { before: TierByHand | null; after: { id: string | null } };
    const now = present.get(id);
    if ((now?.id ?? null) !== after.id) {
      outcomes.set(id, refused('CHANGED_SINCE'));
      continue;
    }
    if (now) ends.push(id);
    if (before !== null && (before.untilDay === null || before.untilDay >= day)) {
      back.push({ ...before, accountId: id });
    }
    outcomes.set(id, { state: 'done', before: after, after: before });
  }
  if (ends.length > 0) await many.endTiersByHand(tx, ends, day);
  if (back.length > 0) await many.addTiersByHand(tx, back, day, at);
  return outcomes;
}

function idsOf({ accounts }: Batch): string[] {
  return accounts.map(({ id }) => id);
}
