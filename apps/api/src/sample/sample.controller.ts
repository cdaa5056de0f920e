import { Body, Controller, Delete, Get, Post } from '@nestjs/common';
import { type LoadSample, loadSampleSchema, sampleStatusSchema } from '@steward/shared/sample';
import { Access } from '../platform/auth/access.decorator.js';
import { CurrentActor } from '../platform/auth/current-user.decorator.js';
import { rolesWith } from '../platform/auth/permissions.js';
import type { Actor } from '../platform/auth/principal.js';
import { Answers } from '../platform/http/answers.decorator.js';
import { SampleOrders } from './sample-orders.service.js';

/** The sample company in and out. Both take their time: they are ordered here, and asked about until they are done. */
@Controller('api/v1/sample')
@Access({ roles: rolesWith('workspace:write') })
export class SampleController {
  constructor(private readonly orders: SampleOrders) {}

  @Get()
  @Answers(sampleStatusSchema)
  status() {
    return this.orders.status();
  }

  @Post()
  @Answers(sampleStatusSchema, { status: 202 })
  load(@CurrentActor() actor: Actor, @Body({ schema: loadSampleSchema }) options: LoadSample) {
    return this.orders.load(options, actor);
  }

  @Delete()
  @Answers(sampleStatusSchema, { status: 202 })
  remove(@CurrentActor() actor: Actor) {
    return this.orders.remove(actor);
  }
}
