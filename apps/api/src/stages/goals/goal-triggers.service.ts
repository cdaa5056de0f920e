import { Injectable } from '@nestjs/common';
import type { GoalStart } from '@steward/shared/goals';
import { announce } from '../../db/live-channel.js';
import type { Tx } from '../../db/unit-of-work.js';
import { addDays, type Day, isoOf } from '../../domain/calendar/day.js';
import { PlaybooksReader, type PublishedPlaybook } from '../../records/playbooks/playbooks.reader.js';
import { WorkspaceReader } from '../../records/workspace/workspace.reader.js';
import type { Batch } from '../batch.js';
import { DayRuns } from '../day-run.js';
import type { RowsOfDay } from '../rows-of-day.js';
import type { DayOfGoals } from './goal-evaluation.service.js';
import { GoalRunsRepository, type Trigger } from './goal-runs.repository.js';
import { GoalStarter, type StartOrder } from './goal-starter.service.js';

/** Alerts that are asked in one transaction: the rest is asked a minute later. */
const MOST_AT_ONCE = 1_000;

/** Starts playbooks where what triggers them has come about. */
@Injectable()
export class GoalTriggers {
  constructor(
    private readonly playbooks: PlaybooksReader,
    private readonly runs: GoalRunsRepository,
    private readonly starter: GoalStarter,
    private readonly days: DayRuns,
    private readonly workspaces: WorkspaceReader,
  ) {}

  /** Accounts of the batch that entered a segment on the day. */
  async fromSegments(tx: Tx, batch: Batch, day: DayOfGoals, rows: RowsOfDay, how: GoalStart): Promise<void> {
    const playbooks = await this.enabled(tx);
    const wanted = [...new Set(playbooks.flatMap((each) => each.definition?.triggers.segmentIds ?? []))];
    const entries = await this.runs.entries(tx, batch, day.iso, wanted);
    const orders = ordersOf(playbooks, entries, (each) => each.definition?.triggers.segmentIds, how, day.asOf);
    if (orders.length > 0) await this.starter.start(tx, orders, rows, day);
  }

  /** Alerts of a day past, in a replay. */
  async fromReplayedAlerts(tx: Tx, batch: Batch, day: DayOfGoals, rows: RowsOfDay): Promise<void> {
    const playbooks = await this.enabled(tx);
    const raised = await this.runs.raisedOn(tx, batch, day.iso, alertRulesOf(playbooks));
    const orders = ordersOf(playbooks, raised, (each) => each.definition?.triggers.alertRuleIds, 'replay', day.asOf);
    if (orders.length > 0) await this.starter.start(tx, orders, rows, day);
  }

  /**
   * Alerts that have opened since yesterday, other than true at start, each asked once. What opened before is left alone:
   * its playbook, or the trigger, came later.
   */
  async fromOpenAlerts(tx: Tx): Promise<void> {
    const playbooks = await this.enabled(tx);
    const ruleIds = alertRulesOf(playbooks);
    if (ruleIds.length === 0) return;
    const today = await this.workspaces.today(tx);
    const opened = await this.runs.opened(tx, ruleIds, isoOf(addDays(today, -1)), MOST_AT_ONCE);
    if (opened.length === 0) return;
    const day = this.days.day(await this.days.base(tx), today, { table: 'account_state', isComplete: false });
    const rows = {
      table: 'account_state',
      day: day.iso,
      context: { kind: 'live', day: day.iso },
      catalogue: day.model.catalogue,
    } as const;
    const orders = ordersOf(playbooks, opened, (each) => each.definition?.triggers.alertRuleIds, 'alert', day.asOf);
    await this.starter.start(tx, orders, rows, day);
    await this.runs.noteAsked(tx, opened, day.at);
    await announce(tx, { topic: 'goals', ids: [...new Set(opened.map(({ accountId }) => accountId))] });
  }

  private async enabled(tx: Tx): Promise<PublishedPlaybook[]> {
    return (await this.playbooks.published(tx)).filter(({ enabled, definition }) => enabled && definition !== null);
  }
}

function alertRulesOf(playbooks: readonly PublishedPlaybook[]): string[] {
  return [...new Set(playbooks.flatMap((each) => each.definition?.triggers.alertRuleIds ?? []))];
}

function ordersOf(
  playbooks: readonly PublishedPlaybook[],
  triggers: readonly Trigger[],
  idsOf: (playbook: PublishedPlaybook) => readonly string[] | undefined,
  how: GoalStart,
  startDay: Day,
): StartOrder[] {
  return triggers.flatMap(({ accountId, ofId, alertId }) =>
    playbooks
      .filter((playbook) => idsOf(playbook)?.includes(ofId))
      .map((playbook) => ({
        accountId,
        playbook,
        how,
        startDay,
        dueDay: null,
        alertId,
        segmentId: alertId === null ? ofId : null,
        byUserId: null,
        id: null,
      })),
  );
}
