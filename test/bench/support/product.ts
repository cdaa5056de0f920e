import type { INestApplicationContext, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '@steward/api/app.module';
import { Clock } from '@steward/api/platform/clock';
import { readConfig } from '@steward/api/platform/config/config';
import { configureLog } from '@steward/api/platform/logging/log';
import { NestLog } from '@steward/api/platform/logging/nest-log';
import { keepHeapSmall } from '@steward/api/platform/process';
import { WorkspaceService } from '@steward/api/records/workspace/workspace.service';
import { ModelService } from '@steward/api/stages/model/model.service';

/** As the doors of the product name it. */
const runThread = new URL('../../../apps/api/bundle/run-thread.js', import.meta.url);

/** The product as its command line opens it, with a day that the bench sets. */
export class Product {
  private constructor(private readonly app: INestApplicationContext) {}

  static async open(url: string): Promise<Product> {
    const config = readConfig({ ...process.env, DATABASE_URL: url, LOG_LEVEL: 'error' });
    configureLog(config.log);
    keepHeapSmall();
    const app = await NestFactory.createApplicationContext(AppModule.for('cli', config, { runThread }), {
      logger: new NestLog(),
      abortOnError: false,
    });
    const product = new Product(app);
    await product.get(WorkspaceService).ensureWorkspace({ timeZone: 'Etc/UTC', currency: 'USD' });
    await product.get(ModelService).ensureModel();
    return product;
  }

  get<Service>(service: Type<Service>): Service {
    return this.app.get(service, { strict: false });
  }

  /** From now on it is this day at noon, until another is set. */
  setDay(isoDay: string): void {
    this.get(Clock).now = () => new Date(`${isoDay}T12:00:00Z`);
  }

  async close(): Promise<void> {
    await this.app.close();
  }
}
