import { Injectable } from '@nestjs/common';
import type { Tx } from '../../db/unit-of-work.js';
import { Clock } from '../../platform/clock.js';
import { DayRuns, type RunBase } from '../../stages/day-run.js';
import { ModelService } from '../../stages/model/model.service.js';

/** What sources have ever delivered is read over all facts, so it serves for a while; the model is read anew. */
const SERVES_MS = 30_000;

/** What a trial rests on: the published model, the workspace and its sources. */
@Injectable()
export class StudioBase {
  private known: { base: RunBase; at: number } | null = null;

  constructor(
    private readonly days: DayRuns,
    private readonly models: ModelService,
    private readonly clock: Clock,
  ) {}

  async base(tx: Tx, how: 'may be known' | 'fresh' = 'may be known'): Promise<RunBase> {
    const at = this.clock.now().getTime();
    const usable = how === 'may be known' && this.known !== null && Math.abs(at - this.known.at) < SERVES_MS;
    if (usable) return { ...(this.known as { base: RunBase }).base, model: await this.models.model(tx) };
    const base = await this.days.base(tx);
    this.known = { base, at };
    return base;
  }

  dayOf(base: RunBase, day: RunBase['workspace']['today']) {
    return this.days.day(base, day, { table: 'account_state', isComplete: day < base.workspace.today });
  }
}
