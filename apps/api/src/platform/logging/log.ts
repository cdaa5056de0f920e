import pino, { type Logger } from 'pino';
import { loggedError } from './logged-error.js';
import { currentContext } from './request-context.js';
import { textStream } from './text-stream.js';

const SECRETS = [
  'password',
  'token',
  'authorization',
  'cookie',
  '*.password',
  '*.token',
  'headers.authorization',
  'headers.cookie',
];

function createLog(level: string, format: 'json' | 'text'): Logger {
  return pino(
    {
      level,
      base: { pid: process.pid },
      serializers: { err: loggedError },
      redact: { paths: SECRETS, censor: '(hidden)' },
      mixin: () => currentContext() ?? {},
    },
    format === 'text' ? textStream(process.stderr) : pino.destination({ fd: 1, sync: false }),
  );
}

/** The process's log. Each line carries the id of the request or job it belongs to. */
export let log: Logger = createLog('warn', 'text');

export function configureLog({ level, format }: { level: string; format: 'json' | 'text' }): void {
  log = createLog(level, format);
}
