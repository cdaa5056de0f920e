import { type DynamicModule, type InjectionToken, Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { READINESS_PROBES, type ReadinessProbe } from './readiness.js';

@Module({})
export class HealthModule {
  /** @param probes classes of probes, provided by modules that are global */
  static with(probes: InjectionToken<ReadinessProbe>[]): DynamicModule {
    return {
      module: HealthModule,
      controllers: [HealthController],
      providers: [{ provide: READINESS_PROBES, useFactory: (...made: ReadinessProbe[]) => made, inject: probes }],
    };
  }
}
