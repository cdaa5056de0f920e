import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Actor } from '../auth/principal.js';

export interface StoredAuditEntry {
  at: Date;
  actor: Actor;
  action: string;
  subject: { kind: string; id: string };
  accountId: string | null;
  changes: unknown;
  requestId: string | null;
}

@Injectable()
export class AuditLogRepository {
  async append(tx: Tx, entry: StoredAuditEntry): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.audit_log
         (id, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, account_id, changes, request_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb, $11)`,
      [
        uuidv7(),
        entry.at,
        entry.actor.kind,
        entry.actor.id,
        entry.actor.name,
        entry.action,
        entry.subject.kind,
        entry.subject.id,
        entry.accountId,
        JSON.stringify(entry.changes),
        entry.requestId,
      ],
    );
  }
}
