import { Module } from '@nestjs/common';
import { DayRuns } from '../day-run.js';
import { StateModule } from '../state/state.module.js';
import { AccountFieldsRepository } from './facts/account-fields.repository.js';
import { CommercialFactsLoader } from './facts/commercial-facts.loader.js';
import { CommercialFactsRepository } from './facts/commercial-facts.repository.js';
import { FactsLoader } from './facts/facts.loader.js';
import { KeptFactsLoader } from './facts/kept-facts.loader.js';
import { KeptFactsRepository } from './facts/kept-facts.repository.js';
import { MetricFactsLoader } from './facts/metric-facts.loader.js';
import { MetricFactsRepository } from './facts/metric-facts.repository.js';
import { RelationshipFactsLoader } from './facts/relationship-facts.loader.js';
import { RelationshipFactsRepository } from './facts/relationship-facts.repository.js';
import { SupportFactsLoader } from './facts/support-facts.loader.js';
import { SupportFactsRepository } from './facts/support-facts.repository.js';
import { UsageFactsLoader } from './facts/usage-facts.loader.js';
import { UsageFactsRepository } from './facts/usage-facts.repository.js';
import { SignalsStage } from './signals.stage.js';
import { SourcesRepository } from './sources.repository.js';

const facts = [
  FactsLoader,
  AccountFieldsRepository,
  CommercialFactsLoader,
  CommercialFactsRepository,
  KeptFactsLoader,
  KeptFactsRepository,
  MetricFactsLoader,
  MetricFactsRepository,
  RelationshipFactsLoader,
  RelationshipFactsRepository,
  SupportFactsLoader,
  SupportFactsRepository,
  UsageFactsLoader,
  UsageFactsRepository,
];

@Module({
  imports: [StateModule],
  providers: [...facts, SourcesRepository, DayRuns, SignalsStage],
  exports: [FactsLoader, KeptFactsLoader, DayRuns, SignalsStage],
})
export class SignalsModule {}
