import { Module, type OnModuleInit } from '@nestjs/common';
import { UnitOfWork } from '../../db/unit-of-work.js';
import { BUILT_IN_PLAYBOOKS } from '../../domain/goals/built-in.js';
import { Clock } from '../../platform/clock.js';
import { BuiltInPlaybooksRepository } from './built-in-playbooks.repository.js';

/** The playbooks that a workspace starts with, made at the first start; later ones at the first start after an upgrade. */
@Module({ providers: [BuiltInPlaybooksRepository] })
export class BuiltInPlaybooksModule implements OnModuleInit {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: BuiltInPlaybooksRepository,
    private readonly clock: Clock,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.unitOfWork.run((tx) => this.repository.addMissing(tx, BUILT_IN_PLAYBOOKS, this.clock.now()));
  }
}
