import type { ApiErrorBody } from '@steward/shared/common';

export type ErrorDetail = ApiErrorBody['details'][number];

/**
 * A refusal that the caller can act on. `code` is stable (SCREAMING_SNAKE, programs branch on it), the message says
 * what was wrong and what to do, details say where. Anything else that is thrown is a fault of ours: a 500.
 */
export class AppError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly details: readonly ErrorDetail[] = [],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = new.target.name;
  }
}

/** 400: the request is not what the route takes. */
export class InvalidInput extends AppError {
  constructor(message: string, details: readonly ErrorDetail[] = [], code = 'INVALID_INPUT') {
    super(400, code, message, details);
  }
}

/** 401: who is asking is not known. */
export class NotSignedIn extends AppError {
  constructor(message = 'Sign in, or send an API key.', code = 'NOT_SIGNED_IN') {
    super(401, code, message);
  }
}

/** 403: who is asking may not do this, whatever the record. A record out of scope is a 404 instead. */
export class NotAllowed extends AppError {
  constructor(message = 'You may not do this.', code = 'NOT_ALLOWED') {
    super(403, code, message);
  }
}

/** 404: there is no such record, or none that the reader may know of. */
export class NotFound extends AppError {
  constructor(what: string, code = 'NOT_FOUND') {
    super(404, code, `There is no such ${what}.`);
  }
}

/** 409: right in itself, but it does not fit what is stored now. */
export class Conflict extends AppError {
  constructor(code: string, message: string, details: readonly ErrorDetail[] = []) {
    super(409, code, message, details);
  }
}

/** 409: someone else changed the record since it was read. */
export class RevisionMoved extends Conflict {
  constructor(what: string) {
    super('REVISION_MOVED', `This ${what} was changed in the meantime. Load it again and repeat your change.`);
  }
}

/** 429: too often; `Retry-After` says for how long to wait. */
export class TooManyRequests extends AppError {
  constructor(code: string, message: string, retryAfterSeconds: number) {
    super(429, code, message, [], { 'Retry-After': String(retryAfterSeconds) });
  }
}

/** 413: larger than the server takes. */
export class TooLarge extends AppError {
  constructor(message: string, code = 'TOO_LARGE') {
    super(413, code, message);
  }
}

/** 422: understood, and refused as a whole. */
export class Refused extends AppError {
  constructor(code: string, message: string, details: readonly ErrorDetail[] = []) {
    super(422, code, message, details);
  }
}

/** 500: a fault of ours. What it was stays in the log. */
export class Internal extends AppError {
  constructor(cause: unknown) {
    super(500, 'INTERNAL', 'Something went wrong here. The log has more under the id of this request.');
    this.cause = cause;
  }
}

/** 503: something that this needs cannot be reached just now. */
export class Unavailable extends AppError {
  constructor(code: string, message: string, cause?: unknown) {
    super(503, code, message, [], { 'Retry-After': '2' });
    this.cause = cause;
  }
}
