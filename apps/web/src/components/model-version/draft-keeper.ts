import { ApiError } from '../../lib/api.js';
import type { DraftAnswer, KeptDraft, PartState } from './model-part.js';

/** Where what is written stands between the screen and the server. */
export type Keeping = 'idle' | 'waiting' | 'saving' | 'failed' | 'moved';

export interface DraftState<B> {
  /** As it is on the screen. */
  body: B;
  /** As the server keeps it; null: none is begun. */
  draft: KeptDraft<B> | null;
  published: PartState<B>['published'];
  publishedBody: B | null;
  keeping: Keeping;
  /** Why it was not kept, while `failed`. */
  error: unknown;
  /** What somebody else made of it, while `moved`; null until it is read. */
  theirs: PartState<B> | null;
  mayUndo: boolean;
  mayRedo: boolean;
  /** Rises when the body was replaced as a whole: by undo, by somebody else, by taking it back. */
  round: number;
}

export interface DraftPorts<B> {
  save: (body: B, revision: number | null) => Promise<DraftAnswer<B>>;
  discard: (revision: number) => Promise<void>;
  load: () => Promise<PartState<B>>;
}

/** Steps that undo goes back, at most. */
const MOST_STEPS = 100;
/** How long typing rests before it is kept, in ms. */
const REST_MS = 700;

/**
 * Keeps what is written as the shared draft: soon after each change, one save at a time, never over what somebody else
 * saved meanwhile.
 */
export class DraftKeeper<B> {
  private state: DraftState<B>;
  private readonly listeners = new Set<() => void>();
  private readonly past: B[] = [];
  private future: B[] = [];
  private gesture: string | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private running: Promise<void> | null = null;
  private isDiscarding = false;

  constructor(
    loaded: PartState<B>,
    private readonly blank: B,
    private readonly ports: DraftPorts<B>,
  ) {
    this.state = { ...this.of(loaded), round: 0 };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly snapshot = (): DraftState<B> => this.state;

  /** Changes of one gesture, as of typing in one field, are one step for undo. Null: a step of its own, kept at once. */
  change(body: B, gesture: string | null): void {
    if (gesture === null || gesture !== this.gesture) {
      this.past.push(this.state.body);
      if (this.past.length > MOST_STEPS) this.past.shift();
    }
    this.gesture = gesture;
    this.future = [];
    this.show({ body });
    this.plan(gesture === null ? 0 : REST_MS);
  }

  undo(): void {
    const before = this.past.pop();
    if (before === undefined) return;
    this.future.push(this.state.body);
    this.replace(before);
  }

  /** Undo of the step that left this body; false, and nothing is changed, where it is not what stands now. */
  undoStep(after: B): boolean {
    if (this.state.body !== after) return false;
    this.undo();
    return true;
  }

  redo(): void {
    const after = this.future.pop();
    if (after === undefined) return;
    this.past.push(this.state.body);
    this.replace(after);
  }

  /** Resolves when nothing is left to keep, or it cannot be kept. */
  async flush(): Promise<void> {
    while (this.running !== null || this.state.keeping === 'waiting') {
      if (this.running === null) this.start();
      await this.running;
    }
  }

  /** Once more, after a failure. */
  retry(): void {
    if (this.state.keeping === 'failed') this.plan(0);
  }

  /** Leaves what somebody else made of it, and keeps this over it. */
  keepMine(): void {
    const { theirs } = this.state;
    if (theirs === null) return;
    this.show({
      draft: theirs.draft,
      published: theirs.published,
      publishedBody: theirs.publishedBody,
      theirs: null,
    });
    this.plan(0);
  }

  /** Takes what somebody else made of it; undo brings one's own back. */
  takeTheirs(): void {
    const { theirs, body, round } = this.state;
    if (theirs === null) return;
    this.past.push(body);
    this.future = [];
    this.gesture = null;
    this.state = { ...this.of(theirs), round: round + 1 };
    this.show({});
  }

  /** What was read anew replaces what is shown, unless something of ours is under way. */
  adopt(loaded: PartState<B>): void {
    const { keeping, draft, published, round } = this.state;
    if (keeping !== 'idle') return;
    // An answer that was asked for before the last save says nothing new.
    if (draft !== null && loaded.draft !== null && loaded.draft.revision < draft.revision) return;
    const isSame = loaded.draft?.revision === draft?.revision && loaded.published?.version === published?.version;
    if (isSame) {
      this.show({ draft: loaded.draft, published: loaded.published, publishedBody: loaded.publishedBody });
      return;
    }
    this.past.length = 0;
    this.future = [];
    this.gesture = null;
    this.state = { ...this.of(loaded), round: round + 1 };
    this.show({});
  }

  /** As it was before it was discarded. */
  restore(body: B): void {
    this.past.push(this.state.body);
    this.future = [];
    this.replace(body);
  }

  /** Back to what is published; undo begins the draft anew. Answers what it said; null: that is under way already. */
  async discard(): Promise<B | null> {
    if (this.isDiscarding) return null;
    this.isDiscarding = true;
    try {
      return await this.takeAway();
    } finally {
      this.isDiscarding = false;
    }
  }

  /** After publishing: the draft is gone, and what it said is published. */
  async reload(): Promise<void> {
    const loaded = await this.ports.load();
    this.past.length = 0;
    this.future = [];
    this.gesture = null;
    const { round } = this.state;
    this.state = { ...this.of(loaded), round: round + 1 };
    this.show({});
  }

  private async takeAway(): Promise<B> {
    await this.flush();
    const { draft, body, publishedBody, round } = this.state;
    if (draft !== null) await this.ports.discard(draft.revision);
    this.past.push(body);
    this.future = [];
    this.gesture = null;
    this.show({ body: publishedBody ?? this.blank, draft: null, keeping: 'idle', round: round + 1 });
    return body;
  }

  private of(loaded: PartState<B>): Omit<DraftState<B>, 'round'> {
    return {
      body: loaded.draft?.body ?? loaded.publishedBody ?? this.blank,
      draft: loaded.draft,
      published: loaded.published,
      publishedBody: loaded.publishedBody,
      keeping: 'idle',
      error: null,
      theirs: null,
      mayUndo: false,
      mayRedo: false,
    };
  }

  private replace(body: B): void {
    this.gesture = null;
    this.show({ body, round: this.state.round + 1 });
    this.plan(0);
  }

  private show(change: Partial<DraftState<B>>): void {
    this.state = { ...this.state, ...change, mayUndo: this.past.length > 0, mayRedo: this.future.length > 0 };
    for (const listener of this.listeners) listener();
  }

  private plan(afterMs: number): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    // What somebody else saved meanwhile comes first: the person says whose stays.
    if (this.state.theirs !== null) return;
    this.show({ keeping: 'waiting', error: null });
    if (this.running !== null) return;
    this.timer = setTimeout(() => this.start(), afterMs);
  }

  private start(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.running = this.keep().finally(() => {
      this.running = null;
      if (this.state.keeping === 'waiting') this.plan(REST_MS);
    });
  }

  private async keep(): Promise<void> {
    const { body, draft } = this.state;
    this.show({ keeping: 'saving', error: null });
    try {
      const answer = await this.ports.save(body, draft?.revision ?? null);
      const isNewest = this.state.body === body;
      // What is typed after a rest is a step of its own.
      this.gesture = null;
      this.show({ draft: answer.draft, published: answer.published, keeping: isNewest ? 'idle' : 'waiting' });
    } catch (error) {
      if (!(error instanceof ApiError && error.code === 'REVISION_MOVED')) {
        this.show({ keeping: 'failed', error });
        return;
      }
      const theirs = await this.ports.load().catch(() => null);
      this.show(theirs === null ? { keeping: 'failed', error } : { keeping: 'moved', theirs });
    }
  }
}
