import { Check, Column, Entity, PrimaryColumn, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** A numeric time series that accounts can have. */
@Unique('metric_definition_key_key', ['key'])
@Check('metric_definition_period_check', `period IN ('day', 'week', 'month')`)
@Entity('metric_definition')
export class MetricDefinitionRow {
  @PrimaryGeneratedColumn('identity', { type: 'smallint', generatedIdentity: 'BY DEFAULT' })
  id: number;

  @Column('text')
  key: string;

  @Column('text')
  label: string;

  @Column('text', { nullable: true })
  unit: string | null;

  @Column('text')
  period: string;

  @Column('timestamptz')
  createdAt: Date;
}

/** A part of the customer’s product whose use is told apart. */
@Unique('feature_key_key', ['key'])
@Entity('feature')
export class FeatureRow {
  @PrimaryGeneratedColumn('identity', { type: 'integer', generatedIdentity: 'BY DEFAULT' })
  id: number;

  @Column('text')
  key: string;

  @Column('text')
  label: string;

  @Column('boolean')
  tracked: boolean;

  @Column('timestamptz')
  createdAt: Date;
}

/** An event name that was seen; a background one never counts as activity. */
@Entity('event_name')
export class EventNameRow {
  @PrimaryColumn('text')
  name: string;

  @Column('boolean')
  background: boolean;

  @Column('timestamptz')
  createdAt: Date;
}

/** A typed attribute beyond the built-in fields. */
@Check('custom_attribute_entity_check', `entity IN ('account', 'contact')`)
@Check('custom_attribute_type_check', `type IN ('text', 'number', 'date', 'boolean')`)
@Entity('custom_attribute')
export class CustomAttributeRow {
  @PrimaryColumn('text')
  entity: string;

  @PrimaryColumn('text')
  key: string;

  @Column('text')
  label: string;

  @Column('text')
  type: string;

  @Column('timestamptz')
  createdAt: Date;
}

/** A feed of one fact kind. */
@Check('source_covers_check', `covers IN ('all', 'seen')`)
@Entity('source')
export class SourceRow {
  @PrimaryColumn('text')
  key: string;

  @Column('text')
  factKind: string;

  @Column('text')
  label: string;

  @Column('text')
  covers: string;

  @Column('date', { nullable: true })
  firstFactDay: string | null;

  @Column('timestamptz', { nullable: true })
  lastReceivedAt: Date | null;

  @Column('timestamptz')
  createdAt: Date;
}

/** What a source delivered on a day: tells its usual gap, and its silence. */
@Entity('source_delivery')
export class SourceDeliveryRow {
  @PrimaryColumn('text')
  sourceKey: string;

  @PrimaryColumn('date')
  day: string;

  @Column('bigint')
  rows: number;
}
