import { Injectable } from '@nestjs/common';
import { migrations } from '@steward/migrations/migrations';
import { DataSource } from 'typeorm';
import type { ReadinessProbe } from '../platform/health/readiness.js';

/** The database answers, and has every table this version knows. */
@Injectable()
export class DatabaseProbe implements ReadinessProbe {
  readonly name = 'database';

  constructor(private readonly dataSource: DataSource) {}

  async check(): Promise<string | null> {
    const [row] = await this.dataSource.query<{ applied: number }[]>(
      `SELECT count(*)::int AS applied FROM steward.migration WHERE name = ANY($1)`,
      [migrations.map((migration) => migration.name)],
    );
    const missing = migrations.length - (row?.applied ?? 0);
    if (missing > 0) throw new Error(`${missing} migrations have not run`);
    return null;
  }
}
