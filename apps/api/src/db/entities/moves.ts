import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { AccountRow } from './account.js';

/** What a move of an account carries, from whatever to whatever. */
abstract class MoveColumns {
  @PrimaryColumn('uuid')
  accountId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('date')
  movedOn: string;

  @Column('text')
  reason: string;

  @Column('uuid', { nullable: true })
  byUserId: string | null;

  @Column('text', { nullable: true })
  note: string | null;

  @Column('timestamptz')
  createdAt: Date;
}

/** What was set by hand for an account, over the rules: from a day on, until a day or for good. */
abstract class ByHandColumns {
  @PrimaryColumn('uuid')
  accountId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('date')
  fromDay: string;

  @Column('date', { nullable: true })
  untilDay: string | null;

  @Column('uuid', { nullable: true })
  byUserId: string | null;

  @Column('timestamptz')
  createdAt: Date;
}

/** A move from one lifecycle stage to the next. */
@ForeignKey(() => AccountRow, ['accountId'], ['id'], { name: 'stage_move_account_fkey', onDelete: 'CASCADE' })
@Check('stage_move_reason_check', `reason IN ('rule', 'person', 'import', 'status')`)
@Index('stage_move_day_idx', ['movedOn'])
@Index('stage_move_account_idx', { synchronize: false })
@Entity('stage_move')
export class StageMoveRow extends MoveColumns {
  @Column('text', { nullable: true })
  fromStage: string | null;

  @Column('text')
  toStage: string;
}

/** A move from one tier to another. */
@ForeignKey(() => AccountRow, ['accountId'], ['id'], { name: 'tier_move_account_fkey', onDelete: 'CASCADE' })
@Check('tier_move_reason_check', `reason IN ('rule', 'person')`)
@Entity('tier_move')
export class TierMoveRow extends MoveColumns {
  @Column('text', { nullable: true })
  fromTier: string | null;

  @Column('text')
  toTier: string;
}

/** A tier set by hand. */
@ForeignKey(() => AccountRow, ['accountId'], ['id'], { name: 'tier_override_account_fkey', onDelete: 'CASCADE' })
@Entity('tier_override')
export class TierOverrideRow extends ByHandColumns {
  @Column('text')
  tier: string;

  @Column('text')
  reason: string;
}

/** A stage set by hand, which holds automation off. */
@ForeignKey(() => AccountRow, ['accountId'], ['id'], { name: 'stage_lock_account_fkey', onDelete: 'CASCADE' })
@Entity('stage_lock')
export class StageLockRow extends ByHandColumns {
  @Column('text')
  stage: string;

  @Column('text', { nullable: true })
  reason: string | null;

  @Column('date', { nullable: true })
  overriddenOn: string | null;
}
