import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';

/** A declared signal. Its number is permanent: the index of its value in every stored array. */
@Unique('signal_definition_number_key', ['number'])
@Entity('signal_definition')
export class SignalDefinitionRow {
  @PrimaryColumn('text')
  key: string;

  @Column('smallint')
  number: number;

  @Column('boolean')
  builtIn: boolean;

  @Column('jsonb')
  body: unknown;

  @Column('timestamptz', { nullable: true })
  retiredAt: Date | null;

  @Column('integer')
  revision: number;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;
}

/** What every version of a part of the model carries. A published one never changes. */
abstract class VersionColumns {
  @Column('text')
  state: string;

  @Column('jsonb')
  body: unknown;

  @Column('uuid', { nullable: true })
  createdBy: string | null;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  publishedAt: Date | null;

  @Column('text', { nullable: true })
  note: string | null;

  /** The older version that was published again. */
  @Column('integer', { nullable: true })
  rolledBackTo: number | null;
}

/** One version of the ordered tier rules. */
@Check('tier_set_version_state_check', `state IN ('published', 'superseded')`)
@Index('tier_set_version_published_key', ['state'], { unique: true, where: `(state = 'published'::text)` })
@Entity('tier_set_version')
export class TierSetVersionRow extends VersionColumns {
  @PrimaryColumn('integer')
  version: number;
}

/** One version of the ordered lifecycle stages. */
@Check('stage_set_version_state_check', `state IN ('published', 'superseded')`)
@Index('stage_set_version_published_key', ['state'], { unique: true, where: `(state = 'published'::text)` })
@Entity('stage_set_version')
export class StageSetVersionRow extends VersionColumns {
  @PrimaryColumn('integer')
  version: number;
}

/** A health profile; what it measures is in its versions. */
@Entity('health_profile')
export class HealthProfileRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  name: string;

  @Column('integer')
  position: number;

  @Column('boolean')
  isDefault: boolean;

  @Column('boolean')
  active: boolean;

  @Column('integer')
  revision: number;

  @Column('timestamptz')
  createdAt: Date;

  /** Its versions stay, because earlier scores were made by them. */
  @Column('timestamptz', { nullable: true })
  deletedAt: Date | null;
}

/** One version of a profile. A published one never changes. */
@ForeignKey(() => HealthProfileRow, ['profileId'], ['id'], { name: 'health_profile_version_profile_fkey' })
@Check('health_profile_version_state_check', `state IN ('published', 'superseded')`)
@Unique('health_profile_version_version_key', ['profileId', 'version'])
@Index('health_profile_version_published_key', ['profileId'], { unique: true, where: `(state = 'published'::text)` })
@Entity('health_profile_version')
export class HealthProfileVersionRow extends VersionColumns {
  @PrimaryColumn('integer')
  id: number;

  @Column('uuid')
  profileId: string;

  @Column('integer')
  version: number;
}

/** What people are changing of the tiers, the stages or a profile, before it is published. */
@Check('model_draft_part_check', `part IN ('tiers', 'stages', 'health')`)
@Entity('model_draft')
export class ModelDraftRow {
  @PrimaryColumn('text')
  part: string;

  /** The id of a profile; empty for tiers and stages, of which there is one set. */
  @PrimaryColumn('text')
  subject: string;

  /** Null: there is no draft now. */
  @Column('jsonb', { nullable: true })
  body: unknown;

  @Column('integer', { nullable: true })
  basedOn: number | null;

  @Column('integer')
  revision: number;

  @Column('uuid', { nullable: true })
  startedBy: string | null;

  @Column('timestamptz')
  startedAt: Date;

  @Column('uuid', { nullable: true })
  savedBy: string | null;

  @Column('timestamptz')
  savedAt: Date;
}
