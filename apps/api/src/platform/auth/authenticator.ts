import type { IncomingHttpHeaders } from 'node:http';
import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { Clock } from '../clock.js';
import { NotSignedIn } from '../errors/app-error.js';
import { apiKeyOf, isSecretOf, prefixOf } from './api-key-token.js';
import { AuthRepository } from './auth.repository.js';
import { type PersonToday, personToday } from './person-today.js';
import type { Principal } from './principal.js';
import { scopeOfKey } from './scope.js';
import { hashOfToken, sessionExpiry, sessionTokenOf, TOUCH_EVERY_MS } from './session-token.js';

function isDue(lastWritten: Date | null, now: Date): boolean {
  return lastWritten === null || now.getTime() - lastWritten.getTime() >= TOUCH_EVERY_MS;
}

/** Tells who is asking. A request with an Authorization header is judged by it alone, whatever cookie it carries. */
@Injectable()
export class Authenticator {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: AuthRepository,
    private readonly clock: Clock,
  ) {}

  async principalOf(headers: IncomingHttpHeaders): Promise<Principal | null> {
    if (headers.authorization !== undefined) return this.ofKey(headers.authorization);
    const token = sessionTokenOf(headers.cookie);
    return token === null ? null : this.ofSession(token);
  }

  /** A person as they are today, for work that they have ordered and that is done without them. Null: no longer active. */
  async workingFor(tx: Tx, userId: string): Promise<PersonToday | null> {
    const person = await this.repository.activePerson(tx, userId, this.clock.now());
    return person === null ? null : personToday(person);
  }

  private ofSession(token: string): Promise<Principal | null> {
    const now = this.clock.now();
    const sessionHash = hashOfToken(token);
    return this.unitOfWork.run(async (tx) => {
      const session = await this.repository.liveSession(tx, sessionHash, now);
      if (!session) return null;
      if (isDue(session.lastSeenAt, now)) {
        await this.repository.touchSession(tx, sessionHash, now, sessionExpiry(session.createdAt, now));
      }
      return { kind: 'user', sessionHash, ...personToday(session) };
    });
  }

  private async ofKey(authorization: string): Promise<Principal> {
    const secret = apiKeyOf(authorization);
    const prefix = secret === null ? null : prefixOf(secret);
    const now = this.clock.now();
    const key = prefix === null ? null : await this.unitOfWork.run((tx) => this.repository.keyByPrefix(tx, prefix));
    if (!key || secret === null || !isSecretOf(secret, key.secretHash)) {
      throw new NotSignedIn('This API key is not known.', 'API_KEY_UNKNOWN');
    }
    if (key.revokedAt !== null) throw new NotSignedIn('This API key was revoked.', 'API_KEY_REVOKED');
    if (key.expiresAt !== null && key.expiresAt <= now) {
      throw new NotSignedIn('This API key has expired.', 'API_KEY_EXPIRED');
    }
    if (isDue(key.lastUsedAt, now)) await this.unitOfWork.run((tx) => this.repository.touchKey(tx, key.id, now));
    return { kind: 'api_key', id: key.id, name: key.name, scopes: key.scopes, scope: scopeOfKey(key.scopes) };
  }
}
