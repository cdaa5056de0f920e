import { Controller, Delete, Get, HttpCode, Param, StreamableFile } from '@nestjs/common';
import { idSchema } from '@steward/shared/common';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentPrincipal } from '../../platform/auth/current-user.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Person } from '../accounts/account-editing.js';
import { ContactErasure } from './contact-erasure.service.js';
import { ContactExports } from './contact-exports.service.js';

@Controller('api/v1/contacts/:accountId/:contactId')
@Access({ roles: rolesWith('contacts:erase') })
export class ContactRightsController {
  constructor(
    private readonly exports: ContactExports,
    private readonly erasure: ContactErasure,
  ) {}

  @Get('export')
  async export(
    @CurrentPrincipal() person: Person,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Param('contactId', { schema: idSchema }) contactId: string,
  ): Promise<StreamableFile> {
    const { file, name } = await this.exports.of(person, { accountId, contactId });
    return new StreamableFile(file, {
      type: 'application/json; charset=utf-8',
      disposition: `attachment; filename="${name}"`,
    });
  }

  @Delete()
  @HttpCode(204)
  erase(
    @CurrentPrincipal() person: Person,
    @Param('accountId', { schema: idSchema }) accountId: string,
    @Param('contactId', { schema: idSchema }) contactId: string,
  ): Promise<void> {
    return this.erasure.erase(person, { accountId, contactId });
  }
}
