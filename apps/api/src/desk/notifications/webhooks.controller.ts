import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { idSchema } from '@steward/shared/common';
import {
  type CreateWebhook,
  createWebhookSchema,
  type UpdateWebhook,
  updateWebhookSchema,
  webhookListSchema,
  webhookSchema,
  webhookSecretSchema,
  webhookTestSchema,
} from '@steward/shared/notifications';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentActor, CurrentUser } from '../../platform/auth/current-user.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Actor, CurrentUserData } from '../../platform/auth/principal.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { WebhooksService } from './webhooks.service.js';

@Controller('api/v1/webhooks')
@Access({ roles: rolesWith('workspace:write') })
export class WebhooksController {
  constructor(private readonly webhooks: WebhooksService) {}

  @Get()
  @Answers(webhookListSchema)
  async list() {
    return { webhooks: await this.webhooks.list() };
  }

  @Post()
  @Answers(webhookSecretSchema, { status: 201 })
  create(
    @CurrentActor() actor: Actor,
    @CurrentUser() user: CurrentUserData,
    @Body({ schema: createWebhookSchema }) webhook: CreateWebhook,
  ) {
    return this.webhooks.create(actor, user.id, webhook);
  }

  @Patch(':webhookId')
  @Answers(webhookSchema)
  update(
    @CurrentActor() actor: Actor,
    @Param('webhookId', { schema: idSchema }) webhookId: string,
    @Body({ schema: updateWebhookSchema }) change: UpdateWebhook,
  ) {
    return this.webhooks.update(actor, webhookId, change);
  }

  @Delete(':webhookId')
  @HttpCode(204)
  async remove(@CurrentActor() actor: Actor, @Param('webhookId', { schema: idSchema }) webhookId: string) {
    await this.webhooks.remove(actor, webhookId);
  }

  @Post(':webhookId/secret')
  @Answers(webhookSecretSchema)
  renewSecret(@CurrentActor() actor: Actor, @Param('webhookId', { schema: idSchema }) webhookId: string) {
    return this.webhooks.renewSecret(actor, webhookId);
  }

  @Post(':webhookId/test')
  @Answers(webhookTestSchema)
  test(@Param('webhookId', { schema: idSchema }) webhookId: string) {
    return this.webhooks.test(webhookId);
  }
}
