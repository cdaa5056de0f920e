import { Injectable } from '@nestjs/common';
import type { SetStandIn, StandIn } from '@steward/shared/access';
import type { IsoDay } from '@steward/shared/common';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { isoOf } from '../../domain/calendar/day.js';
import { reportsTo } from '../../domain/people/management.js';
import { overlapping } from '../../domain/people/stand-ins.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { type CurrentUserData } from '../../platform/auth/principal.js';
import { Conflict, InvalidInput, NotAllowed, NotFound } from '../../platform/errors/app-error.js';
import { WorkspaceReader } from '../workspace/workspace.reader.js';
import { UsersRepository } from './users.repository.js';

/** Who looks after whose book meanwhile. People name their own; managers also for their team, admins for anyone. */
@Injectable()
export class StandInsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly users: UsersRepository,
    private readonly workspaces: WorkspaceReader,
    private readonly audit: AuditLog,
  ) {}

  list(me: CurrentUserData, userId: string): Promise<StandIn[]> {
    return this.unitOfWork.run(async (tx) => {
      await this.refuseUnlessOver(tx, me, userId);
      return this.users.standInsOf(tx, userId);
    });
  }

  set(me: CurrentUserData, userId: string, { instead, ...standIn }: SetStandIn): Promise<StandIn[]> {
    return this.unitOfWork.run(async (tx) => {
      await this.users.oneChangeAtATime(tx);
      await this.refuseUnlessOver(tx, me, userId);
      const deputy = await this.users.byId(tx, standIn.standInId);
      if (!deputy?.active || deputy.id === userId) {
        throw new InvalidInput(
          'A stand-in is another active user.',
          [{ path: 'standInId', message: 'is not another active user' }],
          'STAND_IN_UNFIT',
        );
      }
      if (standIn.toDay < isoOf(await this.workspaces.today(tx))) {
        const message = 'The last day is today at the earliest.';
        throw new InvalidInput(message, [{ path: 'toDay', message }], 'STAND_IN_OVER');
      }
      if (instead !== undefined && !(await this.users.removeStandIn(tx, userId, instead.standInId, instead.fromDay))) {
        throw new NotFound('stand-in');
      }
      await this.refuseBesideAnother(tx, userId, standIn);
      await this.users.setStandIn(tx, userId, standIn);
      await this.record(tx, me, userId, 'stand-in.set', { from: instead ?? null, to: standIn });
      return this.users.standInsOf(tx, userId);
    });
  }

  remove(me: CurrentUserData, userId: string, standInId: string, fromDay: IsoDay): Promise<StandIn[]> {
    return this.unitOfWork.run(async (tx) => {
      await this.refuseUnlessOver(tx, me, userId);
      if (!(await this.users.removeStandIn(tx, userId, standInId, fromDay))) throw new NotFound('stand-in');
      await this.record(tx, me, userId, 'stand-in.removed', { from: { standInId, fromDay }, to: null });
      return this.users.standInsOf(tx, userId);
    });
  }

  private async refuseUnlessOver(tx: Tx, me: CurrentUserData, userId: string): Promise<void> {
    const managers = await this.users.managers(tx);
    if (!managers.has(userId)) throw new NotFound('user');
    const mayDoSo =
      me.id === userId || me.role === 'admin' || (me.role === 'manager' && reportsTo(managers, userId, me.id));
    if (!mayDoSo) throw new NotAllowed('Only the person, their manager or an admin may do this.');
  }

  /** One at a time, so that who looks after a book is never in doubt. */
  private async refuseBesideAnother(tx: Tx, userId: string, standIn: StandIn): Promise<void> {
    const other = overlapping(standIn, await this.users.standInsOf(tx, userId));
    if (other === null) return;
    const name = (await this.users.byId(tx, other.standInId))?.fullName ?? 'Somebody';
    const message = `${name} stands in from ${other.fromDay} to ${other.toDay} already.`;
    const path = other.fromDay <= standIn.fromDay ? 'fromDay' : 'toDay';
    throw new Conflict('STAND_IN_OVERLAPS', message, [{ path, message }]);
  }

  private record(
    tx: Tx,
    me: CurrentUserData,
    userId: string,
    action: string,
    standIn: { from: unknown; to: unknown },
  ): Promise<void> {
    const actor = { kind: 'user' as const, id: me.id, name: me.fullName };
    return this.audit.record(tx, { actor, action, subject: { kind: 'user', id: userId }, changes: { standIn } });
  }
}
