import type { LoggerService } from '@nestjs/common';
import { log } from './log.js';

/** What the framework itself has to say, in the same log. Its listing of routes at start is for debugging only. */
export class NestLog implements LoggerService {
  log(message: unknown, context?: string): void {
    log.debug({ context }, String(message));
  }

  debug(message: unknown, context?: string): void {
    log.trace({ context }, String(message));
  }

  verbose(message: unknown, context?: string): void {
    log.trace({ context }, String(message));
  }

  warn(message: unknown, context?: string): void {
    log.warn({ context }, String(message));
  }

  error(message: unknown, stack?: string, context?: string): void {
    log.error({ context, ...(stack && { stack }) }, String(message));
  }
}
