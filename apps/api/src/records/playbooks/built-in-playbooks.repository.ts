import { Injectable } from '@nestjs/common';
import { v5 as uuidOf } from 'uuid';
import { LOCKS } from '../../db/advisory-locks.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { BuiltInPlaybook } from '../../domain/goals/built-in.js';

const BUILT_IN = '2f6c4a52-8a1e-5d0b-9f57-6b0c3d8e41aa';

@Injectable()
export class BuiltInPlaybooksRepository {
  /** Adds those that are not there yet; what somebody has changed stays as it is. */
  async addMissing(tx: Tx, playbooks: readonly BuiltInPlaybook[], at: Date): Promise<void> {
    const { query } = open(tx);
    await query(`SELECT pg_advisory_xact_lock(${LOCKS.playbooks}, 0)`);
    const known = new Set((await query<{ key: string }>('SELECT key FROM steward.playbook')).map(({ key }) => key));
    for (const { key, definition } of playbooks.filter((each) => !known.has(each.key))) {
      await query(
        `WITH added AS (
           INSERT INTO steward.playbook (id, key, name, kind, definition, enabled, version, revision, created_at, updated_at)
           VALUES ($1, $2, $3, $4, $5::jsonb, true, 1, 1, $6, $6) RETURNING id, version, definition)
         INSERT INTO steward.playbook_version (playbook_id, version, definition, published_at)
         SELECT id, version, definition, $6 FROM added`,
        [uuidOf(key, BUILT_IN), key, definition.name, definition.kind, JSON.stringify(definition), at],
      );
    }
  }
}
