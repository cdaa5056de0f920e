import { Injectable } from '@nestjs/common';
import { type StageSetBody, stageSetBodySchema } from '@steward/shared/lifecycle';
import type { ModelProblem, StageCell, StageDryRun, TierCell, TierDryRun } from '@steward/shared/model-versions';
import { EVERY_ACCOUNT } from '@steward/shared/rules';
import { type TierSetBody, tierSetBodySchema } from '@steward/shared/tiers';
import { CatalogueReader } from '../../db/rules/catalogue.reader.js';
import { allowEach } from '../../db/statement-time.js';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { type Day, isoOf } from '../../domain/calendar/day.js';
import { stageMoves, stageMovesIn } from '../../domain/model-dry-run/stages.js';
import { tierMoves, tierMovesIn } from '../../domain/model-dry-run/tiers.js';
import type { Scope } from '../../platform/auth/scope.js';
import { NotFound } from '../../platform/errors/app-error.js';
import { WorkspaceReader } from '../workspace/workspace.reader.js';
import { type Asked, DryRunRepository, type NamedAlike } from './dry-run.repository.js';
import { PARTS } from './model-parts.js';
import { catalogueWith, mustBeSound, SurroundingsService } from './surroundings.service.js';
import { type ModelPlace, VersionsRepository } from './versions.repository.js';

/** No statement of a dry run may take longer, whatever its rules ask. */
const LONGEST_S = 20;

interface Tried {
  asked: Asked;
  today: Day;
  problems: ModelProblem[];
  published: unknown;
}

type Told<Moves extends { rows: object[] }> = Omit<Moves, 'rows'> & {
  rows: (Moves['rows'][number] & { name: string })[];
  asOf: string;
  currency: string;
  problems: ModelProblem[];
  tookMs: number;
};

/**
 * Where accounts would go if a set were published now, told from the state of today by the stage's own rules and
 * functions. Nothing is kept of it.
 */
@Injectable()
export class DryRunService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: DryRunRepository,
    private readonly versions: VersionsRepository,
    private readonly surroundings: SurroundingsService,
    private readonly catalogues: CatalogueReader,
    private readonly workspaces: WorkspaceReader,
  ) {}

  tiers(scope: Scope, draft: unknown, cell: TierCell | null = null): Promise<TierDryRun> {
    return this.trying('tiers', scope, draft, async (tx, { asked, today, published }) => {
      const body = tierSetBodySchema.parse(draft);
      const rules = body.tiers.map(({ rule }) => rule ?? EVERY_ACCOUNT);
      const groups = await this.repository.tierGroups(tx, rules, body.holdDays, asked);
      const moves = tierMoves(body, published as TierSetBody, groups, today);
      if (cell === null) return moves;
      const behind = tierMovesIn(body, groups, today, cell);
      const page = { alike: [...behind.keys()], offset: cell.offset };
      const named = await this.repository.tierAccounts(tx, rules, body.holdDays, asked, page);
      return { ...moves, rows: rowsOf(named, behind) };
    });
  }

  stages(scope: Scope, draft: unknown, cell: StageCell | null = null): Promise<StageDryRun> {
    return this.trying('stages', scope, draft, async (tx, { asked, today, published }) => {
      const body = stageSetBodySchema.parse(draft);
      const rules = body.stages.map(({ rule }) => rule);
      const groups = await this.repository.stageGroups(tx, rules, asked);
      const moves = stageMoves(body, published as StageSetBody, groups, today);
      if (cell === null) return moves;
      const behind = stageMovesIn(body, groups, today, cell);
      const page = { alike: [...behind.keys()], offset: cell.offset };
      return { ...moves, rows: rowsOf(await this.repository.stageAccounts(tx, rules, asked, page), behind) };
    });
  }

  private trying<Moves extends { rows: { id: string }[] }>(
    part: 'tiers' | 'stages',
    scope: Scope,
    draft: unknown,
    run: (tx: Tx, tried: Tried) => Promise<Moves>,
  ): Promise<Told<Moves>> {
    const began = performance.now();
    return this.unitOfWork.run(async (tx) => {
      const place: ModelPlace = { part, subject: '' };
      const problems = await this.surroundings.problems(tx, place, draft);
      mustBeSound(problems);
      const published = await this.versions.published(tx, place);
      if (published === null) throw new NotFound('published version');
      const { currency, today } = await this.workspaces.workspace(tx);
      const { catalogue } = await this.catalogues.model(tx);
      const asked = { catalogue: catalogueWith(catalogue, PARTS[part].brings(draft)), scope, day: isoOf(today) };
      await allowEach(tx, { seconds: LONGEST_S });
      const moves = await run(tx, { asked, today, problems, published: published.body });
      const names = await this.repository.namesOf(
        tx,
        moves.rows.map(({ id }) => id),
      );
      return {
        ...moves,
        rows: moves.rows.map((row: Moves['rows'][number]) => ({ ...row, name: names.get(row.id) ?? '' })),
        asOf: asked.day,
        currency,
        problems,
        tookMs: Math.round(performance.now() - began),
      };
    });
  }
}

/** Accounts with what happens to all that are like them. */
function rowsOf<Move extends object>(named: readonly NamedAlike[], moves: ReadonlyMap<string, Move>) {
  return named.flatMap(({ alike, ...account }) => {
    const move = moves.get(alike);
    return move === undefined ? [] : [{ ...account, ...move }];
  });
}
