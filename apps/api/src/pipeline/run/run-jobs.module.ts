import { Module } from '@nestjs/common';
import { RunModule } from './run.module.js';
import { RunProcessor } from './run.processor.js';

/** The pipeline with its jobs. */
@Module({ imports: [RunModule], providers: [RunProcessor], exports: [RunModule] })
export class RunJobsModule {}
