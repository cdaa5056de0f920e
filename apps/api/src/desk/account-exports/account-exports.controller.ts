import { Body, Controller, Delete, Get, HttpCode, Param, Post, StreamableFile } from '@nestjs/common';
import { accountExportJobSchema, accountExportListSchema } from '@steward/shared/account-exports';
import { accountExportSchema, type ParsedAccountExport } from '@steward/shared/accounts';
import { idSchema } from '@steward/shared/common';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentPrincipal } from '../../platform/auth/current-user.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Principal } from '../../platform/auth/principal.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { AccountExports } from './account-exports.service.js';

type Person = Extract<Principal, { kind: 'user' }>;

@Controller('api/v1/account-exports')
@Access({ roles: rolesWith('accounts:read') })
export class AccountExportsController {
  constructor(private readonly exports: AccountExports) {}

  @Get()
  @Answers(accountExportListSchema)
  list(@CurrentPrincipal() person: Person) {
    return this.exports.list(person);
  }

  @Post()
  @HttpCode(201)
  @Answers(accountExportJobSchema)
  order(@CurrentPrincipal() person: Person, @Body({ schema: accountExportSchema }) question: ParsedAccountExport) {
    return this.exports.order(person, question);
  }

  @Get(':exportId')
  @Answers(accountExportJobSchema)
  get(@CurrentPrincipal() person: Person, @Param('exportId', { schema: idSchema }) id: string) {
    return this.exports.get(person, id);
  }

  @Get(':exportId/file')
  async file(
    @CurrentPrincipal() person: Person,
    @Param('exportId', { schema: idSchema }) id: string,
  ): Promise<StreamableFile> {
    const { file, name } = await this.exports.file(person, id);
    return new StreamableFile(file, {
      type: 'text/csv; charset=utf-8',
      disposition: `attachment; filename="${name}"`,
    });
  }

  @Delete(':exportId')
  @HttpCode(204)
  remove(@CurrentPrincipal() person: Person, @Param('exportId', { schema: idSchema }) id: string) {
    return this.exports.remove(person, id);
  }
}
