import { Injectable } from '@nestjs/common';
import type { SegmentList, SegmentMembers, SegmentMembersQuery, SegmentWhy } from '@steward/shared/segments';
import { CatalogueReader } from '../../db/rules/catalogue.reader.js';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { isoOf } from '../../domain/calendar/day.js';
import { holdsWith } from '../../domain/segments/flipped-leaf.js';
import type { Principal } from '../../platform/auth/principal.js';
import { NotFound } from '../../platform/errors/app-error.js';
import { WorkspaceReader } from '../workspace/workspace.reader.js';
import { MembersRepository } from './members.repository.js';
import { mayEdit, maySee } from './segment-access.js';
import { SegmentsRepository, type StoredSegment } from './segments.repository.js';

/** Segments with their size, their members, and why they are: all within the reader's scope. */
@Injectable()
export class MembersService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly segments: SegmentsRepository,
    private readonly repository: MembersRepository,
    private readonly catalogues: CatalogueReader,
    private readonly workspaces: WorkspaceReader,
  ) {}

  list(principal: Principal): Promise<SegmentList> {
    return this.unitOfWork.run(async (tx) => {
      const seen = (await this.segments.all(tx)).filter((segment) => maySee(principal, segment));
      const sizes = await this.repository.sizes(tx, principal.scope);
      const none = { members: 0, arrMinor: null };
      const segments = seen.map((segment) => ({
        ...segment,
        ...(sizes.get(segment.id) ?? none),
        mayEdit: mayEdit(principal, segment),
      }));
      return { segments };
    });
  }

  members(principal: Principal, segmentId: string, page: SegmentMembersQuery): Promise<SegmentMembers> {
    return this.unitOfWork.run(async (tx) => {
      await this.mustSee(tx, principal, segmentId);
      return this.repository.members(tx, principal.scope, segmentId, page);
    });
  }

  why(principal: Principal, segmentId: string, accountId: string): Promise<SegmentWhy> {
    return this.unitOfWork.run(async (tx) => {
      const { rule } = await this.mustSee(tx, principal, segmentId);
      const { scope } = principal;
      if (!(await this.repository.isInScope(tx, scope, accountId))) throw new NotFound('account');
      const day = isoOf(await this.workspaces.today(tx));
      const { catalogue } = await this.catalogues.model(tx);
      const leaves = await this.repository.leaves(tx, rule, accountId, { catalogue, day });
      const sinceDay = await this.repository.sinceDay(tx, segmentId, accountId);
      const [exclusion] = await this.repository.exclusions(tx, scope, segmentId, day, accountId);
      return {
        isMember: sinceDay !== null,
        sinceDay,
        // An account that was never computed is in no segment.
        holds:
          leaves !== null &&
          holdsWith(
            rule,
            leaves.map(({ holds }) => holds),
          ),
        exclusion: exclusion ?? null,
        leaves: leaves ?? [],
      };
    });
  }

  private async mustSee(tx: Tx, principal: Principal, segmentId: string): Promise<StoredSegment> {
    const segment = await this.segments.byId(tx, segmentId);
    if (segment === null || !maySee(principal, segment)) throw new NotFound('segment');
    return segment;
  }
}
