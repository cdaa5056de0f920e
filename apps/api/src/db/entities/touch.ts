import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { AccountRow } from './account.js';

/** A text for touches that come again and again, with merge fields. */
@Check('touch_template_kind_check', `kind IN ('call', 'meeting', 'email', 'note', 'other')`)
@Check('touch_template_visibility_check', `visibility IN ('private', 'shared')`)
@Entity('touch_template')
export class TouchTemplateRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  name: string;

  @Column('text')
  kind: string;

  @Column('text', { nullable: true })
  subject: string | null;

  @Column('text')
  text: string;

  /** Offered on members of this segment only; null: everywhere. */
  @Column('uuid', { nullable: true })
  segmentId: string | null;

  @Column('uuid')
  ownerUserId: string;

  @Column('text')
  visibility: string;

  @Column('integer')
  revision: number;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;
}

/** The reasons that people give for a pulse. No row: the product's own. */
@Check('pulse_reason_list_id_check', 'id = 1')
@Entity('pulse_reason_list')
export class PulseReasonListRow {
  @PrimaryColumn('smallint')
  id: number;

  @Column('jsonb')
  reasons: unknown;

  @Column('integer')
  revision: number;

  @Column('timestamptz')
  updatedAt: Date;
}

/** What a touchpoint that was logged here has beside the fact: whose it is, and the fact itself once it was removed. */
@ForeignKey(() => AccountRow, ['accountId'], ['id'], { name: 'touchpoint_by_hand_account_fkey', onDelete: 'CASCADE' })
@Check('touchpoint_by_hand_removed_check', '(removed IS NULL) = (removed_at IS NULL)')
@Entity('touchpoint_by_hand')
export class TouchpointByHandRow {
  @PrimaryColumn('uuid')
  accountId: string;

  @PrimaryColumn('text')
  touchpointId: string;

  @Column('uuid')
  byUserId: string;

  @Column('uuid', { array: true })
  mentions: string[];

  /** The task that its next step became. */
  @Column('uuid', { nullable: true })
  taskId: string | null;

  @Column('integer')
  revision: number;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;

  @Column('jsonb', { nullable: true })
  removed: unknown;

  @Column('timestamptz', { nullable: true })
  removedAt: Date | null;

  @Column('uuid', { nullable: true })
  removedBy: string | null;
}
