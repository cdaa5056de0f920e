import { Body, Controller, HttpCode, Post, type StreamableFile, UseInterceptors } from '@nestjs/common';
import {
  type ChangedAccountsExport,
  type ChangedAccountsQuery,
  changedAccountsExportSchema,
  changedAccountsQuerySchema,
  changedAccountsSchema,
  type DraftEffectQuery,
  draftEffectQuerySchema,
  draftEffectSchema,
} from '@steward/shared/health-studio';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentPrincipal } from '../../platform/auth/current-user.decorator.js';
import { InTurn } from '../../platform/auth/in-turn.interceptor.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Principal } from '../../platform/auth/principal.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { csvFile } from '../base/csv-table.js';
import { EffectService } from './effect.service.js';

/** Drafts of health profiles, tried on the accounts of today. */
@Controller('api/v1/health-studio/effect')
@UseInterceptors(InTurn)
@Access({ roles: rolesWith('studio:use') })
export class StudioController {
  constructor(private readonly effects: EffectService) {}

  @Post()
  @Answers(draftEffectSchema)
  effect(@CurrentPrincipal() principal: Principal, @Body({ schema: draftEffectQuerySchema }) query: DraftEffectQuery) {
    return this.effects.effect(principal, query);
  }

  @Post('accounts')
  @Answers(changedAccountsSchema)
  changed(
    @CurrentPrincipal() principal: Principal,
    @Body({ schema: changedAccountsQuerySchema }) query: ChangedAccountsQuery,
  ) {
    return this.effects.changed(principal, query);
  }

  @Post('export')
  @HttpCode(200)
  async export(
    @CurrentPrincipal() principal: Principal,
    @Body({ schema: changedAccountsExportSchema }) query: ChangedAccountsExport,
  ): Promise<StreamableFile> {
    const { table, name } = await this.effects.export(principal, query);
    return csvFile(table, name);
  }
}
