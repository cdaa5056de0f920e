import { Body, Controller, Get, Param, Post, StreamableFile } from '@nestjs/common';
import { bulkActionListSchema, bulkActionSchema, type OrderBulk, orderBulkSchema } from '@steward/shared/bulk';
import { idSchema } from '@steward/shared/common';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentPrincipal } from '../../platform/auth/current-user.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { BulkService, type Person } from './bulk.service.js';

/** Changes to many accounts. Only people order them: no API key holds a scope for it. */
@Controller('api/v1/bulk-actions')
@Access({ roles: rolesWith('accounts:edit') })
export class BulkController {
  constructor(private readonly bulk: BulkService) {}

  @Get()
  @Answers(bulkActionListSchema)
  list(@CurrentPrincipal() person: Person) {
    return this.bulk.list(person);
  }

  @Post()
  @Answers(bulkActionSchema, { status: 202 })
  order(@CurrentPrincipal() person: Person, @Body({ schema: orderBulkSchema }) order: OrderBulk) {
    return this.bulk.order(person, order);
  }

  @Get(':actionId')
  @Answers(bulkActionSchema)
  get(@CurrentPrincipal() person: Person, @Param('actionId', { schema: idSchema }) actionId: string) {
    return this.bulk.get(person, actionId);
  }

  @Post(':actionId/cancel')
  @Answers(bulkActionSchema, { status: 202 })
  cancel(@CurrentPrincipal() person: Person, @Param('actionId', { schema: idSchema }) actionId: string) {
    return this.bulk.cancel(person, actionId);
  }

  @Post(':actionId/undo')
  @Answers(bulkActionSchema, { status: 202 })
  undo(@CurrentPrincipal() person: Person, @Param('actionId', { schema: idSchema }) actionId: string) {
    return this.bulk.undo(person, actionId);
  }

  @Get(':actionId/refused.csv')
  async refused(
    @CurrentPrincipal() person: Person,
    @Param('actionId', { schema: idSchema }) actionId: string,
  ): Promise<StreamableFile> {
    return new StreamableFile(await this.bulk.refusedFile(person, actionId), {
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="refused.csv"',
    });
  }
}
