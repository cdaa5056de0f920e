import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { AccountRow } from './account.js';

const KIND = `kind IN ('onboarding', 'adoption', 'retention', 'renewal', 'expansion')`;

/** What is done when, and by whom, to reach something on an account. Ready-made ones have a key. */
@Unique('playbook_key_key', ['key'])
@Check('playbook_kind_check', KIND)
@Entity('playbook')
export class PlaybookRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text', { nullable: true })
  key: string | null;

  @Column('text')
  name: string;

  @Column('text')
  kind: string;

  /** As it is published now. */
  @Column('jsonb')
  definition: unknown;

  @Column('boolean')
  enabled: boolean;

  @Column('integer')
  version: number;

  @Column('integer')
  revision: number;

  @Column('uuid', { nullable: true })
  createdBy: string | null;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;

  /** Its versions stay for the goals that were made from it. */
  @Column('timestamptz', { nullable: true })
  deletedAt: Date | null;
}

/** A playbook as it was published, for good: running goals go on by theirs. */
@Entity('playbook_version')
export class PlaybookVersionRow {
  @PrimaryColumn('uuid')
  playbookId: string;

  @PrimaryColumn('integer')
  version: number;

  @Column('jsonb')
  definition: unknown;

  @Column('timestamptz')
  publishedAt: Date;

  @Column('uuid', { nullable: true })
  byUserId: string | null;
}

/** A playbook that runs on an account; it stays when it has ended. */
@ForeignKey(() => AccountRow, ['accountId'], ['id'], { name: 'goal_account_fkey', onDelete: 'CASCADE' })
@Check('goal_kind_check', KIND)
@Check('goal_status_check', `status IN ('notStarted', 'inProgress', 'atRisk', 'achieved', 'missed', 'cancelled')`)
@Check('goal_at_risk_reason_check', `at_risk_reason IN ('behind', 'taskOverdue')`)
@Check('goal_started_check', `started IN ('hand', 'bulk', 'alert', 'segment', 'replay')`)
@Check('goal_days_check', `start_day <= due_day`)
@Index('goal_live_key', ['accountId', 'playbookId'], {
  unique: true,
  where: `status IN ('notStarted', 'inProgress', 'atRisk') AND one_at_a_time`,
})
@Index('goal_live_idx', ['accountId'], { where: `status IN ('notStarted', 'inProgress', 'atRisk')` })
@Index('goal_playbook_idx', ['playbookId', 'startDay'])
// It includes the account, which an entity cannot say.
@Index('goal_owner_idx', { synchronize: false })
@Index('goal_ended_idx', ['endedDay'], { where: `ended_day IS NOT NULL` })
@Entity('goal')
export class GoalRow {
  @PrimaryColumn('uuid')
  accountId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  playbookId: string;

  @Column('integer')
  playbookVersion: number;

  @Column('text')
  kind: string;

  @Column('text')
  name: string;

  @Column('text')
  status: string;

  /** Null in every other status. */
  @Column('text', { nullable: true })
  atRiskReason: string | null;

  @Column('text')
  started: string;

  /** No second one of its playbook beside it. */
  @Column('boolean')
  oneAtATime: boolean;

  @Column('date')
  startDay: string;

  @Column('date')
  dueDay: string;

  @Column('uuid', { nullable: true })
  ownerUserId: string | null;

  @Column('jsonb')
  target: unknown;

  /** The first value that was known; null: none yet. */
  @Column('double precision', { nullable: true })
  baseline: number | null;

  @Column('date', { nullable: true })
  baselineDay: string | null;

  @Column('double precision', { nullable: true })
  value: number | null;

  @Column('date', { nullable: true })
  valueDay: string | null;

  /** Share of the way, not clamped; null: not known. */
  @Column('double precision', { nullable: true })
  progress: number | null;

  /** The first of the closed days on end on which the target held. */
  @Column('date', { nullable: true })
  metSinceDay: string | null;

  @Column('uuid', { nullable: true })
  alertId: string | null;

  @Column('uuid', { nullable: true })
  segmentId: string | null;

  @Column('numeric', { nullable: true, precision: 5, scale: 2 })
  scoreAtStart: number | null;

  @Column('bigint', { nullable: true })
  arrMinorAtStart: number | null;

  @Column('numeric', { nullable: true, precision: 5, scale: 2 })
  scoreAtEnd: number | null;

  @Column('bigint', { nullable: true })
  arrMinorAtEnd: number | null;

  @Column('date', { nullable: true })
  endedDay: string | null;

  @Column('timestamptz', { nullable: true })
  endedAt: Date | null;

  @Column('uuid', { nullable: true })
  endedBy: string | null;

  @Column('text', { nullable: true })
  outcomeReason: string | null;

  @Column('text', { nullable: true })
  outcomeNote: string | null;

  @Column('uuid', { nullable: true })
  createdBy: string | null;

  @Column('timestamptz')
  createdAt: Date;

  @Column('integer')
  revision: number;
}

/** What happened to a goal. An event that somebody may want to be told of, and nobody has been, has no `toldAt`. */
@ForeignKey(() => AccountRow, ['accountId'], ['id'], { name: 'goal_event_account_fkey', onDelete: 'CASCADE' })
@ForeignKey(() => GoalRow, ['accountId', 'goalId'], ['accountId', 'id'], {
  name: 'goal_event_goal_fkey',
  onDelete: 'CASCADE',
})
@Check(
  'goal_event_kind_check',
  `kind IN ('started', 'began', 'baseline', 'atRisk', 'onTrack', 'achieved', 'missed',
          'cancelled', 'reopened', 'extended', 'moved', 'owner', 'undone')`,
)
@Index('goal_event_goal_idx', ['accountId', 'goalId'])
@Index('goal_event_untold_idx', ['at'], { where: `told_at IS NULL` })
@Entity('goal_event')
export class GoalEventRow {
  @PrimaryColumn('uuid')
  accountId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  goalId: string;

  @Column('text')
  kind: string;

  @Column('timestamptz')
  at: Date;

  @Column('date')
  day: string;

  @Column('uuid', { nullable: true })
  byUserId: string | null;

  @Column('jsonb', { nullable: true })
  before: unknown;

  @Column('jsonb', { nullable: true })
  details: unknown;

  @Column('timestamptz', { nullable: true })
  toldAt: Date | null;
}

/** Something that a person is to do for an account, from a playbook or by hand. */
@ForeignKey(() => AccountRow, ['accountId'], ['id'], { name: 'task_account_fkey', onDelete: 'CASCADE' })
@Check('task_origin_check', `origin IN ('playbook', 'hand', 'nextStep')`)
@Check('task_state_check', `state IN ('open', 'done', 'skipped', 'cancelled')`)
@Check('task_role_check', `role IN ('csm', 'am', 'manager')`)
@Check('task_completed_how_check', `completed_how IN ('person', 'rule')`)
@Index('task_goal_idx', ['accountId', 'goalId'])
@Index('task_assignee_idx', ['assigneeUserId', 'dueDay'], { where: `state = 'open'` })
@Index('task_due_idx', ['dueDay'], { where: `state = 'open'` })
@Entity('task')
export class TaskRow {
  @PrimaryColumn('uuid')
  accountId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { nullable: true })
  goalId: string | null;

  /** The name its playbook has for it. */
  @Column('text', { nullable: true })
  key: string | null;

  @Column('text')
  origin: string;

  @Column('text')
  title: string;

  @Column('text', { nullable: true })
  guidance: string | null;

  @Column('text')
  state: string;

  @Column('boolean')
  required: boolean;

  @Column('text', { nullable: true })
  role: string | null;

  /** Null: nobody is found for its role. */
  @Column('uuid', { nullable: true })
  assigneeUserId: string | null;

  /** Null: it waits for a day of the account, or has none. */
  @Column('date', { nullable: true })
  dueDay: string | null;

  /** A person has set the day: it follows its anchor no more. */
  @Column('boolean')
  dueByHand: boolean;

  /** The day of the account that its own is counted from, while that is empty. */
  @Column('text', { nullable: true })
  waitsFor: string | null;

  @Column('date', { nullable: true })
  snoozedUntil: string | null;

  /** By a rule of its playbook. */
  @Column('boolean')
  completesItself: boolean;

  @Column('text', { nullable: true })
  completedHow: string | null;

  @Column('date', { nullable: true })
  endedDay: string | null;

  @Column('timestamptz', { nullable: true })
  endedAt: Date | null;

  @Column('uuid', { nullable: true })
  endedBy: string | null;

  @Column('text', { nullable: true })
  note: string | null;

  /** The touchpoint whose next step it is. */
  @Column('text', { nullable: true })
  touchpointId: string | null;

  @Column('uuid', { nullable: true })
  createdBy: string | null;

  @Column('timestamptz')
  createdAt: Date;

  /** The last day on which its person was reminded. */
  @Column('date', { nullable: true })
  remindedDay: string | null;

  @Column('integer')
  revision: number;
}

/** What happened to a task; `before` is what taking it back returns to. */
@ForeignKey(() => AccountRow, ['accountId'], ['id'], { name: 'task_event_account_fkey', onDelete: 'CASCADE' })
@ForeignKey(() => TaskRow, ['accountId', 'taskId'], ['accountId', 'id'], {
  name: 'task_event_task_fkey',
  onDelete: 'CASCADE',
})
@Check(
  'task_event_kind_check',
  `kind IN ('created', 'done', 'skipped', 'cancelled', 'reopened', 'snoozed', 'woken',
          'assigned', 'due', 'changed', 'undone')`,
)
@Index('task_event_task_idx', ['accountId', 'taskId'])
@Index('task_event_untold_idx', ['at'], { where: `told_at IS NULL` })
@Entity('task_event')
export class TaskEventRow {
  @PrimaryColumn('uuid')
  accountId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  taskId: string;

  @Column('text')
  kind: string;

  @Column('timestamptz')
  at: Date;

  @Column('date')
  day: string;

  @Column('uuid', { nullable: true })
  byUserId: string | null;

  @Column('jsonb', { nullable: true })
  before: unknown;

  @Column('jsonb', { nullable: true })
  details: unknown;

  @Column('timestamptz', { nullable: true })
  toldAt: Date | null;
}
