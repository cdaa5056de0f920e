import { Injectable } from '@nestjs/common';
import type { CheckAnswer, ModelProblem, VersionEntry } from '@steward/shared/model-versions';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { NotFound, RevisionMoved } from '../../platform/errors/app-error.js';
import { DraftsRepository, type StoredDraft } from './drafts.repository.js';
import { ModelChanges, type Person } from './model-changes.js';
import { PARTS } from './model-parts.js';
import { SurroundingsService } from './surroundings.service.js';
import { type ModelPlace, VersionsRepository } from './versions.repository.js';

interface DraftAnswer {
  draft: (StoredDraft & { problems: ModelProblem[] }) | null;
  published: VersionEntry | null;
}

/** The one draft that people share of each part of the model. It may be kept unfinished. */
@Injectable()
export class DraftsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly drafts: DraftsRepository,
    private readonly versions: VersionsRepository,
    private readonly surroundings: SurroundingsService,
    private readonly changes: ModelChanges,
  ) {}

  get(place: ModelPlace): Promise<DraftAnswer> {
    return this.unitOfWork.run(async (tx) => {
      await this.mustExist(tx, place);
      return this.answer(tx, place);
    });
  }

  save(
    person: Person,
    place: ModelPlace,
    { revision, body }: { revision: number | null; body: unknown },
  ): Promise<DraftAnswer> {
    return this.unitOfWork.run(async (tx) => {
      await this.versions.lock(tx);
      await this.mustExist(tx, place);
      const by = { userId: person.user.id, at: this.changes.now() };
      const basedOn = (await this.versions.published(tx, place))?.version ?? null;
      const isSaved =
        revision === null
          ? await this.drafts.begin(tx, place, body, { ...by, basedOn })
          : await this.drafts.save(tx, place, body, { ...by, revision });
      if (!isSaved) throw new RevisionMoved('draft');
      await this.changes.announce(tx);
      return this.answer(tx, place);
    });
  }

  discard(person: Person, place: ModelPlace, revision: number): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      await this.versions.lock(tx);
      await this.mustExist(tx, place);
      if ((await this.drafts.find(tx, place)) === null) throw new NotFound('draft');
      if (!(await this.drafts.clear(tx, place, revision))) throw new RevisionMoved('draft');
      const { subject } = PARTS[place.part];
      await this.changes.record(tx, person, `${subject}.draft_discarded`, { kind: subject, id: place.subject }, {});
      await this.changes.announce(tx);
    });
  }

  /** What is wrong with a body, and what it would change; nothing is kept. */
  check(place: ModelPlace, body: unknown): Promise<CheckAnswer> {
    return this.unitOfWork.run(async (tx) => {
      await this.mustExist(tx, place);
      const published = await this.versions.published(tx, place);
      const { changes } = PARTS[place.part];
      return {
        problems: await this.surroundings.problems(tx, place, body),
        changes: published === null ? [] : changes(published.body, body, await this.surroundings.names(tx)),
      };
    });
  }

  private async answer(tx: Tx, place: ModelPlace): Promise<DraftAnswer> {
    const draft = await this.drafts.find(tx, place);
    const published = await this.versions.published(tx, place);
    if (draft === null) return { draft, published };
    return { draft: { ...draft, problems: await this.surroundings.problems(tx, place, draft.body) }, published };
  }

  private async mustExist(tx: Tx, { part, subject }: ModelPlace): Promise<void> {
    if (part === 'health') await this.surroundings.mustFindProfile(tx, subject);
  }
}
