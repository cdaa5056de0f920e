import { ApiError } from '../../lib/api.js';
import { DraftKeeper, type DraftPorts } from './draft-keeper.js';
import type { KeptDraft, PartState } from './model-part.js';

const AT = '2026-04-15T09:00:00Z';

const aDraft = (body: string, revision: number): KeptDraft<string> => ({
  revision,
  body,
  basedOn: 1,
  startedBy: null,
  startedAt: AT,
  savedBy: null,
  savedAt: AT,
  problems: [],
});
const published = {
  version: 1,
  state: 'published' as const,
  publishedAt: AT,
  publishedBy: null,
  note: null,
  rolledBackTo: null,
};

/** A server with one draft, which refuses what does not follow its revision. */
class Server implements DraftPorts<string> {
  draft: KeptDraft<string> | null = null;
  saves: string[] = [];
  fails = false;
  state = (): PartState<string> => ({ draft: this.draft, published, publishedBody: 'as published' });
  async save(body: string, revision: number | null) {
    if (this.fails) throw new ApiError(0, 'UNREACHABLE', 'Steward cannot be reached.');
    if ((this.draft?.revision ?? null) !== revision) throw new ApiError(409, 'REVISION_MOVED', 'It has moved on.');
    this.saves.push(body);
    this.draft = aDraft(body, (revision ?? 0) + 1);
    return { draft: this.draft, published };
  }
  async discard() {
    if (this.draft === null) throw new ApiError(404, 'NOT_FOUND', 'There is no such draft.');
    this.draft = null;
  }
  async load() {
    return this.state();
  }
}

describe('a draft being written', () => {
  let server: Server;
  let keeper: DraftKeeper<string>;
  const shown = () => keeper.snapshot().body;
  const open = () => new DraftKeeper(server.state(), '', server);
  beforeEach(() => {
    server = new Server();
    keeper = open();
  });

  it('begins with what is published, and with the first change', async () => {
    expect(shown()).toBe('as published');
    keeper.change('mine', null);
    await keeper.flush();
    expect(server.draft).toMatchObject({ body: 'mine', revision: 1 });
    expect(keeper.snapshot()).toMatchObject({ keeping: 'idle', draft: { revision: 1 } });
  });

  it('is kept once for what was typed in one go, and undone in one step', async () => {
    for (const text of ['m', 'mi', 'mine']) keeper.change(text, 'label');
    await keeper.flush();
    expect(server.saves).toEqual(['mine']);
    keeper.undo();
    expect(shown()).toBe('as published');
    await keeper.flush();
    expect(server.draft?.body).toBe('as published');
    keeper.redo();
    expect(shown()).toBe('mine');
  });

  it('takes back a step alone while nothing was changed after it', async () => {
    keeper.change('one', null);
    keeper.change('two', null);
    expect(keeper.undoStep('one')).toBe(false);
    expect(shown()).toBe('two');
    expect(keeper.undoStep('two')).toBe(true);
    expect(keeper.undoStep('one')).toBe(true);
    expect(shown()).toBe('as published');
    expect(keeper.undoStep('one')).toBe(false);
    await keeper.flush();
  });

  it('is kept again when it was changed while it was being kept', async () => {
    keeper.change('first', null);
    const kept = keeper.flush();
    keeper.change('second', 'label');
    await kept;
    expect(server.saves).toEqual(['first', 'second']);
    expect(keeper.snapshot().keeping).toBe('idle');
  });

  it('stays on the screen when it could not be kept, and is kept when that is tried again', async () => {
    server.fails = true;
    keeper.change('mine', null);
    await keeper.flush();
    expect(keeper.snapshot()).toMatchObject({ body: 'mine', keeping: 'failed' });
    server.fails = false;
    keeper.retry();
    await keeper.flush();
    expect(server.draft?.body).toBe('mine');
  });

  it('never overwrites what somebody else saved meanwhile: the person says whose stays', async () => {
    const other = open();
    other.change('theirs', null);
    await other.flush();
    keeper.change('mine', null);
    await keeper.flush();
    expect(server.draft?.body).toBe('theirs');
    expect(keeper.snapshot()).toMatchObject({ body: 'mine', keeping: 'moved', theirs: { draft: { body: 'theirs' } } });
    keeper.change('mine still', 'label');
    await keeper.flush();
    expect(server.draft?.body).toBe('theirs');
    keeper.keepMine();
    await keeper.flush();
    expect(server.draft).toMatchObject({ body: 'mine still', revision: 2 });
  });

  it('shows what somebody else saved when that is chosen, and undo brings one’s own back', async () => {
    const other = open();
    other.change('theirs', null);
    await other.flush();
    keeper.change('mine', null);
    await keeper.flush();
    keeper.takeTheirs();
    expect(shown()).toBe('theirs');
    keeper.undo();
    await keeper.flush();
    expect(server.draft?.body).toBe('mine');
  });

  it('follows what others saved while nothing of one’s own is under way', async () => {
    const other = open();
    other.change('theirs', null);
    await other.flush();
    keeper.adopt(server.state());
    expect(shown()).toBe('theirs');
    keeper.change('mine', 'label');
    keeper.adopt({ ...server.state(), draft: aDraft('later', 9) });
    expect(shown()).toBe('mine');
    await keeper.flush();
  });

  it('is discarded to what is published, and begun anew by undo', async () => {
    keeper.change('mine', null);
    expect(await keeper.discard()).toBe('mine');
    expect(server.draft).toBeNull();
    expect(shown()).toBe('as published');
    keeper.restore('mine');
    await keeper.flush();
    expect(server.draft).toMatchObject({ body: 'mine', revision: 1 });
  });

  it('is discarded once, however often that is asked while it is under way', async () => {
    keeper.change('mine', null);
    expect(await Promise.all([keeper.discard(), keeper.discard()])).toEqual(['mine', null]);
    keeper.change('anew', null);
    expect(await keeper.discard()).toBe('anew');
  });
});
