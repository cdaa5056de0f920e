import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import { v7 as uuidv7 } from 'uuid';
import { open, type Tx } from '../../db/unit-of-work.js';

/** A task of a person’s making. */
export interface TaskToMake {
  accountId: string;
  /** The goal that it is done for; left out: none. */
  goalId?: string | null;
  origin: 'hand' | 'nextStep';
  title: string;
  guidance: string | null;
  dueDay: IsoDay | null;
  /** Null: whoever the account belongs to. */
  assigneeUserId: string | null;
  touchpointId: string | null;
  createdBy: string;
  day: IsoDay;
  at: Date;
}

/** Makes tasks for whoever has one to give. */
@Injectable()
export class TaskMaker {
  /** Answers the task’s id. That somebody else is to do it is news to them. */
  async make(tx: Tx, task: TaskToMake): Promise<string> {
    const { query } = open(tx);
    const id = uuidv7();
    await query(
      `INSERT INTO steward.task (account_id, id, goal_id, key, origin, title, guidance, state, required, role,
         assignee_user_id, due_day, due_by_hand, completes_itself, touchpoint_id, created_by, created_at, revision)
       VALUES ($1, $2, $11, NULL, $3, $4, $5, 'open', FALSE, NULL, $6, $7::date, $7::date IS NOT NULL, FALSE, $8, $9, $10, 1)`,
      [
        task.accountId,
        id,
        task.origin,
        task.title,
        task.guidance,
        task.assigneeUserId,
        task.dueDay,
        task.touchpointId,
        task.createdBy,
        task.at,
        task.goalId ?? null,
      ],
    );
    const isNews = task.assigneeUserId !== null && task.assigneeUserId !== task.createdBy;
    await query(
      `INSERT INTO steward.task_event (account_id, id, task_id, kind, at, day, by_user_id, before, details, told_at)
       VALUES ($1, $2, $3, 'created', $4, $5::date, $6, NULL, $7::jsonb, $8)`,
      [
        task.accountId,
        uuidv7(),
        id,
        task.at,
        task.day,
        task.createdBy,
        JSON.stringify({ assigneeUserId: task.assigneeUserId }),
        isNews ? null : task.at,
      ],
    );
    return id;
  }
}
