import { Injectable } from '@nestjs/common';
import pg from 'pg';
import { Config } from '../platform/config/config.js';
import { log } from '../platform/logging/log.js';
import { open, type Tx } from './unit-of-work.js';

/**
 * What a transaction tells the processes that hold open pages, at its commit: which accounts were computed, whose alerts
 * moved, who has news. `access`: sessions, roles, teams or owners' stand-ins changed. Ids null: too many to name.
 */
export type Announcement =
  | { topic: 'accounts' | 'alerts' | 'goals'; ids: readonly string[] | null }
  | { topic: 'notifications'; userIds: readonly string[] }
  | { topic: 'segments' }
  | { topic: 'model' }
  | { topic: 'access' };

const CHANNEL = 'steward_live';
/** PostgreSQL takes 8,000 bytes at most; this many ids stay well below. */
const IDS_A_MESSAGE = 150;
/** More than this and a page asks again for all that it shows anyway. */
const MOST_IDS = 600;

/** Pages learn of it when the transaction commits, and not at all when it does not. */
export async function announce(tx: Tx, news: Announcement): Promise<void> {
  for (const payload of payloadsOf(news)) {
    await open(tx).prepared(`SELECT pg_notify('${CHANNEL}', $1)`, [payload]);
  }
}

export function payloadsOf(news: Announcement): string[] {
  switch (news.topic) {
    case 'accounts':
    case 'alerts':
    case 'goals': {
      const { topic, ids } = news;
      if (ids === null || ids.length > MOST_IDS) return [JSON.stringify({ topic, ids: null })];
      return chunks(ids).map((some) => JSON.stringify({ topic, ids: some }));
    }
    case 'notifications':
      return chunks(news.userIds).map((userIds) => JSON.stringify({ topic: news.topic, userIds }));
    case 'segments':
    case 'model':
    case 'access':
      return [JSON.stringify(news)];
  }
}

function chunks(ids: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(ids.length / IDS_A_MESSAGE) }, (_, part) =>
    ids.slice(part * IDS_A_MESSAGE, (part + 1) * IDS_A_MESSAGE),
  );
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;

interface Listener {
  heard: (news: Announcement) => void;
  /** The connection was lost for a while: what was announced meanwhile is not known. */
  missed: () => void;
}

/** The one connection of a process that hears announcements; it comes back by itself. */
@Injectable()
export class LiveChannel {
  private client: pg.Client | null = null;
  private retry: NodeJS.Timeout | undefined;
  private pauseMs = FIRST_PAUSE_MS;
  private listener: Listener | null = null;
  private started: Promise<void> | null = null;

  constructor(private readonly config: Config) {}

  /** The first call opens the connection; it resolves once announcements are heard, or the server was not reached. */
  listen(listener: Listener): Promise<void> {
    this.listener = listener;
    this.started ??= this.connect();
    return this.started;
  }

  async close(): Promise<void> {
    this.listener = null;
    clearTimeout(this.retry);
    const client = this.client;
    this.client = null;
    await client?.end().catch(() => undefined);
  }

  private async connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.config.database.url,
      application_name: 'steward live',
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
    });
    let lost = false;
    const onLost = (reason: unknown) => {
      if (lost) return;
      lost = true;
      this.comeBack(client, reason);
    };
    client.on('error', onLost);
    client.on('end', () => onLost('ended'));
    client.on('notification', ({ payload }) => {
      if (payload !== undefined) this.listener?.heard(JSON.parse(payload) as Announcement);
    });
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
    } catch (error) {
      onLost(error);
      return;
    }
    if (!this.listener) {
      await client.end().catch(() => undefined);
      return;
    }
    this.client = client;
    this.pauseMs = FIRST_PAUSE_MS;
  }

  private comeBack(client: pg.Client, reason: unknown): void {
    client.end().catch(() => undefined);
    if (!this.listener) return;
    this.client = null;
    log.warn({ reason: String(reason) }, 'connection for live updates was lost');
    this.retry = setTimeout(() => {
      void this.connect().then(() => {
        if (this.client) this.listener?.missed();
      });
    }, this.pauseMs);
    this.pauseMs = Math.min(this.pauseMs * 2, LONGEST_PAUSE_MS);
  }
}
