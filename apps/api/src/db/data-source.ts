import { migrations } from '@steward/migrations/migrations';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { PostgresNaming } from './naming.js';
import { pgTypes } from './pg-types.js';

export interface DatabaseOptions {
  url: string;
  /** Shown by PostgreSQL for each connection: which process holds it. */
  applicationName: string;
  /** Connections at most. Pools are small: the sum over all processes must stay under the server's limit. */
  poolSize?: number;
  connectTimeoutMs?: number;
  /** Told of errors on idle connections (a restarted server, say); the pool replaces them by itself. */
  onPoolError?: (error: unknown) => void;
  /** Only who compares tables with what describes them needs it: statements are SQL, and reading entities takes long. */
  // biome-ignore lint/complexity/noBannedTypes: so TypeORM names a class.
  entities?: readonly Function[];
}

/** A data source on the `steward` schema. The session's time zone is UTC, so that no cast depends on the server's. */
export function createDataSource(options: DatabaseOptions): DataSource {
  return new DataSource({
    type: 'postgres',
    // By itself TypeORM looks for it among the installed packages; the programs bring it along.
    driver: pg,
    url: options.url,
    schema: 'steward',
    applicationName: options.applicationName,
    poolSize: options.poolSize ?? 6,
    connectTimeoutMS: options.connectTimeoutMs ?? 10_000,
    ...(options.onPoolError ? { poolErrorHandler: options.onPoolError } : {}),
    installExtensions: false,
    entities: [...(options.entities ?? [])],
    migrations: [...migrations],
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    namingStrategy: new PostgresNaming(),
    synchronize: false,
    logging: false,
    extra: { types: pgTypes, options: '-c TimeZone=UTC' },
  });
}
