import { Injectable } from '@nestjs/common';
import type { UpdateUser, User } from '@steward/shared/access';
import type { Role } from '@steward/shared/common';
import { v7 as uuidv7 } from 'uuid';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { wouldCircle } from '../../domain/people/management.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { changesBetween, changesOfNew } from '../../platform/audit/changes.js';
import { AuthRepository } from '../../platform/auth/auth.repository.js';
import { hashPassword } from '../../platform/auth/password.js';
import type { Actor } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { Conflict, InvalidInput, NotFound, RevisionMoved } from '../../platform/errors/app-error.js';
import { type StoredUser, UsersRepository } from './users.repository.js';

/** A person to add. Without a password they cannot sign in until someone sets one. */
export interface NewUser {
  email: string;
  fullName: string;
  role: Role;
  managerId: string | null;
  password: string | null;
}

function shownUser({ createdAt, ...user }: StoredUser): User {
  return { ...user, createdAt: createdAt.toISOString() };
}

@Injectable()
export class UsersService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly users: UsersRepository,
    private readonly auth: AuthRepository,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async list(): Promise<User[]> {
    return (await this.unitOfWork.run((tx) => this.users.all(tx))).map(shownUser);
  }

  async create(actor: Actor, { password, ...given }: NewUser): Promise<User> {
    const passwordHash = password === null ? null : await hashPassword(password);
    return this.unitOfWork.run(async (tx) => {
      await this.users.oneChangeAtATime(tx);
      if (await this.users.byEmail(tx, given.email)) {
        throw new Conflict('EMAIL_TAKEN', `There is a user with the address ${given.email} already.`, [
          { path: 'email', message: 'is taken' },
        ]);
      }
      const id = uuidv7();
      await this.checkManager(tx, id, given.managerId);
      await this.users.add(tx, { ...given, id, active: true, passwordHash }, this.clock.now());
      await this.audit.record(tx, {
        actor,
        action: 'user.created',
        subject: { kind: 'user', id },
        changes: changesOfNew(given),
      });
      return shownUser((await this.users.byId(tx, id))!);
    });
  }

  async update(actor: Actor, id: string, { revision, password, ...given }: UpdateUser): Promise<User> {
    const passwordHash = password === undefined ? undefined : await hashPassword(password);
    return this.unitOfWork.run(async (tx) => {
      await this.users.oneChangeAtATime(tx);
      const before = await this.existing(tx, id);
      if (given.managerId !== undefined) await this.checkManager(tx, id, given.managerId);
      const stopsBeingAdmin = given.active === false || (given.role !== undefined && given.role !== 'admin');
      if (before.role === 'admin' && before.active && stopsBeingAdmin) await this.refuseForLastAdmin(tx, id);
      if (!(await this.users.update(tx, id, revision, { ...given, passwordHash }, this.clock.now()))) {
        throw new RevisionMoved('user');
      }
      if (given.active === false || passwordHash !== undefined) await this.auth.endSessionsOf(tx, id);
      await this.audit.record(tx, {
        actor,
        action: 'user.updated',
        subject: { kind: 'user', id },
        changes: { ...changesBetween(before, given), ...(password && { password: { from: '…', to: '…' } }) },
      });
      return shownUser(await this.existing(tx, id));
    });
  }

  /** For commands: gives the person of this address a new password and ends their sessions. */
  async setPassword(actor: Actor, email: string, password: string): Promise<User> {
    const user = await this.unitOfWork.run((tx) => this.users.byEmail(tx, email));
    if (!user) throw new NotFound('user');
    return this.update(actor, user.id, { revision: user.revision, password });
  }

  private async existing(tx: Tx, id: string): Promise<StoredUser> {
    const user = await this.users.byId(tx, id);
    if (!user) throw new NotFound('user');
    return user;
  }

  private async checkManager(tx: Tx, id: string, managerId: string | null): Promise<void> {
    if (managerId === null) return;
    const at = (message: string) => [{ path: 'managerId', message }];
    const managers = await this.users.managers(tx);
    if (!managers.has(managerId)) {
      throw new InvalidInput('The manager is not a user.', at('is not a user'), 'UNKNOWN_PERSON');
    }
    if (wouldCircle(managers, id, managerId)) {
      throw new InvalidInput(
        'The manager reports to this person, directly or through others.',
        at('reports to this person'),
        'MANAGER_CIRCLE',
      );
    }
  }

  private async refuseForLastAdmin(tx: Tx, id: string): Promise<void> {
    if ((await this.users.activeAdminsBeside(tx, id)) > 0) return;
    throw new Conflict('LAST_ADMIN', 'This is the last admin. Make someone else an admin first.');
  }
}
