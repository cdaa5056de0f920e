import { Injectable } from '@nestjs/common';
import type { ModelProblem } from '@steward/shared/model-versions';
import { type Catalogue, catalogueFields } from '../../db/rules/bindings.js';
import { CatalogueReader } from '../../db/rules/catalogue.reader.js';
import type { Tx } from '../../db/unit-of-work.js';
import { isoOf } from '../../domain/calendar/day.js';
import type { ModelNames } from '../../domain/model-diff/words.js';
import { NotFound, Refused } from '../../platform/errors/app-error.js';
import { WorkspaceReader } from '../workspace/workspace.reader.js';
import { PARTS, type Part } from './model-parts.js';
import { ProfilesRepository } from './profiles.repository.js';
import { SurroundingsRepository } from './surroundings.repository.js';
import { type ModelPlace, VersionsRepository } from './versions.repository.js';

/** Holds a body of the model against what stands around it: fields, signals, segments, and who names what it drops. */
@Injectable()
export class SurroundingsService {
  constructor(
    private readonly repository: SurroundingsRepository,
    private readonly versions: VersionsRepository,
    private readonly profiles: ProfilesRepository,
    private readonly catalogues: CatalogueReader,
    private readonly workspaces: WorkspaceReader,
  ) {}

  /** Everything that is wrong with a body, with its place. */
  async problems(tx: Tx, place: ModelPlace, body: unknown): Promise<ModelProblem[]> {
    const part = PARTS[place.part];
    const { catalogue } = await this.catalogues.model(tx);
    const profile = place.part === 'health' ? await this.mustFindProfile(tx, place.subject) : null;
    const around = {
      catalogue: catalogueWith(catalogue, part.brings(body)),
      retired: await this.repository.retiredSignals(tx),
      segments: await this.repository.segments(tx),
      uses: await this.usesOfVanishing(tx, place, part, body),
    };
    return part.check(body, around, { isDefault: profile?.isDefault ?? false });
  }

  /** What fields, segments and playbooks are called now. */
  async names(tx: Tx): Promise<ModelNames> {
    const { catalogue } = await this.catalogues.model(tx);
    const { playbooks } = catalogue;
    return { catalogue: catalogueFields(catalogue), segments: await this.repository.segments(tx), playbooks };
  }

  async mustFindProfile(tx: Tx, id: string) {
    const profile = await this.profiles.byId(tx, id);
    if (profile === null) throw new NotFound('health profile');
    return profile;
  }

  private async usesOfVanishing(tx: Tx, place: ModelPlace, part: Part, body: unknown) {
    const published = await this.versions.published(tx, place);
    const brings = part.brings(body);
    if (brings === null || published === null) return [];
    const kept = new Set(brings.named.map(({ key }) => key));
    const vanishing = (part.brings(published.body)?.named ?? []).filter(({ key }) => !kept.has(key));
    if (vanishing.length === 0) return [];
    const keys = vanishing.map(({ key }) => key);
    return this.repository.usesOf(tx, brings.what, keys, isoOf(await this.workspaces.today(tx)));
  }
}

/** Refuses a body with errors; warnings are for the reader. */
export function mustBeSound(problems: readonly ModelProblem[]): void {
  const wrong = problems.filter(({ severity }) => severity === 'error');
  const [first] = wrong;
  if (!first) return;
  const details = wrong.map(({ path, code, message }) => ({ path, code, message }));
  throw new Refused('DRAFT_NOT_VALID', `${first.path ? `${first.path}: ` : ''}${first.message}`, details);
}

/** The catalogue as it would be with the tiers or stages that a body brings. */
export function catalogueWith(catalogue: Catalogue, brings: ReturnType<Part['brings']>): Catalogue {
  if (brings === null) return catalogue;
  const keys = brings.what === 'tier' ? ['tier', 'tier.raw'] : ['stage'];
  const options = brings.named.map(({ key, label }) => ({ value: key, label }));
  const fields = new Map(catalogue.fields);
  for (const key of keys) {
    const bound = fields.get(key);
    if (bound) fields.set(key, { ...bound, field: { ...bound.field, options } });
  }
  return { ...catalogue, fields };
}
