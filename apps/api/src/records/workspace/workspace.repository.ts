import { Injectable } from '@nestjs/common';
import type { UpdateWorkspace, WorkspaceSettings } from '@steward/shared/workspace';
import { announce } from '../../db/live-channel.js';
import { open, type Tx } from '../../db/unit-of-work.js';

@Injectable()
export class WorkspaceRepository {
  /** Makes the workspace where there is none; true when it did. */
  async make(
    tx: Tx,
    workspace: { name: string; timeZone: string; currency: string; settings: WorkspaceSettings; at: Date },
  ): Promise<boolean> {
    const made = await open(tx).query(
      `INSERT INTO steward.workspace
         (id, name, time_zone, currency, everyone_sees_all, own_email_domains, settings, revision, created_at)
       VALUES (1, $1, $2, $3, false, '{}', $4::jsonb, 1, $5)
       ON CONFLICT (id) DO NOTHING RETURNING id`,
      [workspace.name, workspace.timeZone, workspace.currency, JSON.stringify(workspace.settings), workspace.at],
    );
    return made.length > 0;
  }

  /** Writes what is given onto the revision that was read; false when another change came first. */
  async update(tx: Tx, change: UpdateWorkspace): Promise<boolean> {
    const changed = await open(tx).query<{ id: number }>(
      `UPDATE steward.workspace SET
         name = coalesce($2, name), time_zone = coalesce($3, time_zone), currency = coalesce($4, currency),
         everyone_sees_all = coalesce($5, everyone_sees_all),
         own_email_domains = coalesce($6::text[], own_email_domains), settings = coalesce($7::jsonb, settings),
         revision = revision + 1
       WHERE id = 1 AND revision = $1 RETURNING id`,
      [
        change.revision,
        change.name ?? null,
        change.timeZone ?? null,
        change.currency ?? null,
        change.everyoneSeesAll ?? null,
        change.ownEmailDomains ?? null,
        change.settings ? JSON.stringify(change.settings) : null,
      ],
    );
    await announce(tx, { topic: 'access' });
    return changed.length > 0;
  }

  async markSampleLoaded(tx: Tx, at: Date | null): Promise<void> {
    await open(tx).query(`UPDATE steward.workspace SET sample_loaded_at = $1 WHERE id = 1`, [at]);
  }
}
