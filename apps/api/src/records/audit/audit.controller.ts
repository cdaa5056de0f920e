import { Controller, Get, Query } from '@nestjs/common';
import { type AuditQuery, auditPageSchema, auditQuerySchema } from '@steward/shared/access';
import { Access } from '../../platform/auth/access.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { AuditReader } from './audit.reader.js';

@Controller('api/v1/audit')
export class AuditController {
  constructor(private readonly reader: AuditReader) {}

  @Get()
  @Access({ roles: rolesWith('audit:read') })
  @Answers(auditPageSchema)
  page(@Query({ schema: auditQuerySchema }) query: AuditQuery) {
    return this.reader.page(query);
  }
}
