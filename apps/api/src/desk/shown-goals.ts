import { Injectable } from '@nestjs/common';
import { describeTarget } from '@steward/shared/describe-target';
import type { Goal } from '@steward/shared/goals';
import type { PlaybookDefinition } from '@steward/shared/playbooks';
import { type Catalogue, isNumeric } from '../db/rules/bindings.js';
import { CatalogueReader } from '../db/rules/catalogue.reader.js';
import type { Tx } from '../db/unit-of-work.js';
import { type Day, toDay } from '../domain/calendar/day.js';
import { elapsedShare, progressOfTasks } from '../domain/goals/progress.js';
import { PlaybooksReader, versionKey } from '../records/playbooks/playbooks.reader.js';
import type { GoalRow } from './goal-row-sql.js';

/** Goals as people read them on a day. */
@Injectable()
export class ShownGoals {
  constructor(
    private readonly catalogues: CatalogueReader,
    private readonly playbooks: PlaybooksReader,
  ) {}

  async shown(tx: Tx, rows: readonly GoalRow[], today: Day): Promise<Goal[]> {
    if (rows.length === 0) return [];
    const { catalogue } = await this.catalogues.model(tx);
    const definitions = await this.playbooks.definitions(tx, rows);
    return rows.map((row) => goalOf(row, definitions.get(versionKey(row)), catalogue, today));
  }
}

function goalOf(row: GoalRow, definition: PlaybookDefinition | undefined, catalogue: Catalogue, today: Day): Goal {
  const { playbookId, playbookName, version, playbookDeleted, ownerUserId, ownerName, segmentId, segmentName } = row;
  const { required, requiredDone, open, overdue, ...goal } = row;
  const { target } = row;
  const bound = target.kind === 'signal' ? catalogue.fields.get(target.field) : undefined;
  const fields = bound === undefined ? [] : [bound.field];
  return {
    accountId: goal.accountId,
    id: goal.id,
    playbook: { id: playbookId, name: playbookName, version, isDeleted: playbookDeleted },
    kind: goal.kind,
    name: goal.name,
    purpose: definition?.purpose ?? '',
    status: goal.status,
    atRiskReason: goal.atRiskReason,
    started: goal.started,
    startDay: goal.startDay,
    dueDay: goal.dueDay,
    owner: ownerUserId === null ? null : { userId: ownerUserId, name: ownerName ?? '' },
    target,
    targetWords: describeTarget(target, fields),
    baseline: goal.baseline,
    value: goal.value,
    unit: bound?.field.unit ?? null,
    progress: progressShown(row),
    elapsed: elapsedShare(toDay(row.startDay), toDay(row.dueDay), row.endedDay === null ? today : toDay(row.endedDay)),
    targetGone: target.kind === 'signal' && (bound === undefined || !isNumeric(bound)),
    metSinceDay: goal.metSinceDay,
    tasks: { required, requiredDone, open, overdue },
    alertId: goal.alertId,
    segment: segmentId === null ? null : { id: segmentId, name: segmentName },
    scoreAtStart: goal.scoreAtStart,
    arrMinorAtStart: goal.arrMinorAtStart,
    endedDay: goal.endedDay,
    endedBy: goal.endedBy,
    outcomeReason: goal.outcomeReason,
    outcomeNote: goal.outcomeNote,
    revision: goal.revision,
  };
}

/** Clamped. That of tasks is of now while the goal lives: nobody waits for a run to see a task count. */
function progressShown({ target, progress, endedDay, required, requiredDone }: GoalRow): number | null {
  const now = target.kind !== 'signal' && endedDay === null ? progressOfTasks({ required, requiredDone }) : progress;
  return now === null ? null : Math.min(1, Math.max(0, now));
}
