import { Injectable } from '@nestjs/common';
import type { PublishedProfiles } from '@steward/shared/model';
import { open, type Tx } from '../../db/unit-of-work.js';

type Versioned = { version: number; publishedAt: Date; body: Record<string, unknown> };
type Profile = PublishedProfiles['profiles'][number];

/** What is published now, as its pages show it. */
@Injectable()
export class PublishedRepository {
  async set(tx: Tx, what: 'tier' | 'stage'): Promise<Versioned | null> {
    const [row] = await open(tx).query<Versioned>(
      `SELECT version, published_at AS "publishedAt", body FROM steward.${what}_set_version WHERE state = 'published'`,
    );
    return row ?? null;
  }

  async profiles(tx: Tx): Promise<(Omit<Profile, 'publishedAt'> & { publishedAt: Date })[]> {
    return open(tx).query(
      `SELECT p.id, p.name, p.is_default AS "isDefault", p.active, v.id AS "versionId", v.version,
         v.published_at AS "publishedAt", v.body
       FROM steward.health_profile p
         JOIN steward.health_profile_version v ON v.profile_id = p.id AND v.state = 'published'
       ORDER BY p.is_default, p.position, p.id`,
    );
  }
}
