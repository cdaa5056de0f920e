import { Injectable } from '@nestjs/common';
import { Handles } from '../../pipeline/base/handles.decorator.js';
import { Clock } from '../../platform/clock.js';
import { FactStore } from '../facts/fact-store.js';

@Injectable()
export class QuarantineProcessor {
  constructor(
    private readonly store: FactStore,
    private readonly clock: Clock,
  ) {}

  @Handles('sweep-quarantine')
  async sweep(): Promise<void> {
    await this.store.sweepQuarantine(this.clock.now());
  }
}
