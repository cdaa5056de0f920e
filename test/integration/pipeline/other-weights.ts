import type { PipelineWorld } from './pipeline-world.js';

/** Publishes versions in which support counts four times as much as before in every profile. */
export async function publishOtherWeights(world: PipelineWorld): Promise<void> {
  const versions = await world.query(`SELECT * FROM steward.health_profile_version WHERE state = 'published'`);
  await world.query(`UPDATE steward.health_profile_version SET state = 'superseded'`);
  for (const { id, profile_id, version, body } of versions) {
    const groups = body.groups.map((group: any) => (group.key === 'support' ? { ...group, weight: 60 } : group));
    await world.query(
      `INSERT INTO steward.health_profile_version (id, profile_id, version, state, body, created_at, published_at)
       VALUES ($1, $2, $3, 'published', $4, $5, $5)`,
      [id + 100, profile_id, version + 1, { ...body, groups }, world.clock.at],
    );
  }
}
