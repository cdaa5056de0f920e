import { Injectable } from '@nestjs/common';
import type { RenderedTemplate } from '@steward/shared/touch-templates';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { isoOf } from '../../domain/calendar/day.js';
import type { Principal } from '../../platform/auth/principal.js';
import { NotFound } from '../../platform/errors/app-error.js';
import type { Person } from '../accounts/account-editing.js';
import { WorkspaceReader } from '../workspace/workspace.reader.js';
import { TemplateFiller } from './template-filler.js';
import { type StoredTemplate, TouchTemplatesRepository } from './touch-templates.repository.js';
import { mustSeeTemplate } from './touch-templates.service.js';

/** The templates that are offered for an account, and what they say of it. */
@Injectable()
export class OfferedTemplates {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: TouchTemplatesRepository,
    private readonly workspaces: WorkspaceReader,
    private readonly filler: TemplateFiller,
  ) {}

  offered(principal: Principal, accountId: string): Promise<{ templates: StoredTemplate[] }> {
    return this.unitOfWork.run(async (tx) => {
      await this.account(tx, principal, accountId);
      const userId = principal.kind === 'user' ? principal.user.id : null;
      return { templates: await this.repository.offered(tx, userId, accountId) };
    });
  }

  render(person: Person, accountId: string, id: string, contactId: string | null): Promise<RenderedTemplate> {
    return this.unitOfWork.run(async (tx) => {
      const { account, today } = await this.account(tx, person, accountId);
      const template = await mustSeeTemplate(tx, this.repository, person, id);
      return this.filler.fill(tx, { template, accountId, account, contactId, today, writer: person.user.fullName });
    });
  }

  private async account(tx: Tx, { scope }: Principal, accountId: string) {
    const today = isoOf(await this.workspaces.today(tx));
    const account = await this.repository.account(tx, scope, accountId, today);
    if (account === null) throw new NotFound('account');
    return { account, today };
  }
}
