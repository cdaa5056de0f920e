import { Injectable } from '@nestjs/common';
import type { ChangePassword, Me, SignIn } from '@steward/shared/access';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { isoOf } from '../../domain/calendar/day.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { AuthRepository, type Credentials } from '../../platform/auth/auth.repository.js';
import { hashPassword, verifyPassword } from '../../platform/auth/password.js';
import { permissionsOf } from '../../platform/auth/permissions.js';
import type { CurrentUserData } from '../../platform/auth/principal.js';
import { seesAll } from '../../platform/auth/scope.js';
import { hashOfToken, newSessionToken, sessionExpiry } from '../../platform/auth/session-token.js';
import { type Subject, secondsToWait, subjectsOf } from '../../platform/auth/sign-in-limit.js';
import { Clock } from '../../platform/clock.js';
import { AppError, TooManyRequests } from '../../platform/errors/app-error.js';
import { WorkspaceReader } from '../workspace/workspace.reader.js';

export interface Visitor {
  ip: string | null;
  userAgent: string | null;
  /** Of the session that the visitor has, if any. */
  sessionHash: Buffer | null;
}

const NEWEST_AGENT_CHARACTERS = 300;

@Injectable()
export class SessionsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly auth: AuthRepository,
    private readonly workspaces: WorkspaceReader,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** The token of a new session. A wrong address and a wrong password answer alike, and take as long. */
  async signIn({ email, password }: SignIn, visitor: Visitor): Promise<string> {
    const user = await this.checked(email, visitor, password);
    const token = newSessionToken();
    const at = this.clock.now();
    await this.unitOfWork.run(async (tx) => {
      await this.auth.forgetExpired(tx, at);
      await this.auth.addSession(tx, {
        tokenHash: hashOfToken(token),
        userId: user.id,
        at,
        expiresAt: sessionExpiry(at, at),
        ip: visitor.ip,
        userAgent: visitor.userAgent?.slice(0, NEWEST_AGENT_CHARACTERS) ?? null,
      });
    });
    return token;
  }

  async signOut(token: string): Promise<void> {
    await this.unitOfWork.run((tx) => this.auth.endSession(tx, hashOfToken(token)));
  }

  async me(user: CurrentUserData): Promise<Me> {
    const workspace = await this.workspaces.workspace();
    const today = isoOf(workspace.today);
    return {
      user,
      workspace: {
        name: workspace.name,
        timeZone: workspace.timeZone,
        currency: workspace.currency,
        today,
        sampleLoaded: workspace.sampleLoadedAt !== null,
        samplePastUnderWay: workspace.sampleLoadedAt !== null && (await this.workspaces.isSamplePastUnderWay()),
      },
      permissions: [...permissionsOf(user.role)],
      seesAllAccounts: seesAll(user.role, workspace),
      standsInFor: await this.unitOfWork.run((tx) => this.auth.standsInFor(tx, user.id, today)),
    };
  }

  /** Ends the person's other sessions: whoever else knew the old password is out. */
  async changePassword(
    me: CurrentUserData,
    sessionHash: Buffer,
    { current, next }: ChangePassword,
    ip: string | null,
  ): Promise<void> {
    await this.checked(me.email, { ip, userAgent: null, sessionHash }, current);
    const passwordHash = await hashPassword(next);
    await this.unitOfWork.run(async (tx) => {
      await this.auth.setPassword(tx, me.id, passwordHash, this.clock.now());
      await this.auth.endSessionsOf(tx, me.id, sessionHash);
      await this.audit.record(tx, {
        actor: { kind: 'user', id: me.id, name: me.fullName },
        action: 'user.password-changed',
        subject: { kind: 'user', id: me.id },
      });
    });
  }

  /** Who the password belongs to. The attempt is counted before anything is looked up, and taken back on success. */
  private async checked(email: string, { ip, sessionHash }: Visitor, password: string): Promise<Credentials> {
    const now = this.clock.now();
    const { subjects, wait } = await this.unitOfWork.run(async (tx) => {
      await this.auth.forgetOldAttempts(tx, now);
      const known = await this.auth.howKnown(tx, email, ip, sessionHash, now);
      return this.countAttempt(tx, subjectsOf(email, ip, known), now);
    });
    if (wait > 0) {
      throw new TooManyRequests(
        'TOO_MANY_SIGN_INS',
        `Too many attempts. Try again in ${Math.ceil(wait / 60)} min.`,
        wait,
      );
    }
    const user = await this.unitOfWork.run((tx) => this.auth.credentialsOf(tx, email));
    const matches = await verifyPassword(user?.active ? user.passwordHash : null, password);
    if (!user || !matches) throw new AppError(401, 'WRONG_CREDENTIALS', 'The e-mail address or the password is wrong.');
    await this.unitOfWork.run(async (tx) => {
      for (const { key, isOfPerson } of subjects) {
        if (isOfPerson) await this.auth.forgetAttempts(tx, key);
        else await this.auth.uncountAttempt(tx, key);
      }
    });
    return user;
  }

  /** Counts up to the first limit that is passed. */
  private async countAttempt(
    tx: Tx,
    subjects: readonly Subject[],
    now: Date,
  ): Promise<{ subjects: readonly Subject[]; wait: number }> {
    for (const { key, limit } of subjects) {
      const wait = secondsToWait(await this.auth.countAttempt(tx, key, now), limit, now);
      if (wait > 0) return { subjects, wait };
    }
    return { subjects, wait: 0 };
  }
}
