import { Body, Controller, Param, Post, Put } from '@nestjs/common';
import type { FactKind } from '@steward/shared/fact-kinds';
import { factKindSchema, intakeAnswerSchema, type PlainFacts, plainFactsSchema } from '@steward/shared/intake';
import { Access } from '../../platform/auth/access.decorator.js';
import { CurrentActor } from '../../platform/auth/current-user.decorator.js';
import type { Actor } from '../../platform/auth/principal.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { IntakeService } from './intake.service.js';

/** Facts of any kind, one or many, by the fields of the catalogue. Sending one again changes nothing. */
@Controller('api/v1/facts')
@Access({ roles: ['admin'], scopes: ['facts:write'] })
export class FactsController {
  constructor(private readonly intake: IntakeService) {}

  @Post(':kind')
  @Answers(intakeAnswerSchema)
  post(
    @CurrentActor() actor: Actor,
    @Param('kind', { schema: factKindSchema }) kind: FactKind,
    @Body({ schema: plainFactsSchema }) facts: PlainFacts,
  ) {
    return this.intake.takeFacts(kind, Array.isArray(facts) ? facts : [facts], actor);
  }

  @Put(':kind')
  @Answers(intakeAnswerSchema)
  put(
    @CurrentActor() actor: Actor,
    @Param('kind', { schema: factKindSchema }) kind: FactKind,
    @Body({ schema: plainFactsSchema }) facts: PlainFacts,
  ) {
    return this.intake.takeFacts(kind, Array.isArray(facts) ? facts : [facts], actor);
  }
}
