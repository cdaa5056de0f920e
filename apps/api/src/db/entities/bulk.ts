import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { AccountRow } from './account.js';

/** What a person did to many accounts at once; with `undoes`, taking such an action back. */
@Unique('bulk_action_undoes_key', ['undoes'])
@Check(
  'bulk_action_kind_check',
  `kind IN ('assign', 'tier', 'releaseTier', 'pulse', 'tag', 'snooze', 'startPlaybook', 'undo')`,
)
@Check('bulk_action_state_check', `state IN ('queued', 'running', 'cancelling', 'done', 'cancelled', 'failed')`)
@Index('bulk_action_person_idx', ['byUserId', 'createdAt'])
@Entity('bulk_action')
export class BulkActionRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  kind: string;

  @Column('jsonb', { nullable: true })
  change: unknown;

  @Column('uuid', { nullable: true })
  undoes: string | null;

  /** The question that was asked, for the record: the accounts themselves were found when it was asked. */
  @Column('jsonb', { nullable: true })
  selection: unknown;

  @Column('uuid')
  byUserId: string;

  @Column('text')
  byName: string;

  @Column('text')
  state: string;

  /** How often the work broke off for a reason that nobody foresaw. */
  @Column('integer')
  failures: number;

  /** Accounts by outcome, once the action has ended. */
  @Column('jsonb', { nullable: true })
  counts: unknown;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  heartbeatAt: Date | null;

  @Column('timestamptz', { nullable: true })
  finishedAt: Date | null;
}

/** An account of a bulk action and what became of it, with what the action found and what it left. */
@ForeignKey(() => AccountRow, ['accountId'], ['id'], { name: 'bulk_action_item_account_fkey', onDelete: 'CASCADE' })
@Check('bulk_action_item_state_check', `state IN ('due', 'done', 'unchanged', 'refused', 'gone')`)
@Index('bulk_action_item_action_idx', ['actionId', 'accountId'])
@Entity('bulk_action_item')
export class BulkActionItemRow {
  @PrimaryColumn('uuid')
  accountId: string;

  @PrimaryColumn('uuid')
  actionId: string;

  @Column('text')
  state: string;

  @Column('text', { nullable: true })
  code: string | null;

  @Column('jsonb', { nullable: true })
  before: unknown;

  @Column('jsonb', { nullable: true })
  after: unknown;
}
