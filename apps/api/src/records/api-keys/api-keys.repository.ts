import { Injectable } from '@nestjs/common';
import type { ApiScope } from '@steward/shared/access';
import { open, type Tx } from '../../db/unit-of-work.js';

export interface StoredApiKey {
  id: string;
  name: string;
  prefix: string;
  scopes: ApiScope[];
  createdAt: Date;
  expiresAt: Date | null;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
}

const KEY = `id, name, prefix, scopes, created_at AS "createdAt", expires_at AS "expiresAt", revoked_at AS "revokedAt",
  last_used_at AS "lastUsedAt"`;

@Injectable()
export class ApiKeysRepository {
  async all(tx: Tx): Promise<StoredApiKey[]> {
    return open(tx).query<StoredApiKey>(`SELECT ${KEY} FROM steward.api_key ORDER BY created_at DESC, id`);
  }

  async add(
    tx: Tx,
    key: Pick<StoredApiKey, 'id' | 'name' | 'prefix' | 'scopes' | 'createdAt' | 'expiresAt'> & {
      secretHash: Buffer;
      createdBy: string | null;
    },
  ): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.api_key (id, name, prefix, secret_hash, scopes, created_by, created_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [key.id, key.name, key.prefix, key.secretHash, key.scopes, key.createdBy, key.createdAt, key.expiresAt],
    );
  }

  async byId(tx: Tx, id: string): Promise<StoredApiKey | null> {
    const [key] = await open(tx).query<StoredApiKey>(`SELECT ${KEY} FROM steward.api_key WHERE id = $1`, [id]);
    return key ?? null;
  }

  async revoke(tx: Tx, id: string, at: Date): Promise<void> {
    await open(tx).query(`UPDATE steward.api_key SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL`, [id, at]);
  }
}
