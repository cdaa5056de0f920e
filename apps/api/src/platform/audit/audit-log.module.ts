import { Global, Module } from '@nestjs/common';
import { ClockModule } from '../clock.js';
import { AuditLog } from './audit-log.js';
import { AuditLogRepository } from './audit-log.repository.js';

@Global()
@Module({ imports: [ClockModule], providers: [AuditLog, AuditLogRepository], exports: [AuditLog] })
export class AuditLogModule {}
