import pino from 'pino';

/** What a log line tells of an error. */
interface LoggedError {
  type: string;
  message: string;
  /** With those of its causes. */
  stack?: string;
  code?: string;
  constraint?: string;
}

/**
 * An error as it is logged: what it was and where, and nothing of what it carries. An error of the database carries the
 * statement with all its values, among them hashes of passwords and what customers wrote.
 */
export function loggedError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { type, message, stack } = pino.stdSerializers.err(error);
  const { code, constraint } = error as { code?: unknown; constraint?: unknown };
  return {
    type,
    message,
    stack,
    ...(typeof code === 'string' && { code }),
    ...(typeof constraint === 'string' && { constraint }),
  } satisfies LoggedError;
}
