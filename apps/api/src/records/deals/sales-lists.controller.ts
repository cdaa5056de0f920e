import { Body, Controller, Get, Put } from '@nestjs/common';
import { dealStageListSchema, type UpdateDealStages, updateDealStagesSchema } from '@steward/shared/deals';
import { churnReasonListSchema, type UpdateChurnReasons, updateChurnReasonsSchema } from '@steward/shared/leaving';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentActor } from '../../platform/auth/current-user.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Actor } from '../../platform/auth/principal.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { SalesListsService } from './sales-lists.service.js';

@Controller('api/v1')
export class SalesListsController {
  constructor(private readonly lists: SalesListsService) {}

  @Get('deal-stages')
  @Access({ roles: rolesWith('model:read') })
  @Answers(dealStageListSchema)
  dealStages() {
    return this.lists.dealStages();
  }

  @Put('deal-stages')
  @Access({ roles: rolesWith('workspace:write') })
  @Answers(dealStageListSchema)
  setDealStages(@CurrentActor() actor: Actor, @Body({ schema: updateDealStagesSchema }) update: UpdateDealStages) {
    return this.lists.setDealStages(actor, update);
  }

  @Get('churn-reasons')
  @Access({ roles: rolesWith('model:read') })
  @Answers(churnReasonListSchema)
  churnReasons() {
    return this.lists.churnReasons();
  }

  @Put('churn-reasons')
  @Access({ roles: rolesWith('workspace:write') })
  @Answers(churnReasonListSchema)
  setChurnReasons(
    @CurrentActor() actor: Actor,
    @Body({ schema: updateChurnReasonsSchema }) update: UpdateChurnReasons,
  ) {
    return this.lists.setChurnReasons(actor, update);
  }
}
