import { HttpException } from '@nestjs/common';
import { AppError, Internal, InvalidInput, TooLarge } from './app-error.js';
import { fromDatabaseError } from './database-error.js';

/** Any thrown thing as an error of the product. What is not known is INTERNAL and tells nothing to the outside. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return fromBodyParser(error) ?? fromHttp(error) ?? fromDatabaseError(error) ?? new Internal(error);
}

/** express' body parsers mark their errors with a type. */
function fromBodyParser(error: unknown): AppError | null {
  const { type, limit } = (error ?? {}) as { type?: unknown; limit?: number };
  switch (type) {
    case 'entity.parse.failed':
      return new InvalidInput('The body is not valid JSON.', [], 'INVALID_JSON');
    case 'entity.too.large':
      return new TooLarge(`The body is larger than ${Math.floor((limit ?? 0) / 1024)} kB.`);
    case 'charset.unsupported':
    case 'encoding.unsupported':
      return new AppError(415, 'UNSUPPORTED_MEDIA_TYPE', 'The body has an unsupported encoding; send UTF-8.');
    case 'request.aborted':
    case 'request.size.invalid':
      return new InvalidInput('The body ended before its announced length.');
    default:
      return null;
  }
}

const CODE_BY_STATUS: Readonly<Record<number, string>> = {
  401: 'NOT_SIGNED_IN',
  403: 'NOT_ALLOWED',
  404: 'ROUTE_NOT_FOUND',
  405: 'ROUTE_NOT_FOUND',
  409: 'CONFLICT',
  413: 'TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  422: 'REFUSED',
  429: 'TOO_MANY_REQUESTS',
};

function fromHttp(error: unknown): AppError | null {
  if (error instanceof HttpException) {
    const status = error.getStatus();
    return status < 500 ? new AppError(status, CODE_BY_STATUS[status] ?? 'INVALID_INPUT', error.message) : null;
  }
  if (error instanceof URIError) return new InvalidInput('The address is malformed.');
  // Errors of express itself say whether their message may be shown.
  const { status, expose } = (error ?? {}) as { status?: unknown; expose?: unknown };
  if (typeof status !== 'number' || status < 400 || status >= 500) return null;
  const message = expose === true && error instanceof Error ? error.message : 'The request is malformed.';
  return new AppError(status, CODE_BY_STATUS[status] ?? 'INVALID_INPUT', message);
}
