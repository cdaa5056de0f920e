import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** The newest order to load or remove the sample company. */
@Check('sample_task_id_check', `id = 1`)
@Check('sample_task_kind_check', `kind IN ('load', 'remove', 'history')`)
@Check('sample_task_state_check', `state IN ('queued', 'running', 'done', 'failed')`)
@Check('sample_task_step_check', `step IN ('facts', 'history')`)
@Entity('sample_task')
export class SampleTaskRow {
  @PrimaryColumn('smallint')
  id: number;

  @Column('text')
  kind: string;

  @Column('text')
  state: string;

  @Column('jsonb')
  options: unknown;

  @Column('text', { nullable: true })
  step: string | null;

  @Column('double precision')
  share: number;

  @Column('integer')
  attempts: number;

  @Column('text', { nullable: true })
  problem: string | null;

  @Column('uuid', { nullable: true })
  requestedBy: string | null;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  heartbeatAt: Date | null;

  @Column('timestamptz', { nullable: true })
  finishedAt: Date | null;
}
