import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { ContactUse } from '@steward/shared/contacts';
import { UnitOfWork } from '../../db/unit-of-work.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { actorOf } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { NotFound } from '../../platform/errors/app-error.js';
import type { Person } from '../accounts/account-editing.js';
import { ContactExportsRepository, type KnownOfContact } from './contact-exports.repository.js';
import type { ContactKey } from './contact-key.js';

/** All that is known of a contact, as a file of JSON (`contactExportSchema`). */
@Injectable()
export class ContactExports {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: ContactExportsRepository,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async of(person: Person, key: ContactKey): Promise<{ file: Readable; name: string }> {
    const known = await this.unitOfWork.run(async (tx) => {
      const found = await this.repository.known(tx, person.scope, key);
      if (found === null) throw new NotFound('contact');
      await this.audit.record(tx, {
        actor: actorOf(person),
        action: 'contact.exported',
        subject: { kind: 'contact', id: key.contactId },
        accountId: key.accountId,
      });
      return found;
    });
    return { file: Readable.from(this.written(known, key)), name: `contact-${key.contactId}.json` };
  }

  /** Events may be many: they are read a page at a time, while somebody takes the file. */
  private async *written(known: KnownOfContact, key: ContactKey): AsyncGenerator<string> {
    const head = JSON.stringify({ exportedAt: this.clock.now(), ...known }, null, 2);
    yield `${head.slice(0, head.lastIndexOf('\n}'))},\n  "events": [`;
    let separator = '\n    ';
    for (let last: ContactUse | null | undefined = null; last !== undefined; ) {
      const page: ContactUse[] = await this.unitOfWork.run((tx) => this.repository.events(tx, key, last ?? null));
      for (const event of page) {
        yield `${separator}${JSON.stringify(event)}`;
        separator = ',\n    ';
      }
      last = page.at(-1);
    }
    yield '\n  ]\n}\n';
  }
}
