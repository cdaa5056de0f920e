import { Injectable } from '@nestjs/common';
import { EVERY_ACCOUNT } from '@steward/shared/rules';
import { asked } from '../../db/asked.js';
import type { Tx } from '../../db/unit-of-work.js';
import { type Day, isoOrNull } from '../../domain/calendar/day.js';
import { sinceOf } from '../../domain/memory/memory.js';
import { rawTierOf, tierOfDay } from '../../domain/tiers/tier.js';
import type { AccountRun, KeepsMoves } from '../account-run.js';
import type { Batch } from '../batch.js';
import type { DayRun } from '../day-run.js';
import { type Move, MovesRepository } from '../state/moves.repository.js';
import { StageRulesRepository } from '../state/stage-rules.repository.js';
import { type TierColumns, TiersRepository } from './tiers.repository.js';

/** Tier rules over facts and signals → the raw tier of the day, and the best of the days that are held. */
@Injectable()
export class TiersStage {
  constructor(
    private readonly rules: StageRulesRepository,
    private readonly repository: TiersRepository,
    private readonly moves: MovesRepository,
  ) {}

  async run(tx: Tx, batch: Batch, day: DayRun, runs: readonly AccountRun[], keepsMoves: KeepsMoves): Promise<void> {
    const { body, version } = day.model.tiers;
    const rules = body.tiers.map((tier) => tier.rule ?? EVERY_ACCOUNT);
    const setByHand = asked(this.repository.overrides(tx, batch, day.iso));
    const holding = await this.rules.holding(tx, batch, day, 'tiers', rules);
    const overrides = new Map((await setByHand).map((row) => [row.account_id, row]));
    const changed: TierColumns[] = [];
    const moves: Move[] = [];
    for (const run of runs) {
      const places = holding(run.id);
      const rawTier = rawTierOf(
        body,
        body.tiers.map((_, index) => places.includes(index)),
      );
      const set = overrides.get(run.id);
      const override = set ? { tier: set.tier, from: set.from_day as Day, until: set.until_day as Day | null } : null;
      const { tier, reason } = tierOfDay(body, rawTier, run.opening.rawTierRing, override, day.asOf);
      const since = sinceOf(run.opening.tier, run.opening.tierSince, tier, day.asOf);
      run.tier = tier;
      const { row } = run;
      const isSame =
        row !== null &&
        row.raw_tier === rawTier &&
        row.tier === tier &&
        row.tier_since === since &&
        row.tier_version === version;
      if (!isSame) changed.push({ accountId: run.id, rawTier, tier, tierSince: isoOrNull(since) });
      if (tier !== run.opening.tier && keepsMoves(run.id)) {
        const by = reason === 'person' ? set : undefined;
        moves.push({
          accountId: run.id,
          from: run.opening.tier,
          to: tier,
          reason,
          byUserId: by?.by_user_id ?? null,
          note: by?.reason ?? null,
        });
      }
      run.written ||= !isSame;
    }
    await this.repository.write(tx, day.table, version, changed, day.at);
    await this.moves.replace(tx, 'tier_move', batch, day, moves, keepsMoves);
  }
}
