import type { LiveHint } from '@steward/shared/live';
import { apiUrl } from './api.js';

/** What a page hears: a hint of what to ask for again, or that anything may have changed. */
export type LiveNews = Pick<LiveHint, 'topic' | 'ids'> | { topic: 'everything'; ids: null };

type Listener = (news: LiveNews) => void;

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/** A page in the background lets go of its connection after this long; browsers give a site only a few. */
const HIDDEN_MS = 20_000;

const listeners = new Set<Listener>();

/** Hears live news until the answer is called. */
export function onLive(listener: Listener): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

const tell = (news: LiveNews) => {
  for (const listener of listeners) listener(news);
};

/** Pauses before coming back: doubling up to a minute, each a little random so that pages do not all come at once. */
export function pauseBefore(attempt: number, chance: number): number {
  const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt);
  return Math.round(longest * (0.5 + chance / 2));
}

interface LiveOptions {
  /** The session is over: the page asks who it is, and learns that it is nobody. */
  onEnded: () => void;
}

/**
 * Keeps the page's one connection for live updates: it comes back by itself, is let go of while nobody looks, and after
 * every gap says that anything may have changed. Answers what ends it.
 */
export function keepLive({ onEnded }: LiveOptions): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  let wasOpen = false;

  const open = () => {
    source = new EventSource(apiUrl('/live', { resumed: wasOpen ? 1 : undefined }));
    source.addEventListener('open', () => {
      attempt = 0;
      wasOpen = true;
    });
    source.addEventListener('hint', ({ data }: MessageEvent<string>) => tell(JSON.parse(data) as LiveHint));
    source.addEventListener('resync', () => tell({ topic: 'everything', ids: null }));
    source.addEventListener('ended', () => {
      close();
      onEnded();
    });
    // The browser's own way of coming back has no back-off and gives up on a refusal.
    source.addEventListener('error', () => {
      close();
      timer = setTimeout(open, pauseBefore(attempt, Math.random()));
      attempt += 1;
    });
  };
  const close = () => {
    clearTimeout(timer);
    source?.close();
    source = null;
  };
  const onVisibility = () => {
    clearTimeout(timer);
    if (document.hidden) timer = setTimeout(close, HIDDEN_MS);
    else if (source === null) open();
  };

  document.addEventListener('visibilitychange', onVisibility);
  open();
  return () => {
    document.removeEventListener('visibilitychange', onVisibility);
    close();
  };
}
