import type { LiveHint } from '@steward/shared/live';
import type { Response } from 'express';
import type { PersonToday } from '../../platform/auth/person-today.js';
import type { Scope } from '../../platform/auth/scope.js';

/** A page that takes nothing for this many bytes is gone or frozen; it asks anew when it is back. */
const MOST_WAITING_BYTES = 64 * 1024;

type Rights = Pick<PersonToday, 'scope' | 'standsInForIds'>;

export interface LivePerson extends Rights {
  userId: string;
  sessionHash: Buffer;
}

/** One open page: whom it belongs to, what they may see, and the stream that leads to it. */
export class LiveConnection {
  private version = 0;
  private rights: Rights;
  scopedAt: number;

  constructor(
    readonly person: LivePerson,
    private readonly response: Response,
    now: number,
  ) {
    const { scope, standsInForIds } = person;
    this.rights = { scope, standsInForIds };
    this.scopedAt = now;
  }

  get scope(): Scope {
    return this.rights.scope;
  }

  /** What is on the page is asked for again where it depends on rights that are no longer the same. */
  scopeAnew({ scope, standsInForIds }: Rights, now: number): void {
    const rights = { scope, standsInForIds };
    if (JSON.stringify(rights) !== JSON.stringify(this.rights)) this.resync();
    this.rights = rights;
    this.scopedAt = now;
  }

  begin({ resumed }: { resumed: boolean }): void {
    this.response.status(200);
    this.response.setHeader('Content-Type', 'text/event-stream; charset=utf-8');
    this.response.setHeader('Cache-Control', 'no-store, no-transform');
    // Proxies that collect answers before they pass them on would hold events back.
    this.response.setHeader('X-Accel-Buffering', 'no');
    this.response.flushHeaders();
    this.write(': open\n\n');
    if (resumed) this.resync();
  }

  hint(hint: Omit<LiveHint, 'version'>): void {
    this.event('hint', { ...hint, version: this.version + 1 });
  }

  resync(): void {
    this.event('resync', {});
  }

  beat(): void {
    this.write(': beat\n\n');
  }

  /** The session is over: the page is told, so that it does not come back with it. */
  endSession(): void {
    this.event('ended', {});
    this.close();
  }

  close(): void {
    this.response.end();
  }

  private event(name: string, data: object): void {
    this.version += 1;
    this.write(`event: ${name}\nid: ${this.version}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  private write(text: string): void {
    if (this.response.writableEnded || this.response.destroyed) return;
    this.response.write(text);
    if (this.response.writableLength > MOST_WAITING_BYTES) this.response.destroy();
  }
}
