import { Module } from '@nestjs/common';
import { WorkspaceModule } from '../../records/workspace/workspace.module.js';
import { AccountExplanations } from '../../stages/account-explanations.js';
import { SignalsModule } from '../../stages/signals/signals.module.js';
import { AccountEffects } from './account-effects.js';
import { EffectRepository } from './effect.repository.js';
import { EffectService } from './effect.service.js';
import { StudioController } from './studio.controller.js';
import { StudioBase } from './studio-base.js';

/** The health studio: drafts of health profiles, tried on today and on history. */
@Module({
  imports: [WorkspaceModule, SignalsModule],
  controllers: [StudioController],
  providers: [AccountExplanations, AccountEffects, EffectRepository, EffectService, StudioBase],
})
export class StudioModule {}
