import { Injectable } from '@nestjs/common';
import type { ModelPart, VersionEntry } from '@steward/shared/model-versions';
import { LOCKS } from '../../db/advisory-locks.js';
import { Binder } from '../../db/rules/binder.js';
import { open, type Tx } from '../../db/unit-of-work.js';

/** What is versioned: the tier set, the stage set, or a profile, which `subject` names (empty for the sets). */
export interface ModelPlace {
  part: ModelPart;
  subject: string;
}

export type StoredVersion = VersionEntry & { body: unknown };

const TABLE: Record<ModelPart, string> = {
  tiers: 'tier_set_version',
  stages: 'stage_set_version',
  health: 'health_profile_version',
};

type Row = Omit<StoredVersion, 'publishedAt' | 'publishedBy'> & {
  publishedAt: Date;
  byId: string | null;
  byName: string | null;
};

/** Versions of the parts of the model. A published one is never written again, but for its state. */
@Injectable()
export class VersionsRepository {
  /** Whoever changes the model does so one after the other. Held until the transaction ends. */
  async lock(tx: Tx): Promise<void> {
    await open(tx).query(`SELECT pg_advisory_xact_lock(${LOCKS.model}, 0)`);
  }

  /** Newest first. */
  async all(tx: Tx, place: ModelPlace): Promise<StoredVersion[]> {
    return this.select(tx, place, () => 'TRUE');
  }

  async published(tx: Tx, place: ModelPlace): Promise<StoredVersion | null> {
    const [row] = await this.select(tx, place, () => `v.state = 'published'`);
    return row ?? null;
  }

  async byNumber(tx: Tx, place: ModelPlace, version: number): Promise<StoredVersion | null> {
    const [row] = await this.select(tx, place, (bind) => `v.version = ${bind(version)}`);
    return row ?? null;
  }

  /** Adds a version as the published one; the one before stays as it was. Answers its number. */
  async publish(
    tx: Tx,
    place: ModelPlace,
    body: unknown,
    by: { userId: string | null; at: Date; note: string | null; rolledBackTo: number | null },
  ): Promise<number> {
    const { query } = open(tx);
    const table = TABLE[place.part];
    await this.supersede(tx, place);
    const { bind, values } = new Binder();
    const isProfile = place.part === 'health';
    const profile = isProfile ? `${bind(place.subject)}::uuid` : null;
    const [row] = await query<{ version: number }>(
      `INSERT INTO steward.${table} (${isProfile ? 'id, profile_id, ' : ''}version, state, body, created_by, created_at,
         published_at, note, rolled_back_to)
       SELECT ${isProfile ? `(SELECT coalesce(max(id), 0) + 1 FROM steward.${table}), ${profile}, ` : ''}
         coalesce((SELECT max(version) FROM steward.${table} WHERE ${isProfile ? `profile_id = ${profile}` : 'TRUE'}), 0) + 1,
         'published', ${bind(JSON.stringify(body))}::jsonb, ${bind(by.userId)}::uuid, ${bind(by.at)}::timestamptz,
         ${bind(by.at)}::timestamptz, ${bind(by.note)}::text, ${bind(by.rolledBackTo)}::int
       RETURNING version`,
      values,
    );
    return (row as { version: number }).version;
  }

  /** From now on none of it is published. */
  async supersede(tx: Tx, place: ModelPlace): Promise<void> {
    const { bind, values } = new Binder();
    await open(tx).query(
      `UPDATE steward.${TABLE[place.part]} v SET state = 'superseded' WHERE state = 'published' AND ${of(place, bind)}`,
      values,
    );
  }

  private async select(tx: Tx, place: ModelPlace, which: (bind: Binder['bind']) => string): Promise<StoredVersion[]> {
    const { bind, values } = new Binder();
    const rows = await open(tx).query<Row>(
      `SELECT v.version, v.state, v.body, v.published_at AS "publishedAt", v.note, v.rolled_back_to AS "rolledBackTo",
         u.id AS "byId", u.full_name AS "byName"
       FROM steward.${TABLE[place.part]} v LEFT JOIN steward.app_user u ON u.id = v.created_by
       WHERE ${of(place, bind)} AND ${which(bind)} ORDER BY v.version DESC`,
      values,
    );
    return rows.map(({ byId, byName, publishedAt, ...row }) => ({
      ...row,
      publishedAt: publishedAt.toISOString(),
      publishedBy: byId === null || byName === null ? null : { id: byId, name: byName },
    }));
  }
}

function of({ part, subject }: ModelPlace, bind: Binder['bind']): string {
  return part === 'health' ? `v.profile_id = ${bind(subject)}::uuid` : 'TRUE';
}
