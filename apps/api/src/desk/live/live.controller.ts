import { Controller, Get, Headers, Query, Res } from '@nestjs/common';
import { ApiProduces } from '@nestjs/swagger';
import { liveQuerySchema } from '@steward/shared/live';
import type { Response } from 'express';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentPrincipal } from '../../platform/auth/current-user.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Principal } from '../../platform/auth/principal.js';
import { NotAllowed } from '../../platform/errors/app-error.js';
import { LiveFeed } from './live.service.js';

@Controller('api/v1/live')
@Access({ roles: rolesWith('accounts:read') })
export class LiveController {
  constructor(private readonly feed: LiveFeed) {}

  /** Server-sent events: which accounts, alerts, segments and notifications to ask for again. */
  @Get()
  @ApiProduces('text/event-stream')
  async stream(
    @CurrentPrincipal() principal: Principal,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Query({ schema: liveQuerySchema }) { resumed }: { resumed: boolean },
    @Res() response: Response,
  ): Promise<void> {
    if (principal.kind !== 'user') throw new NotAllowed('This takes a signed-in person, not an API key.');
    const { user, sessionHash, scope, standsInForIds } = principal;
    await this.feed.connect({ userId: user.id, sessionHash, scope, standsInForIds }, response, {
      resumed: resumed || lastEventId !== undefined,
    });
  }
}
