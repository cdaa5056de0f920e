import { Body, Controller, Delete, Get, Param, Patch, Post } from '@nestjs/common';
import { idSchema } from '@steward/shared/common';
import {
  type CreateQuietPeriod,
  createQuietPeriodSchema,
  quietPeriodListSchema,
  quietPeriodSchema,
  type UpdateQuietPeriod,
  updateQuietPeriodSchema,
} from '@steward/shared/quiet-periods';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentActor } from '../../platform/auth/current-user.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Actor } from '../../platform/auth/principal.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { QuietPeriodsService } from './quiet-periods.service.js';

@Controller('api/v1/workspace/quiet-periods')
export class QuietPeriodsController {
  constructor(private readonly periods: QuietPeriodsService) {}

  @Get()
  @Access({ roles: rolesWith('model:read') })
  @Answers(quietPeriodListSchema)
  async list() {
    return { periods: await this.periods.list() };
  }

  @Post()
  @Access({ roles: rolesWith('workspace:write') })
  @Answers(quietPeriodSchema, { status: 201 })
  create(@CurrentActor() actor: Actor, @Body({ schema: createQuietPeriodSchema }) period: CreateQuietPeriod) {
    return this.periods.create(actor, period);
  }

  @Patch(':periodId')
  @Access({ roles: rolesWith('workspace:write') })
  @Answers(quietPeriodSchema)
  update(
    @CurrentActor() actor: Actor,
    @Param('periodId', { schema: idSchema }) periodId: string,
    @Body({ schema: updateQuietPeriodSchema }) change: UpdateQuietPeriod,
  ) {
    return this.periods.update(actor, periodId, change);
  }

  @Delete(':periodId')
  @Access({ roles: rolesWith('workspace:write') })
  @Answers(quietPeriodSchema)
  remove(@CurrentActor() actor: Actor, @Param('periodId', { schema: idSchema }) periodId: string) {
    return this.periods.remove(actor, periodId);
  }
}
