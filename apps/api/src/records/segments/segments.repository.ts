import { Injectable } from '@nestjs/common';
import type { Rule } from '@steward/shared/rules';
import type { CreateSegment, Segment, UpdateSegment } from '@steward/shared/segments';
import { v5 as uuidOf } from 'uuid';
import { LOCKS } from '../../db/advisory-locks.js';
import { announce } from '../../db/live-channel.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { BuiltInSegment } from '../../domain/segments/built-in.js';
import { segmentsIn } from '../../domain/segments/order.js';

export type StoredSegment = Omit<Segment, 'mayEdit'>;

const BUILT_IN = '0d7f0b0e-8d3a-5c55-9b0f-52f1d6f6f2a4';

/** What reads members of segments beside segments themselves. */
export interface Readers {
  alertRules: readonly { id: string; name: string; uses: readonly string[] }[];
  playbooks: readonly { id: string; name: string; uses: readonly string[] }[];
  views: readonly {
    id: string;
    name: string;
    owner: { userId: string; name: string };
    isShared: boolean;
    uses: readonly string[];
  }[];
  /** Private segments whose owners have left: nobody reads them any more. */
  departed: readonly string[];
}

const SEGMENT = `g.id, g.of, g.key, g.name, g.description, g.rule, g.visibility, g.columns, g.sort,
  g.rule_version AS "ruleVersion", g.revision,
  CASE WHEN g.owner_user_id IS NOT NULL THEN
    jsonb_build_object('userId', g.owner_user_id, 'name', coalesce(u.full_name, '')) END AS owner`;
const FROM = 'FROM steward.segment g LEFT JOIN steward.app_user u ON u.id = g.owner_user_id';

const OF_ACCOUNTS = ['segment_member', 'segment_event', 'segment_exclusion'] as const;

function json(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}

@Injectable()
export class SegmentsRepository {
  /** Rules change one after the other, so that versions are committed in their order and no circle closes unseen. */
  async lock(tx: Tx): Promise<void> {
    await open(tx).query(`SELECT pg_advisory_xact_lock(${LOCKS.segments}, 0)`);
  }

  all(tx: Tx): Promise<StoredSegment[]> {
    return open(tx).query(`SELECT ${SEGMENT} ${FROM} ORDER BY g.key IS NULL, g.created_at, lower(g.name), g.id`);
  }

  async byId(tx: Tx, id: string): Promise<StoredSegment | null> {
    const rows = await open(tx).query<StoredSegment>(`SELECT ${SEGMENT} ${FROM} WHERE g.id = $1`, [id]);
    return rows[0] ?? null;
  }

  /** Rules of alerts that ask for members of segments. */
  async alertRules(tx: Tx): Promise<{ id: string; name: string; uses: string[] }[]> {
    const rows = await open(tx).query<{ id: string; name: string; rule: Rule; clear: Rule | null }>(
      `SELECT id, name, rule, clear_rule AS clear FROM steward.alert_rule
       WHERE rule::text LIKE '%"member"%' OR clear_rule::text LIKE '%"member"%' ORDER BY lower(name), id`,
    );
    return rows.map(({ id, name, rule, clear }) => ({
      id,
      name,
      uses: [rule, ...(clear === null ? [] : [clear])].flatMap(segmentsIn),
    }));
  }

  /** What reads members of segments beside segments; views of people who have left are nobody's. */
  async readers(tx: Tx): Promise<Readers> {
    const { query } = open(tx);
    type View = Omit<Readers['views'][number], 'uses'> & { rule: Rule };
    const views = await query<View>(
      `SELECT v.id, v.name, jsonb_build_object('userId', u.id, 'name', u.full_name) AS owner,
         v.visibility = 'shared' AS "isShared", v.rule
       FROM steward.saved_view v JOIN steward.app_user u ON u.id = v.owner_user_id
       WHERE v.deleted_at IS NULL AND v.rule::text LIKE '%"member"%' AND (v.visibility = 'shared' OR u.active) ORDER BY lower(v.name), v.id`,
    );
    const departed = await query<{ id: string }>(
      `SELECT g.id FROM steward.segment g JOIN steward.app_user u ON u.id = g.owner_user_id
       WHERE g.visibility = 'private' AND NOT u.active`,
    );
    return {
      alertRules: await this.alertRules(tx),
      playbooks: await this.playbooks(tx),
      views: views.map(({ rule, ...view }) => ({ ...view, uses: segmentsIn(rule) })),
      departed: departed.map(({ id }) => id),
    };
  }

  /** Playbooks that segments start, or that ask for their members to complete a task. */
  private async playbooks(tx: Tx): Promise<{ id: string; name: string; uses: string[] }[]> {
    const rows = await open(tx).query<{ id: string; name: string; starting: string[]; rules: Rule[] }>(
      `SELECT id, name, definition->'triggers'->'segmentIds' AS starting,
         jsonb_path_query_array(definition, '$.tasks[*].completesWhen ? (@ != null)') AS rules
       FROM steward.playbook WHERE deleted_at IS NULL ORDER BY lower(name), id`,
    );
    return rows.map(({ starting, rules, ...playbook }) => ({
      ...playbook,
      uses: [...(starting ?? []), ...rules.flatMap(segmentsIn)],
    }));
  }

  private async nextVersion(tx: Tx): Promise<number> {
    const [row] = await open(tx).query<{ version: number }>(
      `SELECT nextval('steward.segment_rule_version')::int AS version`,
    );
    return (row as { version: number }).version;
  }

  async add(tx: Tx, id: string, given: CreateSegment, ownerId: string, at: Date): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.segment (id, name, description, of, rule, owner_user_id, visibility, columns, sort,
         rule_version, revision, created_at, updated_at)
       VALUES ($1, $2, $3, $11, $4, $5, $6, $7, $8, $9, 1, $10, $10)`,
      [
        id,
        given.name,
        given.description,
        json(given.rule),
        ownerId,
        given.visibility,
        json(given.columns),
        json(given.sort),
        await this.nextVersion(tx),
        at,
        given.of,
      ],
    );
    await announce(tx, { topic: 'segments' });
  }

  /** Adds those that are not there yet; what somebody has changed stays as it is. */
  async addBuiltIn(tx: Tx, segments: readonly BuiltInSegment[], at: Date): Promise<void> {
    const { query } = open(tx);
    const known = new Set((await query<{ key: string }>(`SELECT key FROM steward.segment`)).map(({ key }) => key));
    for (const segment of segments.filter(({ key }) => !known.has(key))) {
      await query(
        `INSERT INTO steward.segment (id, key, name, description, of, rule, visibility, columns, sort,
           rule_version, revision, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $10, $5, 'shared', $6, $7, $8, 1, $9, $9)`,
        [
          uuidOf(segment.key, BUILT_IN),
          segment.key,
          segment.name,
          segment.description,
          json(segment.rule),
          json(segment.columns),
          json(segment.sort),
          await this.nextVersion(tx),
          at,
          segment.of,
        ],
      );
    }
  }

  /** Writes onto the revision that was read; false when another change came first. */
  async update(tx: Tx, before: StoredSegment, change: UpdateSegment, at: Date): Promise<boolean> {
    const after = { ...before, ...change };
    const changed = await open(tx).query(
      `UPDATE steward.segment SET name = $3, description = $4, rule = $5, visibility = $6, columns = $7, sort = $8,
         revision = revision + 1, updated_at = $9
       WHERE id = $1 AND revision = $2 RETURNING id`,
      [
        before.id,
        change.revision,
        after.name,
        after.description,
        json(after.rule),
        after.visibility,
        json(after.columns),
        json(after.sort),
        at,
      ],
    );
    await announce(tx, { topic: 'segments' });
    return changed.length > 0;
  }

  /** Their next evaluation is a baseline. */
  async beginAnew(tx: Tx, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await open(tx).query('UPDATE steward.segment SET rule_version = $2 WHERE id = ANY($1::uuid[])', [
      ids,
      await this.nextVersion(tx),
    ]);
  }

  /** Their next evaluation finds what is true at start; what they say stays as it is. */
  async beginAlertRulesAnew(tx: Tx, ids: readonly string[], byUserId: string, at: Date): Promise<void> {
    if (ids.length === 0) return;
    const { query } = open(tx);
    await query(`SELECT pg_advisory_xact_lock(${LOCKS.alertRules}, 0)`);
    await query(
      `WITH anew AS (
         UPDATE steward.alert_rule SET rule_version = nextval('steward.alert_rule_number')::int
         WHERE id = ANY($1::uuid[]) RETURNING id, rule_version)
       INSERT INTO steward.alert_rule_version (rule_id, version, definition, published_at, by_user_id)
       SELECT DISTINCT ON (n.id) n.id, n.rule_version, v.definition, $2, $3::uuid
       FROM anew n JOIN steward.alert_rule_version v ON v.rule_id = n.id ORDER BY n.id, v.version DESC`,
      [ids, at, byUserId],
    );
  }

  async remove(tx: Tx, id: string): Promise<void> {
    const { query } = open(tx);
    await query('DELETE FROM steward.segment WHERE id = $1', [id]);
    await query('DELETE FROM steward.segment_size WHERE segment_id = $1', [id]);
    for (const table of OF_ACCOUNTS) await query(`DELETE FROM steward.${table} WHERE segment_id = $1`, [id]);
    await announce(tx, { topic: 'segments' });
  }
}
