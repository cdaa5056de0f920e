import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { AccountCount, AccountPage, AccountRow, ParsedAccountQuery } from '@steward/shared/accounts';
import type { EventCatalogue, FieldCatalogue } from '@steward/shared/catalogue';
import { catalogueFields } from '../../db/rules/bindings.js';
import { CatalogueReader } from '../../db/rules/catalogue.reader.js';
import { contactFields } from '../../db/rules/contact-fields.js';
import { UnitOfWork } from '../../db/unit-of-work.js';
import { addDays, isoOf, toDay } from '../../domain/calendar/day.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { actorOf, type Principal } from '../../platform/auth/principal.js';
import { writeCsv } from '../../platform/csv/csv-writer.js';
import { AccountListRepository } from './account-list.repository.js';
import { EventNamesRepository } from './event-names.repository.js';
import { EXPORT_HEADERS, exportCells } from './export-columns.js';
import type { AccountQuestion } from './question-sql.js';
import { type Asked, Questions } from './questions.service.js';

interface EveryAccount {
  accounts: number;
  nowOnlyFields: string[];
  rows: AsyncGenerator<AccountRow>;
}

const EXPORT_ROWS_AT_ONCE = 1000;
const EVENT_DAYS = 90;
const LARGEST_FIRST = [{ field: 'account.arr', direction: 'desc' }] as const;

@Injectable()
export class AccountListService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly catalogues: CatalogueReader,
    private readonly questions: Questions,
    private readonly repository: AccountListRepository,
    private readonly eventNames: EventNamesRepository,
    private readonly audit: AuditLog,
  ) {}

  async page(principal: Principal, query: ParsedAccountQuery): Promise<AccountPage> {
    const sort = query.sort.length === 0 ? LARGEST_FIRST : query.sort;
    return this.questions.ask(principal, query, async (tx, question) => {
      const found = await this.repository.block(tx, question, { sort, offset: query.offset, limit: query.limit });
      return { ...found, asOf: question.day };
    });
  }

  async count(principal: Principal, query: Asked): Promise<AccountCount> {
    return this.questions.ask(principal, query, (tx, question) => this.repository.count(tx, question));
  }

  /** A file of every account that matches: keys are found once, rows are read and written in pieces. */
  async export(principal: Principal, query: Asked): Promise<{ file: Readable; name: string }> {
    const sort = query.sort?.length ? query.sort : LARGEST_FIRST;
    const { question, ids } = await this.questions.ask(principal, query, async (tx, asked) => {
      const { ids: found } = await this.repository.ids(tx, asked, sort);
      await this.audit.record(tx, {
        actor: actorOf(principal),
        action: 'accounts.exported',
        subject: { kind: 'accounts', id: 'export' },
        changes: {
          accounts: { from: null, to: found.length },
          asOf: { from: null, to: asked.day },
          rule: { from: null, to: query.rule },
        },
      });
      return { question: asked, ids: found };
    });
    return {
      file: writeCsv(EXPORT_HEADERS, this.cellsInPieces(question, ids)),
      name: `accounts-${question.day}.csv`,
    };
  }

  /** Every account that matches, in order: keys are found once, rows are read in pieces while somebody takes them. */
  async every(principal: Principal, query: Asked): Promise<EveryAccount> {
    const sort = query.sort?.length ? query.sort : LARGEST_FIRST;
    return this.unitOfWork.run(async (tx) => {
      const question = await this.questions.of(tx, principal, query);
      const { ids, nowOnlyFields } = await this.repository.ids(tx, question, sort);
      return { accounts: ids.length, nowOnlyFields, rows: this.rowsInPieces(question, ids) };
    });
  }

  async catalogue(): Promise<FieldCatalogue> {
    const { catalogue } = await this.unitOfWork.run((tx) => this.catalogues.model(tx));
    const { playbooks } = catalogue;
    const ofContacts = contactFields(catalogue).map(({ field }) => field);
    return { fields: catalogueFields(catalogue), contactFields: ofContacts, playbooks: [...playbooks] };
  }

  /** What events are called, as far as the reader may know of the accounts that sent them. */
  async events(principal: Principal): Promise<EventCatalogue> {
    const everything = { rule: null, text: '', asOf: null };
    return this.questions.ask(principal, everything, (tx, { day }) =>
      this.eventNames.seenSince(tx, principal.scope, isoOf(addDays(toDay(day), 1 - EVENT_DAYS))),
    );
  }

  private async *cellsInPieces(question: AccountQuestion, ids: readonly string[]): AsyncGenerator<string[]> {
    for await (const row of this.rowsInPieces(question, ids)) yield exportCells(row, question.catalogue.currency);
  }

  private async *rowsInPieces(question: AccountQuestion, ids: readonly string[]): AsyncGenerator<AccountRow> {
    for (let from = 0; from < ids.length; from += EXPORT_ROWS_AT_ONCE) {
      const piece = ids.slice(from, from + EXPORT_ROWS_AT_ONCE);
      yield* await this.unitOfWork.run((tx) => this.repository.rowsOf(tx, question, piece));
    }
  }
}
