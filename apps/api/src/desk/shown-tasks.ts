import { Injectable } from '@nestjs/common';
import { describeRule } from '@steward/shared/describe';
import type { PlaybookDefinition } from '@steward/shared/playbooks';
import type { Task } from '@steward/shared/tasks';
import { CatalogueReader } from '../db/rules/catalogue.reader.js';
import type { Tx } from '../db/unit-of-work.js';
import { type Day, isoOf } from '../domain/calendar/day.js';
import { PlaybooksReader, type PlaybookVersion, versionKey } from '../records/playbooks/playbooks.reader.js';
import type { TaskRow } from './task-row-sql.js';

/** Tasks as people read them on a day. */
@Injectable()
export class ShownTasks {
  constructor(
    private readonly catalogues: CatalogueReader,
    private readonly playbooks: PlaybooksReader,
  ) {}

  async shown(tx: Tx, rows: readonly TaskRow[], today: Day): Promise<Task[]> {
    const words = await this.wordsOf(tx, rows);
    const day = isoOf(today);
    return rows.map((row) => taskOf(row, day, words(row)));
  }

  /** When those that complete themselves do so. */
  private async wordsOf(tx: Tx, rows: readonly TaskRow[]): Promise<(row: TaskRow) => string | null> {
    const versions = rows.flatMap((row) => (row.completesItself ? versionOf(row) : []));
    if (versions.length === 0) return () => null;
    const definitions = await this.playbooks.definitions(tx, versions);
    const segments = await this.playbooks.nameableSegments(tx);
    const { catalogue } = await this.catalogues.model(tx);
    const fields = [...catalogue.fields.values()].map(({ field }) => field);
    return (row) => {
      const [version] = versionOf(row);
      const definition: PlaybookDefinition | undefined = version && definitions.get(versionKey(version));
      const rule = definition?.tasks.find(({ key }) => key === row.key)?.completesWhen ?? null;
      return rule === null ? null : describeRule(rule, fields, segments, catalogue.playbooks);
    };
  }
}

function versionOf({ playbookId, version }: TaskRow): PlaybookVersion[] {
  return playbookId === null || version === null ? [] : [{ playbookId, version }];
}

function taskOf(row: TaskRow, today: string, completesWhen: string | null): Task {
  const { goalId, goalName, goalStatus, assigneeUserId, assigneeName, key: _, playbookId, version, ...task } = row;
  return {
    ...task,
    goal: goalId === null ? null : { id: goalId, name: goalName ?? '', isMissed: goalStatus === 'missed' },
    assignee: assigneeUserId === null ? null : { userId: assigneeUserId, name: assigneeName ?? '' },
    isOverdue: task.state === 'open' && task.dueDay !== null && task.dueDay < today,
    // One whose day has come is awake.
    snoozedUntil: task.snoozedUntil !== null && task.snoozedUntil > today ? task.snoozedUntil : null,
    completesWhen,
    createdAt: task.createdAt.toISOString(),
  };
}
