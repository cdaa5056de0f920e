import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { ApiErrorBody } from '@steward/shared/common';
import type { Response } from 'express';
import { log } from '../logging/log.js';
import type { AppError } from './app-error.js';
import { toAppError } from './to-app-error.js';

/** The one place that turns errors into answers: `{ code, message, details }`. */
@Catch()
export class ErrorsFilter implements ExceptionFilter {
  catch(thrown: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const error = toAppError(thrown);
    logError(error);
    // An answer that broke in the middle cannot change its status any more; cutting it off is the only honest signal.
    if (response.headersSent) {
      response.destroy();
      return;
    }
    response.status(error.status).set(error.headers).json(bodyOf(error));
  }
}

/** Refusals are the caller's business and stay quiet; faults of ours do not. */
function logError(error: AppError): void {
  if (error.status >= 500) log.error({ err: error.cause ?? error, code: error.code }, error.message);
  else log.debug({ code: error.code, details: error.details }, error.message);
}

function bodyOf({ code, message, details }: AppError): ApiErrorBody {
  return { code, message, details: [...details] };
}
