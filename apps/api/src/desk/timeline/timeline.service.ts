import { Injectable } from '@nestjs/common';
import type { Timeline, TimelineEntry, TimelineQuery } from '@steward/shared/timeline';
import { CatalogueReader } from '../../db/rules/catalogue.reader.js';
import { UnitOfWork } from '../../db/unit-of-work.js';
import { minorDigits } from '../../domain/values/money.js';
import type { Principal } from '../../platform/auth/principal.js';
import { InvalidInput, NotFound } from '../../platform/errors/app-error.js';
import { SalesLists } from '../../records/deals/sales-lists.reader.js';
import { asOfDay, WorkspaceReader } from '../../records/workspace/workspace.reader.js';
import { type StoredEntry, type TimelineKey, TimelineRepository } from './timeline.repository.js';

/** Everything that happened on an account, of all kinds in one list. */
@Injectable()
export class TimelineService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: TimelineRepository,
    private readonly catalogues: CatalogueReader,
    private readonly salesLists: SalesLists,
    private readonly workspaces: WorkspaceReader,
  ) {}

  page(principal: Principal, accountId: string, query: TimelineQuery): Promise<Timeline> {
    return this.unitOfWork.run(async (tx) => {
      if (!(await this.repository.isVisible(tx, principal.scope, accountId))) throw new NotFound('account');
      const { timeZone, today } = await this.workspaces.workspace(tx);
      const { day } = asOfDay(query.asOf, today);
      const before = query.before === undefined ? null : keyOf(query.before);
      const { tiers, stages } = await this.catalogues.model(tx);
      const { stages: dealStages } = await this.salesLists.dealStages(tx);
      const question = {
        accountId,
        day,
        timeZone,
        userId: principal.kind === 'user' ? principal.user.id : null,
        labels: Object.fromEntries([
          ...[...tiers, ...stages].map(({ key, label }) => [key, label]),
          ...dealStages.map(({ key, label }) => [`deal:${key}`, label]),
        ]),
        kinds: query.kinds ?? null,
        text: query.text,
      };
      // One more than asked for tells whether there is a next page.
      const found = await this.repository.page(tx, question, before, query.limit + 1);
      const entries = found.slice(0, query.limit);
      const last = entries.at(-1);
      return {
        entries: entries.map(entryOf),
        next: found.length > query.limit && last !== undefined ? cursorOf({ at: last.key, id: last.id }) : null,
        counts: before === null ? await this.repository.counts(tx, question) : null,
      };
    });
  }
}

function cursorOf({ at, id }: TimelineKey): string {
  return Buffer.from(JSON.stringify([at, id])).toString('base64url');
}

function keyOf(cursor: string): TimelineKey {
  const [at, id] = parsed(Buffer.from(cursor, 'base64url').toString());
  const isMoment =
    typeof at === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(at) && !Number.isNaN(Date.parse(at));
  if (isMoment && typeof id === 'string' && !id.includes('\u0000')) return { at, id };
  const message = 'is no place that this list told of';
  throw new InvalidInput(`before: ${message}`, [{ path: 'before', message }]);
}

function parsed(text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

function entryOf(entry: StoredEntry): TimelineEntry {
  const { key: _, byId, byName, amountMinor, currency, at, links, title, ...rest } = entry;
  const money = amountMinor === null || currency === null ? '' : `, ${moneyInWords(amountMinor, currency)}`;
  return {
    ...rest,
    at: at.toISOString(),
    title: `${title}${money}`,
    by: byName === null ? null : { userId: byId, name: byName },
    links: links ?? [],
  };
}

/** 1,200.50 EUR */
function moneyInWords(amountMinor: number, currency: string): string {
  const digits = minorDigits(currency);
  const major = amountMinor / 10 ** digits;
  const fraction = Number.isInteger(major) ? 0 : digits;
  const number = major.toLocaleString('en-US', { minimumFractionDigits: fraction, maximumFractionDigits: fraction });
  return `${number} ${currency}`;
}
