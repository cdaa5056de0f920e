import { Injectable } from '@nestjs/common';
import type { DiffQuery, ModelDiff, PublishDraft, RollBack, VersionEntry } from '@steward/shared/model-versions';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { isSame } from '../../domain/model-diff/words.js';
import { Conflict, NotFound, RevisionMoved } from '../../platform/errors/app-error.js';
import { DraftsRepository, type StoredDraft } from './drafts.repository.js';
import { ModelChanges, type Person } from './model-changes.js';
import { PARTS } from './model-parts.js';
import { mustBeSound, SurroundingsService } from './surroundings.service.js';
import { type ModelPlace, type StoredVersion, VersionsRepository } from './versions.repository.js';

type Side = ModelDiff['from'];

/**
 * Published versions of the model. What is published applies from today on: closed days stay as they were computed, and
 * the live refresh notices by itself that all accounts are due.
 */
@Injectable()
export class VersionsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: VersionsRepository,
    private readonly drafts: DraftsRepository,
    private readonly surroundings: SurroundingsService,
    private readonly changes: ModelChanges,
  ) {}

  list(place: ModelPlace): Promise<{ versions: VersionEntry[] }> {
    return this.unitOfWork.run(async (tx) => {
      await this.mustExist(tx, place);
      return { versions: (await this.repository.all(tx, place)).map(withoutBody) };
    });
  }

  get(place: ModelPlace, version: number): Promise<StoredVersion> {
    return this.unitOfWork.run(async (tx) => {
      await this.mustExist(tx, place);
      return this.mustFind(tx, place, version);
    });
  }

  diff(place: ModelPlace, { from, to }: DiffQuery): Promise<ModelDiff> {
    return this.unitOfWork.run(async (tx) => {
      await this.mustExist(tx, place);
      const published = await this.repository.published(tx, place);
      const start = from ?? published?.version;
      if (start === undefined) throw new NotFound('published version');
      const [before, after] = [await this.bodyOf(tx, place, start), await this.bodyOf(tx, place, to)];
      const names = await this.surroundings.names(tx);
      return { from: start, to, changes: PARTS[place.part].changes(before, after, names) };
    });
  }

  async publish(person: Person, place: ModelPlace, { revision, note, over }: PublishDraft): Promise<VersionEntry> {
    const published = await this.unitOfWork.run(async (tx) => {
      await this.repository.lock(tx);
      await this.mustExist(tx, place);
      const draft = await this.drafts.find(tx, place);
      if (draft === null) throw new NotFound('draft');
      if (!(await this.drafts.clear(tx, place, revision))) throw new RevisionMoved('draft');
      mustFollow(draft, await this.repository.published(tx, place), over);
      return this.add(tx, person, place, draft.body, { note, rolledBackTo: null });
    });
    this.changes.hint();
    return published;
  }

  async rollBack(
    person: Person,
    place: ModelPlace,
    version: number,
    { published, note }: RollBack,
  ): Promise<VersionEntry> {
    const again = await this.unitOfWork.run(async (tx) => {
      await this.repository.lock(tx);
      await this.mustExist(tx, place);
      const now = await this.repository.published(tx, place);
      if (now?.version !== published) throw new RevisionMoved(PARTS[place.part].noun);
      const { body } = await this.mustFind(tx, place, version);
      return this.add(tx, person, place, body, { note, rolledBackTo: version });
    });
    this.changes.hint();
    return again;
  }

  private async add(
    tx: Tx,
    person: Person,
    place: ModelPlace,
    draft: unknown,
    how: { note: string | null; rolledBackTo: number | null },
  ): Promise<VersionEntry> {
    const { subject, bodySchema, changes } = PARTS[place.part];
    mustBeSound(await this.surroundings.problems(tx, place, draft));
    const body = bodySchema.parse(draft);
    const before = await this.repository.published(tx, place);
    if (before !== null && isSame(before.body, body)) {
      throw new Conflict('NOTHING_CHANGED', `Version ${before.version}, which is published, says the same.`);
    }
    const by = { userId: person.user.id, at: this.changes.now(), ...how };
    const version = await this.repository.publish(tx, place, body, by);
    await this.changes.startQuietly(tx, person);
    const said = before === null ? [] : changes(before.body, body, await this.surroundings.names(tx));
    await this.changes.record(
      tx,
      person,
      how.rolledBackTo === null ? `${subject}.published` : `${subject}.rolled_back`,
      { kind: subject, id: place.subject },
      {
        version: { from: before?.version ?? null, to: version },
        ...(how.rolledBackTo !== null && { rolledBackTo: { from: null, to: how.rolledBackTo } }),
        ...(how.note !== null && { note: { from: null, to: how.note } }),
        ...(said.length > 0 && { what: { from: null, to: said.map(({ text }) => text) } }),
      },
    );
    await this.changes.announce(tx);
    return withoutBody(await this.mustFind(tx, place, version));
  }

  private async bodyOf(tx: Tx, place: ModelPlace, side: Side): Promise<unknown> {
    if (side !== 'draft') return (await this.mustFind(tx, place, side)).body;
    const draft = await this.drafts.find(tx, place);
    if (draft === null) throw new NotFound('draft');
    return draft.body;
  }

  private async mustFind(tx: Tx, place: ModelPlace, version: number): Promise<StoredVersion> {
    const found = await this.repository.byNumber(tx, place, version);
    if (found === null) throw new NotFound('version');
    return found;
  }

  private async mustExist(tx: Tx, { part, subject }: ModelPlace): Promise<void> {
    if (part === 'health') await this.surroundings.mustFindProfile(tx, subject);
  }
}

/** What came after the draft was begun would be lost unseen: whoever publishes has to say that it may go. */
function mustFollow({ basedOn }: StoredDraft, published: StoredVersion | null, over: number | null): void {
  if (published === null || published.version === basedOn || published.version === over) return;
  const begun = basedOn === null ? 'before anything was published' : `from version ${basedOn}`;
  throw new Conflict(
    'PUBLISHED_MEANWHILE',
    `Version ${published.version} was published after this draft was begun ${begun}. See what it changed, then publish the draft over it, or begin a new draft.`,
    [{ path: 'over', code: 'PUBLISHED_MEANWHILE', message: `version ${published.version} is published` }],
  );
}

function withoutBody({ body: _, ...entry }: StoredVersion): VersionEntry {
  return entry;
}
