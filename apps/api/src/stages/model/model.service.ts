import { Injectable } from '@nestjs/common';
import type { ProfileBody } from '@steward/shared/health';
import type { SignalDefinition } from '@steward/shared/signals';
import type { Catalogue } from '../../db/rules/bindings.js';
import { CatalogueReader } from '../../db/rules/catalogue.reader.js';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { DEFAULT_PROFILES } from '../../domain/health/defaults.js';
import { type CompiledProfile, compileProfile } from '../../domain/health/profile.js';
import { DEFAULT_STAGE_SET } from '../../domain/lifecycle/defaults.js';
import { moveAlike } from '../../domain/lifecycle/move-alike.js';
import { BUILT_IN_SIGNALS } from '../../domain/signals/built-in.js';
import { DEFAULT_TIER_SET } from '../../domain/tiers/defaults.js';
import { Clock } from '../../platform/clock.js';
import { ModelRepository, type PublishedProfile, type PublishedVersions } from './model.repository.js';

export interface ScoringProfile extends PublishedProfile {
  compiled: CompiledProfile;
}

/** Everything that is published, made ready for a run. */
export interface Model extends Omit<PublishedVersions, 'profiles'> {
  signals: readonly SignalDefinition[];
  catalogue: Catalogue;
  profiles: readonly ScoringProfile[];
  /** Profile versions that made earlier scores, as they are met. */
  compiledVersions: Map<number, CompiledProfile>;
}

@Injectable()
export class ModelService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: ModelRepository,
    private readonly catalogues: CatalogueReader,
    private readonly clock: Clock,
  ) {}

  /** At the first start the defaults are published as version 1. Later starts add new built-in signals only. */
  async ensureModel(): Promise<void> {
    const at = this.clock.now();
    await this.unitOfWork.run(async (tx) => {
      await this.repository.lock(tx);
      await this.repository.saveBuiltInSignals(tx, BUILT_IN_SIGNALS, at);
      await this.repository.saveFirstTiers(tx, DEFAULT_TIER_SET, at);
      await this.repository.saveFirstStages(tx, DEFAULT_STAGE_SET, at);
      if (await this.repository.hasProfiles(tx)) return;
      for (const [index, profile] of DEFAULT_PROFILES.entries()) {
        await this.repository.saveFirstProfile(tx, { ...profile, position: index, versionId: index + 1 }, at);
      }
    });
  }

  /** What is published now. */
  async model(tx: Tx): Promise<Model> {
    const published = await this.repository.published(tx);
    if (!published) throw new Error('The model does not exist yet: it is made when the server first starts.');
    const { catalogue, signals } = await this.catalogues.model(tx);
    const slots = slotsOf(signals);
    const profiles = published.profiles.map((profile) => ({
      ...profile,
      compiled: compileProfile(profile.body, slots),
    }));
    return {
      ...published,
      signals,
      catalogue,
      profiles,
      compiledVersions: new Map(profiles.map(({ versionId, compiled }) => [versionId, compiled])),
    };
  }

  /** Versions of the set of stages that move accounts as the model's does, its own among them. */
  async stageVersionsAlike(tx: Tx, { stages }: Model): Promise<number[]> {
    const versions = await this.repository.stageVersions(tx);
    return versions.filter(({ body }) => moveAlike(body, stages.body)).map(({ version }) => version);
  }

  /** Makes sure that these profile versions are among the compiled ones. */
  async compileVersions(tx: Tx, model: Model, ids: Iterable<number>): Promise<void> {
    const missing = [...new Set(ids)].filter((id) => !model.compiledVersions.has(id));
    if (missing.length === 0) return;
    const slots = slotsOf(model.signals);
    for (const [id, body] of await this.repository.profileBodies(tx, missing)) {
      model.compiledVersions.set(id, compileProfile(body, slots));
    }
  }
}

function slotsOf(signals: readonly SignalDefinition[]): (key: string) => number | null {
  const slots = new Map(signals.map(({ key, number }) => [key, number - 1]));
  return (key) => slots.get(key) ?? null;
}

/** A profile version made ready for the signals in use. */
export function compiledWith(signals: readonly SignalDefinition[], body: ProfileBody): CompiledProfile {
  return compileProfile(body, slotsOf(signals));
}
