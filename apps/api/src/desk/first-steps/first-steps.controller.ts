import { Body, Controller, Get, Patch } from '@nestjs/common';
import { firstStepsSchema, type UpdateFirstSteps, updateFirstStepsSchema } from '@steward/shared/first-steps';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentPrincipal } from '../../platform/auth/current-user.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { Principal } from '../../platform/auth/principal.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { FirstStepsService } from './first-steps.service.js';

type Person = Extract<Principal, { kind: 'user' }>;

/** For those who set the workspace up. */
@Controller('api/v1/first-steps')
@Access({ roles: rolesWith('workspace:write') })
export class FirstStepsController {
  constructor(private readonly service: FirstStepsService) {}

  @Get()
  @Answers(firstStepsSchema)
  get(@CurrentPrincipal() person: Person) {
    return this.service.get(person);
  }

  @Patch()
  @Answers(firstStepsSchema)
  update(@CurrentPrincipal() person: Person, @Body({ schema: updateFirstStepsSchema }) change: UpdateFirstSteps) {
    return this.service.update(person, change);
  }
}
