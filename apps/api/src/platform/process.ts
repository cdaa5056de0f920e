import v8 from 'node:v8';
import { log } from './logging/log.js';

/**
 * Calls back once when the process is asked to stop: by a signal, or because the process that keeps it running is gone
 * (its channel closes). Errors that nobody caught end the process: its state is no longer known.
 */
export function onStopRequest(stop: () => Promise<void>): void {
  let asked = false;
  const request = (reason: string) => {
    if (asked) return;
    asked = true;
    log.info({ reason }, 'stopping');
    stop().then(
      () => process.exit(0),
      (error) => {
        log.error({ err: error }, 'did not stop in order');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => request('SIGTERM'));
  process.on('SIGINT', () => request('SIGINT'));
  process.on('disconnect', () => request('supervisor gone'));
  // It may have gone while this process was still starting.
  if (typeof process.send === 'function' && !process.connected) request('supervisor gone');
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'uncaught error');
    process.exit(1);
  });
}

/**
 * For processes that work through a lot and keep little: the heap, that of each thread, may grow by half before it is
 * collected. Left alone, V8 lets it grow to three or four times what lives in it.
 */
export function keepHeapSmall(): void {
  v8.setFlagsFromString('--heap-growing-percent=50');
}

/** Runs a program; an error at boot is told in one readable piece. */
export async function runProgram(program: () => Promise<void>): Promise<void> {
  try {
    await program();
  } catch (error) {
    log.fatal(
      error instanceof Error && error.name === 'ConfigError' ? error.message : { err: error, msg: 'cannot start' },
    );
    process.exit(1);
  }
}
