import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Response } from 'express';
import { LiveChannel } from '../../db/live-channel.js';
import { UnitOfWork } from '../../db/unit-of-work.js';
import { AuthRepository } from '../../platform/auth/auth.repository.js';
import { personToday } from '../../platform/auth/person-today.js';
import { scopeCovers } from '../../platform/auth/scope.js';
import { Clock } from '../../platform/clock.js';
import { TooManyRequests } from '../../platform/errors/app-error.js';
import { log } from '../../platform/logging/log.js';
import { Shutdown } from '../../platform/shutdown.js';
import { type AccountOwners, LiveRepository } from './live.repository.js';
import { LiveConnection, type LivePerson } from './live-connection.js';
import { PendingHints } from './pending-hints.js';

/** What comes within this time goes to the pages as one hint. */
const COALESCE_MS = 250;
/** Proxies close connections that say nothing; each beat also looks at sessions whose time is over. */
const BEAT_MS = 25_000;
/** Open pages of one person. Browsers close those in the background. */
const MOST_A_PERSON = 12;
const RETRY_S = 30;

/**
 * Tells open pages what changed. Hints are filtered by what each person may see at the moment of sending: owners are
 * read anew, and a change of sessions, roles or teams is itself announced.
 */
@Injectable()
export class LiveFeed implements OnModuleDestroy {
  private readonly connections = new Set<LiveConnection>();
  private pending = new PendingHints();
  private flushing = false;
  private timer: NodeJS.Timeout | undefined;
  private beats: NodeJS.Timeout | undefined;

  constructor(
    private readonly channel: LiveChannel,
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: LiveRepository,
    private readonly auth: AuthRepository,
    private readonly clock: Clock,
    shutdown: Shutdown,
  ) {
    shutdown.signal.addEventListener('abort', () => this.closeAll(), { once: true });
  }

  /** @param resumed the page was connected before and may have missed something */
  async connect(person: LivePerson, response: Response, { resumed }: { resumed: boolean }): Promise<void> {
    await this.channel.listen({
      heard: (news) => {
        this.pending.add(news);
        this.flushSoon();
      },
      missed: () => this.resyncAll(),
    });
    // It left while the channel was opened: nobody would ever take it off the list.
    if (response.destroyed) return;
    const own = [...this.connections].filter((each) => each.person.userId === person.userId);
    if (own.length >= MOST_A_PERSON) {
      throw new TooManyRequests('TOO_MANY_PAGES', `You have ${MOST_A_PERSON} pages open already.`, RETRY_S);
    }
    this.beats ??= setInterval(() => this.beat(), BEAT_MS).unref();
    const connection = new LiveConnection(person, response, this.clock.now().getTime());
    response.on('close', () => this.connections.delete(connection));
    this.connections.add(connection);
    connection.begin({ resumed });
  }

  async onModuleDestroy(): Promise<void> {
    clearTimeout(this.timer);
    clearInterval(this.beats);
    this.closeAll();
    await this.channel.close();
  }

  private closeAll(): void {
    for (const connection of this.connections) connection.close();
    this.connections.clear();
  }

  private flushSoon(): void {
    if (this.timer !== undefined || this.flushing) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.flush();
    }, COALESCE_MS);
  }

  private async flush(): Promise<void> {
    this.flushing = true;
    const hints = this.pending;
    this.pending = new PendingHints();
    try {
      if (this.connections.size > 0) await this.tell(hints);
    } catch (error) {
      // What could not be told now is asked for again.
      log.warn({ err: error }, 'live updates could not be sent');
      for (const connection of this.connections) connection.resync();
    } finally {
      this.flushing = false;
      if (!this.pending.isEmpty) this.flushSoon();
    }
  }

  private async tell(hints: PendingHints): Promise<void> {
    if (hints.access) await this.scopeAnew([...this.connections]);
    const owners = await this.ownersOf(hints.ids);
    for (const connection of this.connections) {
      const sees = (id: string) => {
        const owned = owners.get(id);
        return owned !== undefined && scopeCovers(connection.scope, owned);
      };
      for (const hint of hints.hintsFor(connection.person.userId, sees)) connection.hint(hint);
    }
  }

  private async ownersOf(ids: readonly string[]): Promise<Map<string, AccountOwners>> {
    if (ids.length === 0) return new Map();
    const rows = await this.unitOfWork.run((tx) => this.repository.owners(tx, ids));
    return new Map(rows.map((row) => [row.id, row]));
  }

  /**
   * Sees with each session's rights of now: one that is over is closed, one that sees other accounts or stands in for
   * others asks again.
   */
  private async scopeAnew(connections: readonly LiveConnection[]): Promise<void> {
    const now = this.clock.now();
    await this.unitOfWork.run(async (tx) => {
      for (const connection of connections) {
        const session = await this.auth.liveSession(tx, connection.person.sessionHash, now);
        if (!session) {
          this.connections.delete(connection);
          connection.endSession();
          continue;
        }
        connection.scopeAnew(personToday(session), now.getTime());
      }
    });
  }

  private resyncAll(): void {
    this.pending.add({ topic: 'access' });
    this.flushSoon();
    for (const connection of this.connections) connection.resync();
  }

  private beat(): void {
    const before = this.clock.now().getTime() - BEAT_MS;
    for (const connection of this.connections) connection.beat();
    const old = [...this.connections].filter(({ scopedAt }) => scopedAt <= before);
    this.scopeAnew(old).catch((error) => log.warn({ err: error }, 'sessions of live pages could not be read'));
  }
}
