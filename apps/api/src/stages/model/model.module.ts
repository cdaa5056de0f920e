import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { CatalogueReader } from '../../db/rules/catalogue.reader.js';
import { ModelRepository } from './model.repository.js';
import { ModelService } from './model.service.js';

/** The published model: signals, tiers, health profiles, stages. Made with its defaults at the first start. */
@Global()
@Module({ providers: [CatalogueReader, ModelRepository, ModelService], exports: [CatalogueReader, ModelService] })
export class ModelModule implements OnModuleInit {
  constructor(private readonly models: ModelService) {}

  async onModuleInit(): Promise<void> {
    await this.models.ensureModel();
  }
}
