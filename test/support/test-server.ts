import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** The server that the run started. */
export function testServerUrl(): string {
  const url = process.env.STEWARD_TEST_DATABASE_URL;
  if (!url) throw new Error('STEWARD_TEST_DATABASE_URL names the PostgreSQL server that tests may use');
  return url;
}

export async function onTestServer<Result>(work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: testServerUrl() });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export function urlOfDatabase(name: string): string {
  const url = new URL(testServerUrl());
  url.pathname = `/${name}`;
  return url.href;
}

/** A database of its own with nothing in it, or with what a template holds. */
export async function emptyDatabase(template = 'template1'): Promise<{ url: string; close: () => Promise<void> }> {
  const name = `spec_${randomUUID().replaceAll('-', '')}`;
  await onTestServer((client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`));
  return {
    url: urlOfDatabase(name),
    close: async () => {
      await onTestServer((client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
    },
  };
}
