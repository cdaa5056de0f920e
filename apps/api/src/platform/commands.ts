import type { INestApplicationContext } from '@nestjs/common';
import { ConfigError } from './config/config.js';
import { AppError } from './errors/app-error.js';

/** Opens the product for the time of one command: its services on the database, without HTTP and without workers. */
export type WithApp = <Result>(work: (app: INestApplicationContext) => Promise<Result>) => Promise<Result>;

/** What a command tells: one line on standard output, where other programs can read it. */
export function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** What went wrong, in words, each said once; faults of ours with their stack. */
export function complaint(error: unknown): string {
  if (error instanceof AppError) {
    const details = error.details.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
    return [error.message, ...details.filter((detail) => !error.message.includes(detail))].join('\n  ');
  }
  if (error instanceof ConfigError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
