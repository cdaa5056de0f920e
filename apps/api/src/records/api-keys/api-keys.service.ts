import { Injectable } from '@nestjs/common';
import type { ApiKey, CreateApiKey } from '@steward/shared/access';
import { v7 as uuidv7 } from 'uuid';
import { UnitOfWork } from '../../db/unit-of-work.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { changesOfNew } from '../../platform/audit/changes.js';
import { newApiKey } from '../../platform/auth/api-key-token.js';
import type { Actor } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { InvalidInput, NotFound } from '../../platform/errors/app-error.js';
import { ApiKeysRepository, type StoredApiKey } from './api-keys.repository.js';

function shownKey({ createdAt, expiresAt, revokedAt, lastUsedAt, ...key }: StoredApiKey): ApiKey {
  return {
    ...key,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    revokedAt: revokedAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  };
}

@Injectable()
export class ApiKeysService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keys: ApiKeysRepository,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async list(): Promise<ApiKey[]> {
    return (await this.unitOfWork.run((tx) => this.keys.all(tx))).map(shownKey);
  }

  /** The answer holds the secret: this once, since only its hash is kept. */
  async create(actor: Actor, given: CreateApiKey): Promise<ApiKey & { secret: string }> {
    const createdAt = this.clock.now();
    const expiresAt = given.expiresAt === null ? null : new Date(given.expiresAt);
    if (expiresAt !== null && expiresAt <= createdAt) {
      throw new InvalidInput('The key would have expired already.', [{ path: 'expiresAt', message: 'is in the past' }]);
    }
    const { secret, prefix, hash } = newApiKey();
    const scopes = [...new Set(given.scopes)];
    const key = { id: uuidv7(), name: given.name, prefix, scopes, createdAt, expiresAt };
    await this.unitOfWork.run(async (tx) => {
      const createdBy = actor.kind === 'user' ? actor.id : null;
      await this.keys.add(tx, { ...key, secretHash: hash, createdBy });
      await this.audit.record(tx, {
        actor,
        action: 'api-key.created',
        subject: { kind: 'api-key', id: key.id },
        changes: changesOfNew({ name: given.name, prefix, scopes, expiresAt: given.expiresAt }),
      });
    });
    return { ...shownKey({ ...key, revokedAt: null, lastUsedAt: null }), secret };
  }

  /** From now on the key is refused. Revoking it twice is no mistake and leaves the first date. */
  async revoke(actor: Actor, id: string): Promise<ApiKey> {
    return this.unitOfWork.run(async (tx) => {
      const key = await this.keys.byId(tx, id);
      if (!key) throw new NotFound('API key');
      if (key.revokedAt !== null) return shownKey(key);
      const revokedAt = this.clock.now();
      await this.keys.revoke(tx, id, revokedAt);
      await this.audit.record(tx, {
        actor,
        action: 'api-key.revoked',
        subject: { kind: 'api-key', id },
        changes: { revokedAt: { from: null, to: revokedAt.toISOString() } },
      });
      return shownKey({ ...key, revokedAt });
    });
  }
}
