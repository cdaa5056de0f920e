import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import {
  type DiscardQuarantined,
  discardQuarantinedSchema,
  type QuarantineQuery,
  quarantineDiscardedSchema,
  quarantineListSchema,
  quarantineQuerySchema,
  quarantineRetriedSchema,
} from '@steward/shared/intake';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentActor } from '../../platform/auth/current-user.decorator.js';
import type { Actor } from '../../platform/auth/principal.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { QuarantineService } from './quarantine.service.js';

/** Facts whose account is not known: what waits, another try, and letting go of what will never fit. */
@Controller('api/v1/quarantine')
@Access({ roles: ['admin'] })
export class QuarantineController {
  constructor(private readonly quarantine: QuarantineService) {}

  @Get()
  @Answers(quarantineListSchema)
  list(@Query({ schema: quarantineQuerySchema }) page: QuarantineQuery) {
    return this.quarantine.list(page);
  }

  @Post('retry')
  @Answers(quarantineRetriedSchema)
  retry() {
    return this.quarantine.retry();
  }

  @Post('discard')
  @Answers(quarantineDiscardedSchema)
  discard(@CurrentActor() actor: Actor, @Body({ schema: discardQuarantinedSchema }) which: DiscardQuarantined) {
    return this.quarantine.discard(which, actor);
  }
}
