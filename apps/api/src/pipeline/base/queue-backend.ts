import { createPostgresBackend, createRedisBackend, runMigrations } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';

/** Where queues are kept: in PostgreSQL by default, in Redis where there is one. */
export interface QueueBackend {
  readonly kind: 'postgres' | 'redis';
  /** Connection settings and factory for one queue or worker; each opens its own connections. */
  connectionFor(name: string): { connection: object; prefix?: string };
  readonly factory: typeof createPostgresBackend | typeof createRedisBackend;
  /** Makes or updates what the backend needs. */
  migrate(): Promise<void>;
}

export interface QueueBackendOptions {
  databaseUrl: string;
  redisUrl: string | null;
  namespace: string;
}

/** Each queue and each worker opens a pool and one listener of its own, so the pools stay small. */
const CONNECTIONS_EACH = 2;

export function queueBackend(options: QueueBackendOptions): QueueBackend {
  return options.redisUrl === null
    ? postgresBackend(options.databaseUrl, options.namespace)
    : redisBackend(options.redisUrl, options.namespace);
}

function postgresBackend(databaseUrl: string, schema: string): QueueBackend {
  return {
    kind: 'postgres',
    factory: createPostgresBackend,
    connectionFor: (name) => ({
      connection: {
        connectionString: databaseUrl,
        schema,
        max: CONNECTIONS_EACH,
        application_name: `steward queue ${name}`,
        keepAlive: true,
        // A job that a crash loses is made again by the sweep, so nobody waits for the disk here.
        options: '-c synchronous_commit=off',
      },
    }),
    async migrate() {
      const client = new pg.Client({ connectionString: databaseUrl });
      await client.connect();
      try {
        await runMigrations(client, schema);
      } finally {
        await client.end();
      }
    },
  };
}

function redisBackend(redisUrl: string, prefix: string): QueueBackend {
  const connection = redisOptions(redisUrl);
  return {
    kind: 'redis',
    factory: createRedisBackend,
    connectionFor: (name) => ({ connection: { ...connection, connectionName: `steward ${name}` }, prefix }),
    async migrate() {
      const client = new Redis({ ...connection, lazyConnect: true, connectTimeout: 5_000, retryStrategy: () => null });
      await client.connect();
      client.disconnect();
    },
  };
}

/** Workers wait as long as it takes for a lost server to come back, so requests are repeated without end. */
function redisOptions(address: string) {
  const { hostname, port, username, password, pathname, protocol } = new URL(address);
  return {
    host: hostname,
    port: Number(port || 6379),
    ...(username && { username: decodeURIComponent(username) }),
    ...(password && { password: decodeURIComponent(password) }),
    ...(pathname.length > 1 && { db: Number(pathname.slice(1)) }),
    ...(protocol === 'rediss:' && { tls: {} }),
    maxRetriesPerRequest: null,
  };
}
