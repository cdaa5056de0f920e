import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ReadinessProbe } from '../platform/health/readiness.js';

/** How many accounts are set aside because their data cannot be computed. They keep nobody from being served. */
@Injectable()
export class SetAsideProbe implements ReadinessProbe {
  readonly name = 'accounts';

  constructor(private readonly dataSource: DataSource) {}

  async check(): Promise<string | null> {
    const [row] = await this.dataSource.query<{ accounts: number }[]>(
      `SELECT count(DISTINCT account_id)::int AS accounts FROM steward.set_aside_account`,
    );
    const accounts = row?.accounts ?? 0;
    return accounts === 0 ? null : `set aside because their data cannot be computed: ${accounts}`;
  }
}
