import type { LiveTopic } from '@steward/shared/live';
import type { Announcement } from '../../db/live-channel.js';

/** Accounts by id, or null: too many to name. */
type Accounts = Set<string> | null;

/** A hint of more accounts than this says "many": the page asks again for what it shows. */
const MOST_IDS = 200;

/** What was announced since pages were last told, without repetition. */
export class PendingHints {
  readonly accounts = new Map<'accounts' | 'alerts', Accounts>();
  readonly userIds = new Set<string>();
  segments = false;
  model = false;
  access = false;

  get isEmpty(): boolean {
    return this.accounts.size === 0 && this.userIds.size === 0 && !this.segments && !this.model && !this.access;
  }

  add(news: Announcement): void {
    switch (news.topic) {
      case 'accounts':
      case 'alerts':
        this.addAccounts(news.topic, news.ids);
        return;
      case 'notifications':
        for (const id of news.userIds) this.userIds.add(id);
        return;
      case 'segments':
        this.segments = true;
        return;
      case 'model':
        this.model = true;
        return;
      case 'access':
        this.access = true;
        return;
    }
  }

  /** The accounts that are named. */
  get ids(): string[] {
    return [...new Set([...this.accounts.values()].flatMap((ids) => [...(ids ?? [])]))];
  }

  /** What one person is told; `sees` says whether they may know of an account. */
  hintsFor(userId: string, sees: (accountId: string) => boolean): { topic: LiveTopic; ids: string[] | null }[] {
    const hints: { topic: LiveTopic; ids: string[] | null }[] = [];
    for (const [topic, ids] of this.accounts) {
      const seen = ids === null ? null : [...ids].filter(sees);
      if (seen === null || seen.length > 0) {
        hints.push({ topic, ids: seen !== null && seen.length > MOST_IDS ? null : seen });
      }
    }
    if (this.segments) hints.push({ topic: 'segments', ids: null });
    if (this.model) hints.push({ topic: 'model', ids: null });
    if (this.userIds.has(userId)) hints.push({ topic: 'notifications', ids: null });
    return hints;
  }

  private addAccounts(topic: 'accounts' | 'alerts', ids: readonly string[] | null): void {
    const known = this.accounts.get(topic);
    if (ids === null || known === null) this.accounts.set(topic, null);
    else this.accounts.set(topic, new Set([...(known ?? []), ...ids]));
  }
}
