import { Injectable } from '@nestjs/common';
import type { Tx } from '../../db/unit-of-work.js';
import { isStorm, STORM_ACCOUNTS, scopeOfCalm } from '../../domain/alerts/storm.js';
import { isoOf } from '../../domain/calendar/day.js';
import { Clock } from '../../platform/clock.js';
import { AlertRulesReader } from '../../records/alert-rules/alert-rules.reader.js';
import { PendingAlerts } from '../../records/alert-rules/pending-alerts.reader.js';
import { WorkspaceReader } from '../../records/workspace/workspace.reader.js';
import type { DayRun } from '../day-run.js';
import { AlertReleasesRepository, type Raised } from './alert-releases.repository.js';
import { preparedRules } from './prepared-rules.js';

/**
 * What is decided over all accounts at once, after a run: alerts are born pending, and released or held rule by rule.
 * Each call finishes what another has left, so that nothing waits for one that broke off.
 */
@Injectable()
export class AlertReleases {
  constructor(
    private readonly repository: AlertReleasesRepository,
    private readonly pending: PendingAlerts,
    private readonly rules: AlertRulesReader,
    private readonly workspaces: WorkspaceReader,
    private readonly clock: Clock,
  ) {}

  /** Releases what rules have raised, unless one would fire on too many accounts in a day: it waits for an admin. */
  async release(tx: Tx): Promise<void> {
    if (!(await this.repository.isAnyPending(tx))) return;
    await this.repository.lock(tx);
    const storms = new Map((await this.repository.storms(tx)).map((storm) => [storm.ruleId, storm]));
    const raised = await this.repository.raised(tx);
    const inScope = await this.repository.inScope(tx, scopesAsked(raised));
    const held = new Set<string>();
    for (const each of raised) {
      const storm = storms.get(each.ruleId);
      if (storm?.decision === null) held.add(each.ruleId);
      else if (storm?.decision === 'released' && storm.day === each.day) continue;
      else if (await this.brakes(tx, each, inScope.get(each.ruleId) ?? 0)) held.add(each.ruleId);
    }
    await this.repository.countHeld(tx, [...held]);
    const free = new Set(raised.map(({ ruleId }) => ruleId).filter((id) => !held.has(id)));
    await this.pending.open(tx, [...free], this.clock.now());
  }

  private async brakes(tx: Tx, raised: Raised, inScope: number): Promise<boolean> {
    if (!isStorm(raised.newlyFired, inScope)) return false;
    await this.repository.hold(tx, raised, inScope, this.clock.now());
    return true;
  }

  /** High and critical alerts that nobody acknowledged in time go to the owner's manager. */
  async escalate(tx: Tx): Promise<void> {
    await this.repository.escalate(tx, isoOf(await this.workspaces.today(tx)), this.clock.now());
  }

  /** Says which rules wait for a source that is silent on the day. */
  async noteSilence(tx: Tx, day: DayRun): Promise<void> {
    const silent = preparedRules(await this.rules.rules(tx), day).flatMap(({ id, silentSource }) =>
      silentSource === null ? [] : [{ ruleId: id, source: silentSource }],
    );
    await this.repository.setSilent(tx, silent, day.iso, day.at);
  }
}

/** Of rules that have fired on many accounts, as many of their scope as it takes to know whether that is a storm. */
function scopesAsked(raised: readonly Raised[]): Map<string, number> {
  const most = new Map<string, number>();
  for (const { ruleId, newlyFired } of raised) {
    if (newlyFired >= STORM_ACCOUNTS) most.set(ruleId, Math.max(most.get(ruleId) ?? 0, scopeOfCalm(newlyFired)));
  }
  return most;
}
