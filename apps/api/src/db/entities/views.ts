import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** A filter of the account list, with its columns and sort, that somebody keeps under a name. */
@Check('saved_view_visibility_check', `visibility IN ('private', 'shared')`)
@Entity('saved_view')
export class SavedViewRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  name: string;

  @Column('uuid')
  ownerUserId: string;

  @Column('text')
  visibility: string;

  @Column('jsonb', { nullable: true })
  rule: unknown;

  @Column('text')
  text: string;

  @Column('jsonb', { nullable: true })
  columns: unknown;

  @Column('jsonb')
  sort: unknown;

  @Column('integer')
  revision: number;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;

  /** Gone for everybody, and for a while still to be brought back. */
  @Column('timestamptz', { nullable: true })
  deletedAt: Date | null;
}

/** The order in which a person has their views: of those that are not in it, the oldest first, behind all others. */
@Entity('view_order')
export class ViewOrderRow {
  @PrimaryColumn('uuid')
  userId: string;

  @Column('uuid', { array: true })
  viewIds: string[];
}

/** What a person said of the first steps of a new workspace. */
@Entity('first_steps')
export class FirstStepsRow {
  @PrimaryColumn('uuid')
  userId: string;

  /** They are in the person's way. */
  @Column('boolean')
  hidden: boolean;

  /** Tiers fit as they are. */
  @Column('timestamptz', { nullable: true })
  tiersReviewedAt: Date | null;
}
