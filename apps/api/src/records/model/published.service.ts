import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../db/unit-of-work.js';
import { NotFound } from '../../platform/errors/app-error.js';
import { PublishedRepository } from './published.repository.js';

@Injectable()
export class PublishedService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: PublishedRepository,
  ) {}

  async set(what: 'tier' | 'stage') {
    const row = await this.unitOfWork.run((tx) => this.repository.set(tx, what));
    if (row === null) throw new NotFound(`published set of ${what}s`);
    return { version: row.version, publishedAt: row.publishedAt.toISOString(), ...row.body };
  }

  async profiles() {
    const rows = await this.unitOfWork.run((tx) => this.repository.profiles(tx));
    return { profiles: rows.map((row) => ({ ...row, publishedAt: row.publishedAt.toISOString() })) };
  }
}
