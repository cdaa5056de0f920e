import { Injectable } from '@nestjs/common';
import type { Exclude, ExclusionList } from '@steward/shared/segments';
import { markDirty } from '../../db/dirty-accounts.js';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { isoOf } from '../../domain/calendar/day.js';
import type { Principal } from '../../platform/auth/principal.js';
import { InvalidInput, NotFound } from '../../platform/errors/app-error.js';
import { WorkspaceReader } from '../workspace/workspace.reader.js';
import { MembersRepository } from './members.repository.js';
import { maySee } from './segment-access.js';
import { type Person, SegmentChanges } from './segment-changes.js';
import { SegmentsRepository } from './segments.repository.js';

/** Accounts that a person keeps out of a segment. They leave and return with the refresh that this makes them due for. */
@Injectable()
export class ExclusionsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly segments: SegmentsRepository,
    private readonly repository: MembersRepository,
    private readonly workspaces: WorkspaceReader,
    private readonly changes: SegmentChanges,
  ) {}

  list(principal: Principal, segmentId: string): Promise<ExclusionList> {
    return this.unitOfWork.run(async (tx) => {
      await this.mustSee(tx, principal, segmentId);
      const day = isoOf(await this.workspaces.today(tx));
      return { exclusions: await this.repository.exclusions(tx, principal.scope, segmentId, day) };
    });
  }

  async exclude(person: Person, segmentId: string, accountId: string, { reason, untilDay }: Exclude): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.mustSee(tx, person, segmentId, accountId);
      const day = isoOf(await this.workspaces.today(tx));
      if (untilDay !== null && untilDay < day) {
        throw new InvalidInput('The exclusion would have ended already.', [{ path: 'untilDay', message: untilDay }]);
      }
      const at = this.changes.now();
      const changes = { reason: { from: null, to: reason }, untilDay: { from: null, to: untilDay } };
      await this.changes.record(tx, person, 'segment.account_excluded', segmentId, changes, accountId);
      await this.repository.exclude(tx, { accountId, segmentId, reason, untilDay, byUserId: person.user.id, at });
      await markDirty(tx, new Map([[accountId, day]]), at);
    });
    this.changes.hint();
  }

  /** Nobody kept out: nothing to do. */
  async readmit(person: Person, segmentId: string, accountId: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.mustSee(tx, person, segmentId, accountId);
      const day = isoOf(await this.workspaces.today(tx));
      const [before] = await this.repository.exclusions(tx, person.scope, segmentId, day, accountId);
      if (before === undefined) return;
      const changes = { reason: { from: before.reason, to: null } };
      await this.changes.record(tx, person, 'segment.account_readmitted', segmentId, changes, accountId);
      await this.repository.readmit(tx, segmentId, accountId);
      await markDirty(tx, new Map([[accountId, day]]), this.changes.now());
    });
    this.changes.hint();
  }

  private async mustSee(tx: Tx, principal: Principal, segmentId: string, accountId?: string): Promise<void> {
    const segment = await this.segments.byId(tx, segmentId);
    if (segment === null || !maySee(principal, segment)) throw new NotFound('segment');
    if (accountId === undefined) return;
    if (!(await this.repository.isInScope(tx, principal.scope, accountId))) throw new NotFound('account');
  }
}
