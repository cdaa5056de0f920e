import { Module, type OnModuleInit } from '@nestjs/common';
import { UnitOfWork } from '../../db/unit-of-work.js';
import { BUILT_IN_ALERT_RULES } from '../../domain/alerts/built-in.js';
import { Clock } from '../../platform/clock.js';
import { BuiltInAlertRulesRepository } from './built-in-alert-rules.repository.js';

/** The alert rules that a workspace starts with, made at the first start. */
@Module({ providers: [BuiltInAlertRulesRepository] })
export class BuiltInAlertRulesModule implements OnModuleInit {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: BuiltInAlertRulesRepository,
    private readonly clock: Clock,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.unitOfWork.run((tx) => this.repository.addMissing(tx, BUILT_IN_ALERT_RULES, this.clock.now()));
  }
}
