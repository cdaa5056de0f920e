import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** An empty database of its own on the test server, and the way to drop it. */
export async function freshDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const server = process.env.STEWARD_TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:55471/postgres';
  const name = `access_${randomUUID().replaceAll('-', '')}`;
  const run = async (sql: string) => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    await client.query(sql);
    await client.end();
  };
  await run(`CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(`DROP DATABASE ${name} WITH (FORCE)`) };
}
