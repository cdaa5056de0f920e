import { Injectable } from '@nestjs/common';
import type { ProfileDraft } from '@steward/shared/model-drafts';
import type {
  CreateProfile,
  OrderProfiles,
  ProfileEntry,
  ProfileList,
  UpdateProfile,
} from '@steward/shared/model-versions';
import { v7 as uuidv7 } from 'uuid';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { changesBetween, changesOfNew } from '../../platform/audit/changes.js';
import { Conflict, NotFound, Refused, RevisionMoved } from '../../platform/errors/app-error.js';
import { DraftsRepository } from './drafts.repository.js';
import { ModelChanges, type Person } from './model-changes.js';
import { ProfilesRepository, type StoredProfile } from './profiles.repository.js';
import { type ModelPlace, VersionsRepository } from './versions.repository.js';

/** Each batch asks the rule of every profile. */
const MOST_PROFILES = 20;

const placeOf = (id: string): ModelPlace => ({ part: 'health', subject: id });

/** Which health profiles there are, and in which order they are tried. What they measure is in their versions. */
@Injectable()
export class ProfilesService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: ProfilesRepository,
    private readonly versions: VersionsRepository,
    private readonly drafts: DraftsRepository,
    private readonly changes: ModelChanges,
  ) {}

  list(): Promise<ProfileList> {
    return this.unitOfWork.run((tx) => this.all(tx));
  }

  create(person: Person, { name, copyOf }: CreateProfile): Promise<ProfileEntry> {
    return this.changing(async (tx) => {
      const profiles = await this.repository.all(tx);
      if (profiles.length >= MOST_PROFILES) {
        throw new Refused('TOO_MANY_PROFILES', `There may be at most ${MOST_PROFILES} health profiles.`);
      }
      mustBeFree(profiles, name);
      const copied = profiles.find(({ id, isDefault }) => (copyOf === null ? isDefault : id === copyOf));
      const body = copied && (await this.versions.published(tx, placeOf(copied.id)))?.body;
      if (!body) throw new NotFound('published health profile');
      const id = uuidv7();
      const [at, userId] = [this.changes.now(), person.user.id];
      await this.repository.add(tx, { id, name }, at);
      // Two profiles for the same accounts would leave nothing to the second: it begins with a scope to be thought about.
      const draft: ProfileDraft = { ...(body as ProfileDraft), scope: (body as ProfileDraft).scope ?? NOBODY };
      await this.drafts.begin(tx, placeOf(id), draft, { basedOn: null, userId, at });
      await this.record(tx, person, 'created', id, changesOfNew({ name, copyOf: copied.name }));
      return this.entry(tx, id);
    });
  }

  async update(person: Person, id: string, { revision, ...fields }: UpdateProfile): Promise<ProfileEntry> {
    const updated = await this.changing(async (tx) => {
      const profiles = await this.repository.all(tx);
      const before = mustFind(profiles, id);
      if (before.isDefault && fields.active === false)
        throw new Refused('DEFAULT_PROFILE', 'The default is always on.');
      if (fields.name !== undefined) {
        mustBeFree(
          profiles.filter((profile) => profile.id !== id),
          fields.name,
        );
      }
      const { name, active } = { ...before, ...withValues(fields) };
      if (!(await this.repository.update(tx, id, revision, { name, active })))
        throw new RevisionMoved('health profile');
      if (active !== before.active) await this.changes.startQuietly(tx, person);
      await this.record(tx, person, 'updated', id, changesBetween(before, fields));
      return this.entry(tx, id);
    });
    this.changes.hint();
    return updated;
  }

  async order(person: Person, { ids }: OrderProfiles): Promise<ProfileList> {
    const ordered = await this.changing(async (tx) => {
      const profiles = await this.repository.all(tx);
      const before = profiles.filter(({ isDefault }) => !isDefault).map(({ id }) => id);
      const isComplete = ids.length === before.length && before.every((id) => ids.includes(id));
      if (!isComplete) throw new Conflict('PROFILES_CHANGED', 'Other profiles are there now. Load them again.');
      await this.repository.order(tx, ids);
      await this.changes.startQuietly(tx, person);
      const nameOf = (id: string) => mustFind(profiles, id).name;
      const changes = changesBetween({ order: before.map(nameOf) }, { order: ids.map(nameOf) });
      await this.record(tx, person, 'ordered', '', changes);
      return this.all(tx);
    });
    this.changes.hint();
    return ordered;
  }

  /** Its versions stay: earlier scores were made by them. */
  async remove(person: Person, id: string, revision: number): Promise<void> {
    await this.changing(async (tx) => {
      const profile = mustFind(await this.repository.all(tx), id);
      if (profile.isDefault) throw new Refused('DEFAULT_PROFILE', 'The default cannot be deleted.');
      if (!(await this.repository.remove(tx, id, revision, this.changes.now())))
        throw new RevisionMoved('health profile');
      await this.versions.supersede(tx, placeOf(id));
      await this.changes.startQuietly(tx, person);
      await this.drafts.forget(tx, placeOf(id));
      await this.record(tx, person, 'deleted', id, changesBetween({ name: profile.name }, { name: null }));
    });
    this.changes.hint();
  }

  private changing<Answer>(work: (tx: Tx) => Promise<Answer>): Promise<Answer> {
    return this.unitOfWork.run(async (tx) => {
      await this.versions.lock(tx);
      const answer = await work(tx);
      await this.changes.announce(tx);
      return answer;
    });
  }

  private async all(tx: Tx): Promise<ProfileList> {
    const profiles: ProfileEntry[] = [];
    for (const profile of await this.repository.all(tx)) profiles.push(await this.shown(tx, profile));
    return { profiles };
  }

  private async entry(tx: Tx, id: string): Promise<ProfileEntry> {
    return this.shown(tx, mustFind(await this.repository.all(tx), id));
  }

  private async shown(tx: Tx, profile: StoredProfile): Promise<ProfileEntry> {
    const draft = await this.drafts.find(tx, placeOf(profile.id));
    const published = await this.versions.published(tx, placeOf(profile.id));
    return {
      ...profile,
      published,
      draft: draft && { revision: draft.revision, savedBy: draft.savedBy, savedAt: draft.savedAt },
    };
  }

  private record(tx: Tx, person: Person, what: string, id: string, changes: ReturnType<typeof changesBetween>) {
    return this.changes.record(tx, person, `health_profile.${what}`, { kind: 'health_profile', id }, changes);
  }
}

const NOBODY: ProfileDraft['scope'] = { kind: 'any', rules: [] };

function withValues<Fields extends object>(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields;
}

function mustFind(profiles: readonly StoredProfile[], id: string): StoredProfile {
  const profile = profiles.find((each) => each.id === id);
  if (!profile) throw new NotFound('health profile');
  return profile;
}

function mustBeFree(profiles: readonly StoredProfile[], name: string): void {
  const isTaken = profiles.some((profile) => profile.name.toLowerCase() === name.toLowerCase());
  if (isTaken) throw new Conflict('PROFILE_NAME_TAKEN', `There is a profile called ${name}.`);
}
