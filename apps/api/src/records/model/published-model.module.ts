import { Module } from '@nestjs/common';
import { RulesModule } from '../../db/rules/rules.module.js';
import { DraftsRepository } from './drafts.repository.js';
import { DraftsService } from './drafts.service.js';
import { DryRunController } from './dry-run.controller.js';
import { DryRunRepository } from './dry-run.repository.js';
import { DryRunService } from './dry-run.service.js';
import { ModelController } from './model.controller.js';
import { ModelChanges } from './model-changes.js';
import { ProfilesController } from './profiles.controller.js';
import { ProfilesRepository } from './profiles.repository.js';
import { ProfilesService } from './profiles.service.js';
import { PublishedRepository } from './published.repository.js';
import { PublishedService } from './published.service.js';
import { QuietStartsRepository } from './quiet-starts.repository.js';
import { StageVersionsController, TierVersionsController } from './set-versions.controller.js';
import { SignalsReader } from './signals.reader.js';
import { SignalsRepository } from './signals.repository.js';
import { SignalsService } from './signals.service.js';
import { SurroundingsRepository } from './surroundings.repository.js';
import { SurroundingsService } from './surroundings.service.js';
import { VersionsRepository } from './versions.repository.js';
import { VersionsService } from './versions.service.js';

/** The model as people keep it: drafts, versions and what is published. */
@Module({
  imports: [RulesModule],
  controllers: [ModelController, TierVersionsController, StageVersionsController, ProfilesController, DryRunController],
  providers: [
    DraftsRepository,
    DraftsService,
    DryRunRepository,
    DryRunService,
    ModelChanges,
    ProfilesRepository,
    ProfilesService,
    PublishedRepository,
    PublishedService,
    QuietStartsRepository,
    SignalsReader,
    SignalsRepository,
    SignalsService,
    SurroundingsRepository,
    SurroundingsService,
    VersionsRepository,
    VersionsService,
  ],
})
export class PublishedModelModule {}
