import { Global, Injectable, Module } from '@nestjs/common';

/** Tells long-lived answers (event streams, downloads) that the process is asked to stop, so that they end themselves. */
@Injectable()
export class Shutdown {
  private readonly controller = new AbortController();

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  begin(): void {
    this.controller.abort();
  }
}

@Global()
@Module({ providers: [Shutdown], exports: [Shutdown] })
export class ShutdownModule {}
