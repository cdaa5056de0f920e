import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** The one workspace: its name, day, currency and settings. */
@Check('workspace_id_check', `id = 1`)
@Entity('workspace')
export class WorkspaceRow {
  @PrimaryColumn('smallint')
  id: number;

  @Column('text')
  name: string;

  @Column('text')
  timeZone: string;

  @Column('text')
  currency: string;

  @Column('boolean')
  everyoneSeesAll: boolean;

  @Column('text', { array: true })
  ownEmailDomains: string[];

  @Column('jsonb')
  settings: unknown;

  @Column('timestamptz', { nullable: true })
  sampleLoadedAt: Date | null;

  @Column('integer')
  revision: number;

  @Column('timestamptz')
  createdAt: Date;

  @Column('text', { array: true, nullable: true })
  checkedEmailDomains: string[] | null;
}

/** Days on which the workspace expects its customers to be quiet, both ends included. */
@Check('quiet_period_check', `from_day <= to_day`)
@Entity('quiet_period')
export class QuietPeriodRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  name: string;

  @Column('date')
  fromDay: string;

  @Column('date')
  toDay: string;

  @Column('integer')
  revision: number;

  @Column('timestamptz')
  createdAt: Date;
}

/** What one unit of a currency is worth in the workspace currency, from a day on. */
@Check('exchange_rate_rate_check', `rate > 0::numeric`)
@Entity('exchange_rate')
export class ExchangeRateRow {
  @PrimaryColumn('text')
  currency: string;

  @PrimaryColumn('date')
  fromDay: string;

  @Column('numeric')
  rate: number;
}
