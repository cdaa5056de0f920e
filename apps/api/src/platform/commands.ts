import type { INestApplicationContext } from '@nestjs/common';

/** Opens the product for the time of one command: its services on the database, without HTTP and without workers. */
export type WithApp = <Result>(work: (app: INestApplicationContext) => Promise<Result>) => Promise<Result>;

/** What a command tells: one line on standard output, where other programs can read it. */
export function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}
