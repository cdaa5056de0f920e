import { Body, Controller, Get, Param, Patch, Post } from '@nestjs/common';
import {
  type CreateSignal,
  createSignalSchema,
  publishedProfilesSchema,
  publishedStagesSchema,
  publishedTiersSchema,
  signalEntrySchema,
  signalListSchema,
  type UpdateSignal,
  updateSignalSchema,
} from '@steward/shared/model';
import { signalHistorySchema, signalUsesSchema } from '@steward/shared/signal-dry-run';
import { signalKeySchema } from '@steward/shared/signals';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentActor } from '../../platform/auth/current-user.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Actor } from '../../platform/auth/principal.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { PublishedService } from './published.service.js';
import { SignalsService } from './signals.service.js';

@Controller('api/v1')
@Access({ roles: rolesWith('model:read') })
export class ModelController {
  constructor(
    private readonly signals: SignalsService,
    private readonly published: PublishedService,
  ) {}

  @Get('signals')
  @Answers(signalListSchema)
  listSignals() {
    return this.signals.list();
  }

  @Post('signals')
  @Access({ roles: rolesWith('model:write') })
  @Answers(signalEntrySchema, { status: 201 })
  createSignal(@CurrentActor() actor: Actor, @Body({ schema: createSignalSchema }) signal: CreateSignal) {
    return this.signals.create(actor, signal);
  }

  @Patch('signals/:key')
  @Access({ roles: rolesWith('model:write') })
  @Answers(signalEntrySchema)
  updateSignal(
    @CurrentActor() actor: Actor,
    @Param('key', { schema: signalKeySchema }) key: string,
    @Body({ schema: updateSignalSchema }) update: UpdateSignal,
  ) {
    return this.signals.update(actor, key, update);
  }

  @Get('signals/:key/uses')
  @Answers(signalUsesSchema)
  signalUses(@Param('key', { schema: signalKeySchema }) key: string) {
    return this.signals.uses(key);
  }

  @Get('signals/:key/history')
  @Access({ roles: rolesWith('model:write') })
  @Answers(signalHistorySchema)
  signalHistory(@Param('key', { schema: signalKeySchema }) key: string) {
    return this.signals.history(key);
  }

  @Get('tiers')
  @Answers(publishedTiersSchema)
  tiers() {
    return this.published.set('tier');
  }

  @Get('stages')
  @Answers(publishedStagesSchema)
  stages() {
    return this.published.set('stage');
  }

  @Get('health-profiles')
  @Answers(publishedProfilesSchema)
  profiles() {
    return this.published.profiles();
  }
}
