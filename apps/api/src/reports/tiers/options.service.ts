import { Injectable } from '@nestjs/common';
import type { ReportOptions } from '@steward/shared/report-filters';
import { CatalogueReader } from '../../db/rules/catalogue.reader.js';
import { UnitOfWork } from '../../db/unit-of-work.js';
import type { Principal } from '../../platform/auth/principal.js';
import { ReportOptionsRepository } from './options.repository.js';

@Injectable()
export class ReportOptionsOf {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly catalogues: CatalogueReader,
    private readonly repository: ReportOptionsRepository,
  ) {}

  options(principal: Principal): Promise<ReportOptions> {
    const { scope } = principal;
    return this.unitOfWork.run(async (tx) => {
      const { tiers } = await this.catalogues.model(tx);
      return {
        tiers: tiers.map(({ key, label, color }) => ({ key, label, color })),
        segments: await this.repository.segments(tx, principal.kind === 'user' ? principal.user.id : null),
        owners: await this.repository.owners(tx, scope),
        regions: await this.repository.values(tx, scope, 'region'),
        products: await this.repository.values(tx, scope, 'plan'),
      };
    });
  }
}
