import { Injectable } from '@nestjs/common';
import type { AuditEntry, AuditPage, AuditQuery } from '@steward/shared/access';
import { open, UnitOfWork } from '../../db/unit-of-work.js';

type Row = Omit<AuditEntry, 'at'> & { at: Date };

/** The log of changes, newest first. For admins: it is not cut to anyone's book. */
@Injectable()
export class AuditReader {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async page(query: AuditQuery): Promise<AuditPage> {
    const rows = await this.unitOfWork.run((tx) =>
      open(tx).query<Row>(
        `SELECT id, at, actor_kind AS "actorKind", actor_name AS "actorName", action, subject_kind AS "subjectKind",
           subject_id AS "subjectId", account_id AS "accountId", changes, request_id AS "requestId"
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
