import { Body, Controller, Delete, Get, Param, Post } from '@nestjs/common';
import {
  apiKeyListSchema,
  apiKeySchema,
  type CreateApiKey,
  createApiKeySchema,
  createdApiKeySchema,
} from '@steward/shared/access';
import { idSchema } from '@steward/shared/common';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentActor } from '../../platform/auth/current-user.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Actor } from '../../platform/auth/principal.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { ApiKeysService } from './api-keys.service.js';

@Controller('api/v1/api-keys')
@Access({ roles: rolesWith('api-keys:write') })
export class ApiKeysController {
  constructor(private readonly keys: ApiKeysService) {}

  @Get()
  @Answers(apiKeyListSchema)
  async list() {
    return { keys: await this.keys.list() };
  }

  @Post()
  @Answers(createdApiKeySchema, { status: 201 })
  create(@CurrentActor() actor: Actor, @Body({ schema: createApiKeySchema }) key: CreateApiKey) {
    return this.keys.create(actor, key);
  }

  @Delete(':keyId')
  @Answers(apiKeySchema)
  revoke(@CurrentActor() actor: Actor, @Param('keyId', { schema: idSchema }) keyId: string) {
    return this.keys.revoke(actor, keyId);
  }
}
