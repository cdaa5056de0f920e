import { API_SCOPES, createApiKeySchema } from '@steward/shared/access';
import type { Command } from 'commander';
import { Option } from 'commander';
import { systemActor } from '../../platform/auth/principal.js';
import { tell, type WithApp } from '../../platform/commands.js';
import { invalidInput } from '../../platform/http/validation.js';
import { ApiKeysService } from './api-keys.service.js';

/** `api-key create`, `api-key list` */
export function addApiKeyCommands(program: Command, withApp: WithApp): void {
  const apiKey = program.command('api-key').description('keys for programs');

  apiKey
    .command('create')
    .description('makes a key and shows it, this once')
    .requiredOption('--name <name>', 'what it is for')
    .addOption(new Option('--scope <scope...>', 'what it may do').choices(API_SCOPES).makeOptionMandatory())
    .option('--expires <instant>', 'when it ends, as 2027-01-31T00:00:00Z')
    .action((options: { name: string; scope: string[]; expires?: string }) =>
      withApp(async (app) => {
        const { name, scope: scopes, expires: expiresAt = null } = options;
        const given = createApiKeySchema.safeParse({ name, scopes, expiresAt });
        if (!given.success) throw invalidInput(given.error.issues);
        const key = await app.get(ApiKeysService, { strict: false }).create(systemActor('command line'), given.data);
        tell(key.secret);
      }),
    );

  apiKey
    .command('list')
    .description('lists keys, without their secrets')
    .action(() =>
      withApp(async (app) => {
        for (const key of await app.get(ApiKeysService, { strict: false }).list()) {
          const state = key.revokedAt ? `revoked ${key.revokedAt}` : `last used ${key.lastUsedAt ?? 'never'}`;
          tell([`sk_${key.prefix}_…`, key.name, key.scopes.join(','), state].join('\t'));
        }
      }),
    );
}
