import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { idSchema } from '@steward/shared/common';
import {
  type DeliveriesQuery,
  deliveriesQuerySchema,
  deliveryListSchema,
  notificationListSchema,
  notificationsQuerySchema,
  preferencesSchema,
  type ReadNotifications,
  readNotificationsSchema,
  type SetPreferences,
  setPreferencesSchema,
} from '@steward/shared/notifications';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentActor, CurrentScope, CurrentUser } from '../../platform/auth/current-user.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Actor, CurrentUserData } from '../../platform/auth/principal.js';
import type { Scope } from '../../platform/auth/scope.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { DeliveriesService } from './deliveries.service.js';
import { NotificationsService } from './notifications.service.js';

@Controller('api/v1')
@Access({ roles: rolesWith('accounts:read') })
export class NotificationsController {
  constructor(
    private readonly notifications: NotificationsService,
    private readonly left: DeliveriesService,
  ) {}

  @Get('notifications')
  @Answers(notificationListSchema)
  list(
    @CurrentUser() user: CurrentUserData,
    @CurrentScope() scope: Scope,
    @Query({ schema: notificationsQuerySchema }) { limit }: { limit: number },
  ) {
    return this.notifications.list(user.id, scope, limit);
  }

  @Post('notifications/read')
  @HttpCode(204)
  async read(
    @CurrentUser() user: CurrentUserData,
    @Body({ schema: readNotificationsSchema }) { ids }: ReadNotifications,
  ) {
    await this.notifications.markRead(user.id, ids);
  }

  @Get('me/notification-preferences')
  @Answers(preferencesSchema)
  preferences(@CurrentUser() user: CurrentUserData) {
    return this.notifications.preferences(user.id);
  }

  @Put('me/notification-preferences')
  @Answers(preferencesSchema)
  setPreferences(
    @CurrentActor() actor: Actor,
    @CurrentUser() user: CurrentUserData,
    @Body({ schema: setPreferencesSchema }) choices: SetPreferences,
  ) {
    return this.notifications.setPreferences(actor, user.id, choices);
  }

  @Get('deliveries')
  @Access({ roles: rolesWith('workspace:write') })
  @Answers(deliveryListSchema)
  deliveries(@Query({ schema: deliveriesQuerySchema }) query: DeliveriesQuery) {
    return this.left.list(query);
  }

  @Post('deliveries/:accountId/:deliveryId/retry')
  @Access({ roles: rolesWith('workspace:write') })
  @HttpCode(202)
  async retry(
    @CurrentActor() actor: Actor,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Param('deliveryId', { schema: idSchema }) deliveryId: string,
  ) {
    await this.left.tryAgain(actor, { accountId, id: deliveryId });
  }
}
