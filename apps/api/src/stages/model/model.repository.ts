import { Injectable } from '@nestjs/common';
import { type ProfileBody, profileBodySchema } from '@steward/shared/health';
import { type StageSetBody, stageSetBodySchema } from '@steward/shared/lifecycle';
import type { SignalDefinition } from '@steward/shared/signals';
import { type TierSetBody, tierSetBodySchema } from '@steward/shared/tiers';
import { v7 as uuid } from 'uuid';
import { LOCKS } from '../../db/advisory-locks.js';
import { open, type Tx } from '../../db/unit-of-work.js';

export interface PublishedProfile {
  profileId: string;
  name: string;
  versionId: number;
  version: number;
  body: ProfileBody;
}

export interface PublishedVersions {
  tiers: { version: number; body: TierSetBody };
  stages: { version: number; body: StageSetBody };
  /** Active profiles in the order in which they are tried; the default is last. */
  profiles: PublishedProfile[];
}

@Injectable()
export class ModelRepository {
  /** What is published now. Null before the first start has made the model. */
  async published(tx: Tx): Promise<PublishedVersions | null> {
    const { query } = open(tx);
    const [tiers] = await query<{ version: number; body: unknown }>(
      `SELECT version, body FROM steward.tier_set_version WHERE state = 'published'`,
    );
    const [stages] = await query<{ version: number; body: unknown }>(
      `SELECT version, body FROM steward.stage_set_version WHERE state = 'published'`,
    );
    const profiles = await query<{
      profileId: string;
      name: string;
      versionId: number;
      version: number;
      body: unknown;
    }>(
      `SELECT p.id AS "profileId", p.name, v.id AS "versionId", v.version, v.body
       FROM steward.health_profile p JOIN steward.health_profile_version v ON v.profile_id = p.id AND v.state = 'published'
       WHERE p.active OR p.is_default ORDER BY p.is_default, p.position, p.id`,
    );
    if (!tiers || !stages || profiles.length === 0) return null;
    return {
      tiers: { version: tiers.version, body: tierSetBodySchema.parse(tiers.body) },
      stages: { version: stages.version, body: stageSetBodySchema.parse(stages.body) },
      profiles: profiles.map((profile) => ({ ...profile, body: profileBodySchema.parse(profile.body) })),
    };
  }

  /** The set of stages in all its versions, published or not any more. */
  async stageVersions(tx: Tx): Promise<PublishedVersions['stages'][]> {
    const rows = await open(tx).query<{ version: number; body: unknown }>(
      `SELECT version, body FROM steward.stage_set_version ORDER BY version`,
    );
    return rows.map(({ version, body }) => ({ version, body: stageSetBodySchema.parse(body) }));
  }

  /** Bodies of profile versions by id, published or not: old scores are read under the version that made them. */
  async profileBodies(tx: Tx, ids: readonly number[]): Promise<Map<number, ProfileBody>> {
    const rows = await open(tx).query<{ id: number; body: unknown }>(
      `SELECT id, body FROM steward.health_profile_version WHERE id = ANY($1::int[])`,
      [[...ids]],
    );
    return new Map(rows.map(({ id, body }) => [id, profileBodySchema.parse(body)]));
  }

  /** Only one process at a time makes the model. Held until the transaction ends. */
  async lock(tx: Tx): Promise<void> {
    await open(tx).query(`SELECT pg_advisory_xact_lock(${LOCKS.model}, 0)`);
  }

  /** Adds built-in signals that are not there yet, and brings the text of the others up to date. */
  async saveBuiltInSignals(tx: Tx, signals: readonly SignalDefinition[], at: Date): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.signal_definition AS t (key, number, built_in, body, revision, created_at, updated_at)
       SELECT s.key, s.number, true, s.body, 1, $4, $4
       FROM unnest($1::text[], $2::smallint[], $3::jsonb[]) AS s (key, number, body) ORDER BY s.key
       ON CONFLICT (key) DO UPDATE SET body = EXCLUDED.body, updated_at = EXCLUDED.updated_at
       WHERE t.built_in AND t.body <> EXCLUDED.body`,
      [
        signals.map(({ key }) => key),
        signals.map(({ number }) => number),
        signals.map((signal) => JSON.stringify(signal)),
        at,
      ],
    );
  }

  async saveFirstTiers(tx: Tx, body: TierSetBody, at: Date): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.tier_set_version (version, state, body, created_at, published_at)
       SELECT 1, 'published', $1::jsonb, $2, $2 WHERE NOT EXISTS (SELECT 1 FROM steward.tier_set_version)`,
      [JSON.stringify(body), at],
    );
  }

  async saveFirstStages(tx: Tx, body: StageSetBody, at: Date): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.stage_set_version (version, state, body, created_at, published_at)
       SELECT 1, 'published', $1::jsonb, $2, $2 WHERE NOT EXISTS (SELECT 1 FROM steward.stage_set_version)`,
      [JSON.stringify(body), at],
    );
  }

  async hasProfiles(tx: Tx): Promise<boolean> {
    const rows = await open(tx).query(`SELECT 1 FROM steward.health_profile LIMIT 1`);
    return rows.length > 0;
  }

  async saveFirstProfile(
    tx: Tx,
    profile: { name: string; isDefault: boolean; body: ProfileBody; position: number; versionId: number },
    at: Date,
  ): Promise<void> {
    const { query } = open(tx);
    const id = uuid();
    await query(
      `INSERT INTO steward.health_profile (id, name, position, is_default, active, revision, created_at)
       VALUES ($1, $2, $3, $4, true, 1, $5)`,
      [id, profile.name, profile.position, profile.isDefault, at],
    );
    await query(
      `INSERT INTO steward.health_profile_version (id, profile_id, version, state, body, created_at, published_at)
       VALUES ($1, $2, 1, 'published', $3::jsonb, $4, $4)`,
      [profile.versionId, id, JSON.stringify(profile.body), at],
    );
  }
}
