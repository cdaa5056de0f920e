import { Body, Controller, Delete, HttpCode, Param, Patch, Post, Put } from '@nestjs/common';
import {
  accountRevisionSchema,
  type PulseSet,
  pulseSetSchema,
  type SetPulse,
  type SetStage,
  type SetTier,
  setPulseSchema,
  setStageSchema,
  setTierSchema,
  type UpdateAccount,
  updateAccountSchema,
} from '@steward/shared/accounts';
import { idSchema } from '@steward/shared/common';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentPrincipal } from '../../platform/auth/current-user.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import type { Person } from './account-editing.js';
import { AccountEditsService } from './account-edits.service.js';
import { OverridesService } from './overrides.service.js';

/** Changes by hand. Only people edit: no API key holds a scope for it. */
@Controller('api/v1/accounts/:accountId')
@Access({ roles: rolesWith('accounts:edit') })
export class AccountsController {
  constructor(
    private readonly edits: AccountEditsService,
    private readonly overrides: OverridesService,
  ) {}

  @Patch()
  @Answers(accountRevisionSchema)
  update(
    @CurrentPrincipal() person: Person,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Body({ schema: updateAccountSchema }) update: UpdateAccount,
  ) {
    return this.edits.update(person, accountId, update);
  }

  @Put('pulse')
  @Answers(pulseSetSchema)
  setPulse(
    @CurrentPrincipal() person: Person,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Body({ schema: setPulseSchema }) pulse: SetPulse,
  ) {
    return this.edits.setPulse(person, accountId, pulse);
  }

  @Post('pulse/undo')
  @HttpCode(204)
  undoPulse(
    @CurrentPrincipal() person: Person,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Body({ schema: pulseSetSchema }) { setAt }: PulseSet,
  ) {
    return this.edits.undoPulse(person, accountId, setAt);
  }

  @Put('tier')
  @HttpCode(204)
  setTier(
    @CurrentPrincipal() person: Person,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Body({ schema: setTierSchema }) tier: SetTier,
  ) {
    return this.overrides.setTier(person, accountId, tier);
  }

  @Delete('tier')
  @HttpCode(204)
  releaseTier(@CurrentPrincipal() person: Person, @Param('accountId', { schema: idSchema }) accountId: string) {
    return this.overrides.release(person, accountId, 'tier');
  }

  @Put('stage')
  @HttpCode(204)
  setStage(
    @CurrentPrincipal() person: Person,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Body({ schema: setStageSchema }) stage: SetStage,
  ) {
    return this.overrides.setStage(person, accountId, stage);
  }

  @Delete('stage')
  @HttpCode(204)
  releaseStage(@CurrentPrincipal() person: Person, @Param('accountId', { schema: idSchema }) accountId: string) {
    return this.overrides.release(person, accountId, 'stage');
  }
}
