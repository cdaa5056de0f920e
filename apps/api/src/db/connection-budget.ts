import { Injectable, type OnApplicationBootstrap, Optional } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { QUEUES } from '../pipeline/base/job.js';
import { Config } from '../platform/config/config.js';
import { log } from '../platform/logging/log.js';

interface Budget {
  /** Connections that the server gives to ordinary users. */
  limit: number;
  /** Those that are open now, by anyone. */
  open: number;
}

/** The connections that further threads of this process open, where it starts some. */
export abstract class ConnectionsOfThreads {
  abstract readonly connections: number;
}

/** Says at boot, and not under load, when the server has too few connections for this process. */
@Injectable()
export class ConnectionBudget implements OnApplicationBootstrap {
  constructor(
    private readonly dataSource: DataSource,
    private readonly config: Config,
    /** Absent in a process that starts none. */
    @Optional() private readonly threads?: ConnectionsOfThreads,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const ofThreads = this.threads?.connections ?? 0;
    const most = mostConnections(this.config) + ofThreads;
    const [budget] = await this.dataSource.query<Budget[]>(
      `SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int AS limit,
              (SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend') AS open`,
    );
    if (!budget) return;
    if (most > budget.limit) {
      throw new Error(
        `This process may open ${most} connections, and PostgreSQL gives ${budget.limit} in all. ` +
          `Raise max_connections or lower DATABASE_POOL_SIZE${ofThreads > 0 ? ' or RUN_THREADS' : ''}.`,
      );
    }
    const free = budget.limit - budget.open;
    if (most > free) log.warn({ most, free, limit: budget.limit }, 'connections to PostgreSQL may run out under load');
  }
}

const CONNECTIONS_OF_A_QUEUE = 2;
const CONNECTIONS_OF_A_WORKER = 3;
/** The one that hears what open pages are to be told. */
const CONNECTIONS_OF_LIVE = 1;

/**
 * The most connections that a process opens itself, its threads left out: its pool, the one for open pages and, with
 * queues in PostgreSQL, those that each queue and each worker of one opens beside the pool.
 */
function mostConnections({ database, queue }: Config): number {
  const queues = queue.redisUrl === null ? QUEUES.length * (CONNECTIONS_OF_A_QUEUE + CONNECTIONS_OF_A_WORKER) : 0;
  return database.poolSize + queues + CONNECTIONS_OF_LIVE;
}
