import { Injectable } from '@nestjs/common';
import { type Playbook, type PlaybookDefinition, playbookDefinitionSchema } from '@steward/shared/playbooks';
import { LOCKS } from '../../db/advisory-locks.js';
import { Binder } from '../../db/rules/binder.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { RuleUser } from '../../platform/auth/rule-users.js';
import type { Scope } from '../../platform/auth/scope.js';

export type StoredPlaybook = Pick<
  Playbook,
  'id' | 'key' | 'definition' | 'enabled' | 'version' | 'revision' | 'updatedAt'
>;

export interface StoredVersion {
  version: number;
  definition: PlaybookDefinition;
  publishedAt: string;
  by: string | null;
}

type Row = Omit<StoredPlaybook, 'updatedAt' | 'definition'> & { updatedAt: Date; definition: unknown };

const PLAYBOOK = 'p.id, p.key, p.definition, p.enabled, p.version, p.revision, p.updated_at AS "updatedAt"';
const NO_GOALS: Playbook['goals'] = { live: 0, achieved: 0, missed: 0, cancelled: 0 };
/** Beyond this nobody reads on; older versions stay for the goals that run by them. */
const MOST_VERSIONS = 200;

/** None, where it says what this version of the product cannot read. */
function playbookOf({ updatedAt, definition, ...row }: Row): StoredPlaybook[] {
  const { data } = playbookDefinitionSchema.safeParse(definition);
  return data === undefined ? [] : [{ ...row, definition: data, updatedAt: updatedAt.toISOString() }];
}

@Injectable()
export class PlaybooksRepository {
  /** Playbooks change one after the other, and nothing goes while one begins to rest on it. */
  async lock(tx: Tx): Promise<void> {
    const { query } = open(tx);
    await query(`SELECT pg_advisory_xact_lock(${LOCKS.segments}, 0)`);
    await query(`SELECT pg_advisory_xact_lock(${LOCKS.alertRules}, 0)`);
    await query(`SELECT pg_advisory_xact_lock(${LOCKS.playbooks}, 0)`);
  }

  async all(tx: Tx): Promise<StoredPlaybook[]> {
    const rows = await open(tx).query<Row>(
      `SELECT ${PLAYBOOK} FROM steward.playbook p WHERE p.deleted_at IS NULL
       ORDER BY array_position('{onboarding,adoption,retention,renewal,expansion}', p.kind), lower(p.name), p.id`,
    );
    return rows.flatMap(playbookOf);
  }

  async byId(tx: Tx, id: string): Promise<StoredPlaybook | null> {
    const rows = await open(tx).query<Row>(
      `SELECT ${PLAYBOOK} FROM steward.playbook p WHERE p.id = $1 AND p.deleted_at IS NULL`,
      [id],
    );
    return rows.flatMap(playbookOf)[0] ?? null;
  }

  /** Newest first. */
  async versions(tx: Tx, id: string): Promise<StoredVersion[]> {
    const rows = await open(tx).query<Omit<StoredVersion, 'publishedAt'> & { publishedAt: Date }>(
      `SELECT v.version, v.definition, v.published_at AS "publishedAt", u.full_name AS by
       FROM steward.playbook_version v LEFT JOIN steward.app_user u ON u.id = v.by_user_id
       WHERE v.playbook_id = $1 ORDER BY v.version DESC LIMIT ${MOST_VERSIONS}`,
      [id],
    );
    return rows.flatMap(({ publishedAt, definition, ...row }) => {
      const { data } = playbookDefinitionSchema.safeParse(definition);
      return data === undefined ? [] : [{ ...row, definition: data, publishedAt: publishedAt.toISOString() }];
    });
  }

  /** Goals by playbook, of accounts in the scope. */
  async goals(tx: Tx, scope: Scope, id: string | null = null): Promise<(id: string) => Playbook['goals']> {
    const { bind, values } = new Binder();
    const ofOne = id === null ? 'TRUE' : `g.playbook_id = ${bind(id)}`;
    const rows = await open(tx).query<Playbook['goals'] & { id: string }>(
      `SELECT g.playbook_id AS id, count(*) FILTER (WHERE g.status IN ('notStarted', 'inProgress', 'atRisk'))::int AS live,
         count(*) FILTER (WHERE g.status = 'achieved')::int AS achieved,
         count(*) FILTER (WHERE g.status = 'missed')::int AS missed,
         count(*) FILTER (WHERE g.status = 'cancelled')::int AS cancelled
       FROM steward.goal g JOIN steward.account a ON a.id = g.account_id
       WHERE ${ofOne} AND ${scopePredicate(scope, bind)} GROUP BY g.playbook_id`,
      values,
    );
    const known = new Map(rows.map(({ id: playbookId, ...goals }) => [playbookId, goals]));
    return (playbookId) => known.get(playbookId) ?? NO_GOALS;
  }

  async add(tx: Tx, id: string, definition: PlaybookDefinition, enabled: boolean, by: By): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.playbook (id, name, kind, definition, enabled, version, revision, created_by, created_at, updated_at)
       VALUES ($1, $2, $3, $4::jsonb, $5, 1, 1, $6, $7, $7)`,
      [id, definition.name, definition.kind, JSON.stringify(definition), enabled, by.userId, by.at],
    );
    await this.keepVersion(tx, id, by);
  }

  /** Writes onto the revision that was read; false when another change came first. */
  async update(
    tx: Tx,
    id: string,
    revision: number,
    { definition, enabled, isNewVersion }: { definition: PlaybookDefinition; enabled: boolean; isNewVersion: boolean },
    by: By,
  ): Promise<boolean> {
    const changed = await open(tx).query(
      `UPDATE steward.playbook SET name = $3, kind = $4, definition = $5::jsonb, enabled = $6, updated_at = $7,
         version = version + $8, revision = revision + 1
       WHERE id = $1 AND revision = $2 AND deleted_at IS NULL RETURNING id`,
      [
        id,
        revision,
        definition.name,
        definition.kind,
        JSON.stringify(definition),
        enabled,
        by.at,
        isNewVersion ? 1 : 0,
      ],
    );
    if (changed.length > 0 && isNewVersion) await this.keepVersion(tx, id, by);
    return changed.length > 0;
  }

  private async keepVersion(tx: Tx, id: string, { userId, at }: By): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.playbook_version (playbook_id, version, definition, published_at, by_user_id)
       SELECT id, version, definition, $2, $3 FROM steward.playbook WHERE id = $1`,
      [id, at, userId],
    );
  }

  /** Whose rules ask for goals of the playbook, other than its own. What is private is not looked at where its owner has left. */
  namedBy(tx: Tx, id: string): Promise<RuleUser[]> {
    return open(tx).query(
      `SELECT r.kind, r.id, r.name, r.is_shared AS "isShared",
         CASE WHEN u.id IS NOT NULL THEN jsonb_build_object('userId', u.id, 'name', u.full_name) END AS owner
       FROM (
         SELECT 'stages' AS kind, NULL::uuid AS id, '' AS name, NULL::uuid AS owner_id, TRUE AS is_shared, body
           FROM steward.stage_set_version WHERE state = 'published'
         UNION ALL SELECT 'stagesDraft', NULL, '', NULL, TRUE, body
           FROM steward.model_draft WHERE part = 'stages' AND body IS NOT NULL
         UNION ALL SELECT 'segment', id, name, owner_user_id, visibility = 'shared', rule FROM steward.segment
         UNION ALL SELECT 'alertRule', id, name, NULL, TRUE, jsonb_build_array(rule, clear_rule) FROM steward.alert_rule
         UNION ALL SELECT 'playbook', id, name, NULL, TRUE, jsonb_path_query_array(definition, '$.tasks[*].completesWhen')
           FROM steward.playbook WHERE deleted_at IS NULL AND id <> $1::uuid
         UNION ALL SELECT 'view', id, name, owner_user_id, visibility = 'shared', rule FROM steward.saved_view
           WHERE deleted_at IS NULL) AS r
       LEFT JOIN steward.app_user u ON u.id = r.owner_id
       WHERE (r.is_shared OR u.active) AND jsonb_path_exists(r.body,
         '$.** ? (@.kind == "related" && @.of == "goal").** ? (@.field == "playbook" && @.value == $id)',
         jsonb_build_object('id', $1::text))`,
      [id],
    );
  }

  /** Its goals go on by their versions, and rules of alerts offer it no more. False when another change came first. */
  async remove(tx: Tx, id: string, revision: number, at: Date): Promise<boolean> {
    const { query } = open(tx);
    const removed = await query(
      `UPDATE steward.playbook SET deleted_at = $3, updated_at = $3, enabled = false, revision = revision + 1
       WHERE id = $1 AND revision = $2 AND deleted_at IS NULL RETURNING id`,
      [id, revision, at],
    );
    if (removed.length === 0) return false;
    await query(
      `UPDATE steward.alert_rule SET playbook_key = NULL, revision = revision + 1, updated_at = $2 WHERE playbook_key = $1`,
      [id, at],
    );
    return true;
  }
}

/** Who changes something, and when. */
export interface By {
  userId: string;
  at: Date;
}
