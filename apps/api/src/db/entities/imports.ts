import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { AppUserRow } from './people.js';

/** A file on its way in. */
@Check(
  'import_state_check',
  `state IN ('uploaded', 'checking', 'checked', 'queued', 'running', 'done', 'failed', 'cancelled')`,
)
@Index('import_created_idx', { synchronize: false })
@Index('import_fingerprint_idx', ['headerFingerprint'])
@Entity('import')
export class ImportRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  factKind: string;

  @Column('text')
  fileName: string;

  @Column('text')
  filePath: string;

  @Column('bigint')
  fileBytes: number;

  @Column('text')
  fileSha256: string;

  @Column('jsonb', { nullable: true })
  mapping: unknown;

  @Column('text')
  state: string;

  @Column('jsonb')
  counts: unknown;

  @Column('bigint')
  bytesRead: number;

  @Column('bigint')
  committedLine: number;

  @Column('jsonb', { nullable: true })
  error: unknown;

  @Column('integer')
  attempts: number;

  @Column('uuid', { nullable: true })
  createdBy: string | null;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  startedAt: Date | null;

  @Column('timestamptz', { nullable: true })
  finishedAt: Date | null;

  @Column('timestamptz', { nullable: true })
  heartbeatAt: Date | null;

  /** The names of the file's columns, which outlive the file. */
  @Column('text', { array: true })
  headers: string[];

  @Column('text')
  headerFingerprint: string;

  /** When the uploaded file was taken away; null: it is there, or was never ours to take. */
  @Column('timestamptz', { nullable: true })
  fileExpiredAt: Date | null;
}

/** A row of a file that could not be taken, and why. */
@ForeignKey(() => ImportRow, ['importId'], ['id'], { name: 'import_rejection_import_fkey', onDelete: 'CASCADE' })
@Entity('import_rejection')
export class ImportRejectionRow {
  @PrimaryColumn('uuid')
  importId: string;

  @PrimaryColumn('bigint')
  line: number;

  @PrimaryColumn('smallint')
  seq: number;

  @Column('text', { nullable: true })
  columnName: string | null;

  @Column('text', { nullable: true })
  value: string | null;

  @Column('text')
  code: string;

  @Column('text')
  message: string;

  @Column('text', { array: true })
  record: string[];
}

/** A mapping of columns to fields that a person saved. */
@Unique('saved_mapping_name_key', ['name'])
@Entity('saved_mapping')
export class SavedMappingRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  name: string;

  @Column('text')
  factKind: string;

  @Column('text')
  headerFingerprint: string;

  @Column('jsonb')
  mapping: unknown;

  @Column('uuid', { nullable: true })
  createdBy: string | null;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;
}

/** An owner’s name or address in files, lower case, and the user whom it means. */
@ForeignKey(() => AppUserRow, ['userId'], ['id'], { name: 'owner_alias_user_fkey' })
@Entity('owner_alias')
export class OwnerAliasRow {
  @PrimaryColumn('text')
  text: string;

  @Column('uuid')
  userId: string;

  @Column('uuid', { nullable: true })
  createdBy: string | null;

  @Column('timestamptz')
  createdAt: Date;
}
