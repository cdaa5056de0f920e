import type { DataSource } from 'typeorm';
import { readConfig } from '../platform/config/config.js';
import { ConnectionBudget } from './connection-budget.js';

/** Without a queue of its own in PostgreSQL: the pool and the connection that hears what open pages are told. */
const POOL = 10;
const OF_PROCESS = POOL + 1;

describe('the connections that a process may open', () => {
  const config = readConfig({
    DATABASE_URL: 'postgres://steward@localhost/steward',
    DATABASE_POOL_SIZE: String(POOL),
    REDIS_URL: 'redis://localhost',
    RUN_THREADS: '4',
    BATCHES_AT_A_TIME: '4',
  });

  function boot(limit: number, threads?: { connections: number }): Promise<void> {
    const dataSource = { query: async () => [{ limit, open: 0 }] } as unknown as DataSource;
    return new ConnectionBudget(dataSource, config, threads).onApplicationBootstrap();
  }

  it('are those of its pool where it starts no threads, whatever RUN_THREADS says', async () => {
    await expect(boot(OF_PROCESS)).resolves.toBeUndefined();
    await expect(boot(OF_PROCESS - 1)).rejects.toThrow(
      `This process may open ${OF_PROCESS} connections, and PostgreSQL gives ${OF_PROCESS - 1} in all. ` +
        'Raise max_connections or lower DATABASE_POOL_SIZE.',
    );
  });

  it('are more with further threads, of which fewer help as well', async () => {
    await expect(boot(OF_PROCESS + 9, { connections: 9 })).resolves.toBeUndefined();
    await expect(boot(OF_PROCESS + 8, { connections: 9 })).rejects.toThrow(
      'Raise max_connections or lower DATABASE_POOL_SIZE or RUN_THREADS.',
    );
  });
});
