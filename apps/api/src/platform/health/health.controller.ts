import { Controller, Get, HttpStatus, Inject, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { Public } from '../auth/access.decorator.js';
import { READINESS_PROBES, type ReadinessProbe, runProbes } from './readiness.js';

const PROBE_TIMEOUT_MS = 3_000;

/** For whoever watches the process: alive (restart it if not), ready (send it requests). */
@Public()
@ApiExcludeController()
@Controller('health')
export class HealthController {
  constructor(@Inject(READINESS_PROBES) private readonly probes: readonly ReadinessProbe[]) {}

  @Get('live')
  live() {
    return { status: 'live' };
  }

  @Get('ready')
  async ready(@Res({ passthrough: true }) response: Response) {
    const results = await runProbes(this.probes, PROBE_TIMEOUT_MS);
    const ok = results.every((result) => result.ok);
    if (!ok) response.status(HttpStatus.SERVICE_UNAVAILABLE);
    return { status: ok ? 'ready' : 'not ready', pid: process.pid, checks: results };
  }
}
