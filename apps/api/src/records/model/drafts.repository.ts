import { Injectable } from '@nestjs/common';
import type { VersionEntry } from '@steward/shared/model-versions';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { ModelPlace } from './versions.repository.js';

type SomePerson = VersionEntry['publishedBy'];

export interface StoredDraft {
  revision: number;
  body: unknown;
  basedOn: number | null;
  startedBy: SomePerson;
  startedAt: string;
  savedBy: SomePerson;
  savedAt: string;
}

interface Row {
  revision: number;
  body: unknown;
  basedOn: number | null;
  startedAt: Date;
  savedAt: Date;
  startedBy: SomePerson;
  savedBy: SomePerson;
}

/** The one shared draft of each part of the model. */
@Injectable()
export class DraftsRepository {
  async find(tx: Tx, { part, subject }: ModelPlace): Promise<StoredDraft | null> {
    const person = (alias: string) =>
      `CASE WHEN ${alias}.id IS NOT NULL THEN jsonb_build_object('id', ${alias}.id, 'name', ${alias}.full_name) END`;
    const [row] = await open(tx).query<Row>(
      `SELECT d.revision, d.body, d.based_on AS "basedOn", d.started_at AS "startedAt", d.saved_at AS "savedAt",
         ${person('b')} AS "startedBy", ${person('s')} AS "savedBy"
       FROM steward.model_draft d LEFT JOIN steward.app_user b ON b.id = d.started_by
         LEFT JOIN steward.app_user s ON s.id = d.saved_by
       WHERE d.part = $1 AND d.subject = $2 AND d.body IS NOT NULL`,
      [part, subject],
    );
    if (!row) return null;
    return { ...row, startedAt: row.startedAt.toISOString(), savedAt: row.savedAt.toISOString() };
  }

  /** False: there is one already. Its revision goes on from those of earlier drafts. */
  async begin(
    tx: Tx,
    { part, subject }: ModelPlace,
    body: unknown,
    { basedOn, userId, at }: { basedOn: number | null; userId: string | null; at: Date },
  ): Promise<boolean> {
    const rows = await open(tx).query(
      `INSERT INTO steward.model_draft AS d
         (part, subject, body, based_on, revision, started_by, started_at, saved_by, saved_at)
       VALUES ($1, $2, $3::jsonb, $4, 1, $5, $6, $5, $6)
       ON CONFLICT (part, subject) DO UPDATE SET body = EXCLUDED.body, based_on = EXCLUDED.based_on,
         revision = d.revision + 1, started_by = EXCLUDED.started_by, started_at = EXCLUDED.started_at,
         saved_by = EXCLUDED.saved_by, saved_at = EXCLUDED.saved_at
       WHERE d.body IS NULL RETURNING revision`,
      [part, subject, JSON.stringify(body), basedOn, userId, at],
    );
    return rows.length > 0;
  }

  /** False: the revision has moved on. */
  async save(
    tx: Tx,
    { part, subject }: ModelPlace,
    body: unknown,
    { revision, userId, at }: { revision: number; userId: string; at: Date },
  ): Promise<boolean> {
    const rows = await open(tx).query(
      `UPDATE steward.model_draft SET body = $3::jsonb, revision = revision + 1, saved_by = $5, saved_at = $6
       WHERE part = $1 AND subject = $2 AND revision = $4 AND body IS NOT NULL RETURNING revision`,
      [part, subject, JSON.stringify(body), revision, userId, at],
    );
    return rows.length > 0;
  }

  /** False: the revision has moved on. */
  async clear(tx: Tx, { part, subject }: ModelPlace, revision: number): Promise<boolean> {
    const rows = await open(tx).query(
      `UPDATE steward.model_draft SET body = NULL, revision = revision + 1
       WHERE part = $1 AND subject = $2 AND revision = $3 AND body IS NOT NULL RETURNING revision`,
      [part, subject, revision],
    );
    return rows.length > 0;
  }

  async forget(tx: Tx, { part, subject }: ModelPlace): Promise<void> {
    await open(tx).query('DELETE FROM steward.model_draft WHERE part = $1 AND subject = $2', [part, subject]);
  }
}
