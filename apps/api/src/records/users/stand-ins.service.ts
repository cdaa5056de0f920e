import { Injectable } from '@nestjs/common';
import type { SetStandIn, StandIn } from '@steward/shared/access';
import { dayInWords } from '@steward/shared/alert-reason';
import type { IsoDay } from '@steward/shared/common';
import { v7 as uuidv7 } from 'uuid';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { isoOf } from '../../domain/calendar/day.js';
import { reportsTo } from '../../domain/people/management.js';
import { overlapping } from '../../domain/people/stand-ins.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { type CurrentUserData } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
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
    private readonly clock: Clock,
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
      await this.refuseUnfit(tx, userId, standIn);
      if (instead !== undefined && !(await this.users.removeStandIn(tx, userId, instead.standInId, instead.fromDay))) {
        throw new NotFound('stand-in');
      }
      await this.refuseBesideAnother(tx, userId, standIn);
      await this.users.setStandIn(tx, userId, standIn);
      if (instead !== undefined && instead.standInId !== standIn.standInId) {
        await this.tellOfEnd(tx, me, userId, instead.standInId);
      }
      const days = `from ${dayInWords(standIn.fromDay)} to ${dayInWords(standIn.toDay)}`;
      await this.tell(tx, me, standIn.standInId, `You stand in for ${await this.nameOf(tx, userId)} ${days}`);
      await this.record(tx, me, userId, 'stand-in.set', { from: instead ?? null, to: standIn });
      return this.users.standInsOf(tx, userId);
    });
  }

  remove(me: CurrentUserData, userId: string, standInId: string, fromDay: IsoDay): Promise<StandIn[]> {
    return this.unitOfWork.run(async (tx) => {
      await this.refuseUnlessOver(tx, me, userId);
      if (!(await this.users.removeStandIn(tx, userId, standInId, fromDay))) throw new NotFound('stand-in');
      await this.tellOfEnd(tx, me, userId, standInId);
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

  private async refuseUnfit(tx: Tx, userId: string, standIn: StandIn): Promise<void> {
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
  }

  /** One at a time, so that who looks after a book is never in doubt. */
  private async refuseBesideAnother(tx: Tx, userId: string, standIn: StandIn): Promise<void> {
    const other = overlapping(standIn, await this.users.standInsOf(tx, userId));
    if (other === null) return;
    const name = await this.nameOf(tx, other.standInId);
    const message = `${name} stands in from ${dayInWords(other.fromDay)} to ${dayInWords(other.toDay)} already.`;
    const path = other.fromDay <= standIn.fromDay ? 'fromDay' : 'toDay';
    throw new Conflict('STAND_IN_OVERLAPS', message, [{ path, message }]);
  }

  private async tellOfEnd(tx: Tx, me: CurrentUserData, userId: string, standInId: string): Promise<void> {
    await this.tell(tx, me, standInId, `You do not stand in for ${await this.nameOf(tx, userId)} any more`);
  }

  /** Whoever does it themselves need not be told. */
  private async tell(tx: Tx, me: CurrentUserData, userId: string, text: string): Promise<void> {
    if (userId !== me.id) await this.users.tellStandIn(tx, { id: uuidv7(), userId, text, at: this.clock.now() });
  }

  private async nameOf(tx: Tx, userId: string): Promise<string> {
    return (await this.users.byId(tx, userId))?.fullName ?? 'somebody';
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
