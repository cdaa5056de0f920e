import { Global, Module } from '@nestjs/common';
import { CatalogueReader } from './catalogue.reader.js';

@Global()
@Module({ providers: [CatalogueReader], exports: [CatalogueReader] })
export class RulesModule {}
