import { Injectable } from '@nestjs/common';
import type { AuditEntry, AuditPage, AuditQuery } from '@steward/shared/access';
import { open, UnitOfWork } from '../../db/unit-of-work.js';

type Row = Omit<AuditEntry, 'at'> & { at: Date };

/** What the subject is called now; null for one that is gone and for one that has no name. */
const SUBJECT_NAME = `CASE l.subject_kind
  WHEN 'account' THEN (SELECT a.name FROM steward.account a WHERE a.id = l.subject_id::uuid)
  WHEN 'user' THEN (SELECT u.full_name FROM steward.app_user u WHERE u.id = l.subject_id::uuid)
  WHEN 'api-key' THEN (SELECT k.name FROM steward.api_key k WHERE k.id = l.subject_id::uuid)
  WHEN 'import' THEN (SELECT i.file_name FROM steward.import i WHERE i.id = l.subject_id::uuid)
  WHEN 'signal' THEN (SELECT s.body->>'label' FROM steward.signal_definition s WHERE s.key = l.subject_id)
  WHEN 'source' THEN (SELECT s.label FROM steward.source s WHERE s.key = l.subject_id)
  WHEN 'workspace' THEN (SELECT w.name FROM steward.workspace w WHERE w.id = 1)
  WHEN 'quarantine' THEN l.subject_id WHEN 'owner text' THEN l.subject_id END`;

/** The log of changes, newest first. For admins: it is not cut to anyone's book. */
@Injectable()
export class AuditReader {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async page(query: AuditQuery): Promise<AuditPage> {
    const rows = await this.unitOfWork.run((tx) =>
      open(tx).query<Row>(
        `SELECT id, at, actor_kind AS "actorKind", actor_name AS "actorName", action, subject_kind AS "subjectKind",
           subject_id AS "subjectId", ${SUBJECT_NAME} AS "subjectName", account_id AS "accountId", changes, request_id AS "requestId"
         FROM steward.audit_log l
         WHERE ($1::uuid IS NULL OR (at, id) < (SELECT at, id FROM steward.audit_log WHERE id = $1::uuid))
           AND ($2::text IS NULL OR subject_kind = $2) AND ($3::text IS NULL OR subject_id = $3)
           AND ($4::uuid IS NULL OR account_id = $4::uuid)
         ORDER BY at DESC, id DESC LIMIT $5`,
        [
          query.before ?? null,
          query.subjectKind ?? null,
          query.subjectId ?? null,
          query.accountId ?? null,
          query.limit + 1,
        ],
      ),
    );
    const entries = rows.slice(0, query.limit).map((row) => ({ ...row, at: row.at.toISOString() }));
    return { entries, hasMore: rows.length > query.limit };
  }
}
