import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A person who signs in. */
@ForeignKey(() => AppUserRow, ['managerId'], ['id'], { name: 'app_user_manager_fkey' })
@Check('app_user_role_check', `role IN ('admin', 'manager', 'csm', 'am', 'viewer')`)
@Index('app_user_email_key', { synchronize: false })
@Entity('app_user')
export class AppUserRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  email: string;

  @Column('text')
  fullName: string;

  @Column('text')
  role: string;

  @Column('uuid', { nullable: true })
  managerId: string | null;

  @Column('text', { nullable: true })
  passwordHash: string | null;

  @Column('boolean')
  active: boolean;

  @Column('integer')
  revision: number;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;
}

/** Who looks after whose book between two days, both included. */
@Check('stand_in_days_check', `from_day <= to_day`)
@ForeignKey(() => AppUserRow, ['standInId'], ['id'], { name: 'stand_in_stand_in_fkey' })
@ForeignKey(() => AppUserRow, ['userId'], ['id'], { name: 'stand_in_user_fkey' })
@Entity('stand_in')
export class StandInRow {
  @PrimaryColumn('uuid')
  userId: string;

  @PrimaryColumn('uuid')
  standInId: string;

  @PrimaryColumn('date')
  fromDay: string;

  @Column('date')
  toDay: string;
}

/** A signed-in browser. Only the SHA-256 of its token is kept. */
@ForeignKey(() => AppUserRow, ['userId'], ['id'], { name: 'session_user_fkey' })
@Index('session_user_idx', ['userId'])
@Entity('session')
export class SessionRow {
  @PrimaryColumn('bytea')
  tokenHash: Buffer;

  @Column('uuid')
  userId: string;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  lastSeenAt: Date;

  @Column('timestamptz')
  expiresAt: Date;

  @Column('text', { nullable: true })
  ip: string | null;

  @Column('text', { nullable: true })
  userAgent: string | null;
}

/** Failed sign-ins of one subject (an e-mail address or an IP address) in its present window. */
@Index('sign_in_attempt_window_idx', ['windowStartedAt'])
@Entity('sign_in_attempt')
export class SignInAttemptRow {
  @PrimaryColumn('text')
  subject: string;

  @Column('timestamptz')
  windowStartedAt: Date;

  @Column('integer')
  failures: number;
}

/** A key for programs. Only the SHA-256 of its secret is kept. */
@ForeignKey(() => AppUserRow, ['createdBy'], ['id'], { name: 'api_key_created_by_fkey' })
@Index('api_key_prefix_key', ['prefix'], { unique: true })
@Entity('api_key')
export class ApiKeyRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  name: string;

  @Column('text')
  prefix: string;

  @Column('bytea')
  secretHash: Buffer;

  @Column('text', { array: true })
  scopes: string[];

  @Column('uuid', { nullable: true })
  createdBy: string | null;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  expiresAt: Date | null;

  @Column('timestamptz', { nullable: true })
  revokedAt: Date | null;

  @Column('timestamptz', { nullable: true })
  lastUsedAt: Date | null;
}

/** Who changed what, when. */
@Check('audit_log_actor_kind_check', `actor_kind IN ('user', 'api_key', 'system')`)
@Index('audit_log_account_idx', { synchronize: false })
@Index('audit_log_at_idx', { synchronize: false })
@Entity('audit_log')
export class AuditLogRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column('timestamptz')
  at: Date;

  @Column('text')
  actorKind: string;

  @Column('uuid', { nullable: true })
  actorId: string | null;

  @Column('text')
  actorName: string;

  @Column('text')
  action: string;

  @Column('text')
  subjectKind: string;

  @Column('text')
  subjectId: string;

  @Column('uuid', { nullable: true })
  accountId: string | null;

  @Column('jsonb')
  changes: unknown;

  @Column('text', { nullable: true })
  requestId: string | null;
}
