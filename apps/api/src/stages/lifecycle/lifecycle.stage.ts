import { Injectable } from '@nestjs/common';
import type { AccountStatus } from '@steward/shared/common';
import { asked } from '../../db/asked.js';
import type { Tx } from '../../db/unit-of-work.js';
import { type Day, isoOrNull } from '../../domain/calendar/day.js';
import { stageOfDay } from '../../domain/lifecycle/stage.js';
import type { AccountRun, KeepsMoves } from '../account-run.js';
import type { Batch } from '../batch.js';
import type { DayRun } from '../day-run.js';
import { type Move, MovesRepository } from '../state/moves.repository.js';
import { StageRulesRepository } from '../state/stage-rules.repository.js';
import { LifecycleRepository, type LockOverride, type LockRow, type StageColumns } from './lifecycle.repository.js';

/** Stage rules, locks and changes of status → the stage of the day, and the move into it. */
@Injectable()
export class LifecycleStage {
  constructor(
    private readonly rules: StageRulesRepository,
    private readonly repository: LifecycleRepository,
    private readonly moves: MovesRepository,
  ) {}

  async run(tx: Tx, batch: Batch, day: DayRun, runs: readonly AccountRun[], keepsMoves: KeepsMoves): Promise<void> {
    const { body, version } = day.model.stages;
    const rules = body.stages.map((stage) => stage.rule);
    const set = asked(this.repository.locks(tx, batch, day.iso));
    const holding = await this.rules.holding(tx, batch, day, 'lifecycle', rules);
    const locks = new Map((await set).map((row) => [row.account_id, row]));
    const changed: StageColumns[] = [];
    const moves: Move[] = [];
    const overrides: LockOverride[] = [];
    for (const run of runs) {
      const { opening, row } = run;
      const places = holding(run.id);
      const lock = lockOf(run, locks.get(run.id));
      const found = stageOfDay(body, {
        before: { stage: opening.stage, since: opening.stageSince, status: opening.status as AccountStatus | null },
        status: run.status,
        holds: body.stages.map((_, index) => places.includes(index)),
        lock: lock ? { stage: lock.stage, from: lock.from_day as Day } : null,
        day: day.asOf,
      });
      const isSame =
        row !== null && row.stage === found.stage && row.stage_since === found.since && row.stage_version === version;
      if (!isSame) changed.push({ accountId: run.id, stage: found.stage, stageSince: isoOrNull(found.since) });
      if (lock && found.lockEnded !== lock.was_overridden) {
        overrides.push({ accountId: run.id, id: lock.id, overridden: found.lockEnded });
      }
      if (found.move && keepsMoves(run.id)) {
        const by = found.move.reason === 'person' ? lock : undefined;
        const { from, to, reason } = found.move;
        moves.push({ accountId: run.id, from, to, reason, byUserId: by?.by_user_id ?? null, note: by?.reason ?? null });
      }
      run.written ||= !isSame;
    }
    await this.repository.write(tx, day.table, version, changed, day.at);
    await this.repository.saveOverrides(tx, overrides, day.iso);
    await this.moves.replace(tx, 'stage_move', batch, day, moves, keepsMoves);
  }
}

/** On a day that knows no status before it no change is seen: one that was seen there by another run still holds. */
function lockOf({ opening }: AccountRun, lock: LockRow | undefined): LockRow | undefined {
  return opening.status === null && lock?.was_overridden ? undefined : lock;
}
