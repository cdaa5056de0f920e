import { Injectable } from '@nestjs/common';
import { open, type Tx } from '../../db/unit-of-work.js';

export interface StoredProfile {
  id: string;
  name: string;
  isDefault: boolean;
  active: boolean;
  revision: number;
}

const COLUMNS = `id, name, is_default AS "isDefault", active, revision`;

/** Health profiles: what they are called, whether they are used, and in which order they are tried. */
@Injectable()
export class ProfilesRepository {
  /** In the order in which they are tried; the default is last. */
  all(tx: Tx): Promise<StoredProfile[]> {
    return open(tx).query(
      `SELECT ${COLUMNS} FROM steward.health_profile WHERE deleted_at IS NULL ORDER BY is_default, position, id`,
    );
  }

  async byId(tx: Tx, id: string): Promise<StoredProfile | null> {
    const [row] = await open(tx).query<StoredProfile>(
      `SELECT ${COLUMNS} FROM steward.health_profile WHERE id = $1 AND deleted_at IS NULL`,
      [id],
    );
    return row ?? null;
  }

  /** The last before the default. */
  async add(tx: Tx, { id, name }: { id: string; name: string }, at: Date): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.health_profile (id, name, position, is_default, active, revision, created_at)
       SELECT $1, $2, coalesce(max(position), 0) + 1, false, true, 1, $3
       FROM steward.health_profile WHERE deleted_at IS NULL`,
      [id, name, at],
    );
  }

  /** False: the revision has moved on. */
  async update(tx: Tx, id: string, revision: number, to: { name: string; active: boolean }): Promise<boolean> {
    const rows = await open(tx).query(
      `UPDATE steward.health_profile SET name = $3, active = $4, revision = revision + 1
       WHERE id = $1 AND revision = $2 AND deleted_at IS NULL RETURNING id`,
      [id, revision, to.name, to.active],
    );
    return rows.length > 0;
  }

  async order(tx: Tx, ids: readonly string[]): Promise<void> {
    await open(tx).query(
      `UPDATE steward.health_profile p SET position = u.position, revision = p.revision + 1
       FROM unnest($1::uuid[]) WITH ORDINALITY AS u (id, position)
       WHERE p.id = u.id AND p.position <> u.position`,
      [[...ids]],
    );
  }

  /** False: the revision has moved on. */
  async remove(tx: Tx, id: string, revision: number, at: Date): Promise<boolean> {
    const rows = await open(tx).query(
      `UPDATE steward.health_profile SET deleted_at = $3, active = false, revision = revision + 1
       WHERE id = $1 AND revision = $2 AND deleted_at IS NULL RETURNING id`,
      [id, revision, at],
    );
    return rows.length > 0;
  }
}
