import { Module } from '@nestjs/common';
import { MovesRepository } from './moves.repository.js';
import { StageRulesRepository } from './stage-rules.repository.js';
import { StateRepository } from './state.repository.js';
import { TermsRepository } from './terms.repository.js';

@Module({
  providers: [StateRepository, TermsRepository, StageRulesRepository, MovesRepository],
  exports: [StateRepository, StageRulesRepository, MovesRepository],
})
export class StateModule {}
