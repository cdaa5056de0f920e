import { Injectable } from '@nestjs/common';
import type { Brief, BriefChange } from '@steward/shared/brief';
import type { Band, IsoDay, Trend } from '@steward/shared/common';
import { CatalogueReader, type PublishedModel } from '../../db/rules/catalogue.reader.js';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { addDays, type Day, isoOf } from '../../domain/calendar/day.js';
import type { Principal } from '../../platform/auth/principal.js';
import { NotFound } from '../../platform/errors/app-error.js';
import { WorkspaceReader } from '../../records/workspace/workspace.reader.js';
import { AccountExplanations } from '../../stages/account-explanations.js';
import { type BriefAccount, BriefRepository } from './brief.repository.js';
import { BriefValuesRepository, type Values } from './brief-values.repository.js';
import { whyInLines } from './why.js';

const COMPARED = {
  'health.score': 'number',
  'health.band': 'text',
  tier: 'text',
  stage: 'text',
  'account.arr': 'money',
  'account.seats': 'number',
  'usage.active_contacts': 'number',
  'usage.seat_utilization': 'percent',
  'adoption.features': 'number',
  'support.open_tickets': 'number',
  'sentiment.nps': 'number',
} as const satisfies Record<string, BriefChange['type']>;

const SHOWN = [
  ...Object.keys(COMPARED),
  'health.change',
  'health.trend',
  'stage.since',
  'account.renewalDate',
  'account.customerSince',
  'commercial.days_to_renewal',
  'relationship.days_since_touch',
  'usage.active_contacts_change',
];

const SPANS = [30, 90] as const;
const WEEKS = 13;

/** One page for a call or a business review. */
@Injectable()
export class BriefService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: BriefRepository,
    private readonly values: BriefValuesRepository,
    private readonly explanations: AccountExplanations,
    private readonly catalogues: CatalogueReader,
    private readonly workspaces: WorkspaceReader,
  ) {}

  read(principal: Principal, accountId: string): Promise<Brief> {
    return this.unitOfWork.run(async (tx) => {
      const { name: workspace, currency, settings, today } = await this.workspaces.workspace(tx);
      const day = isoOf(today);
      const model = await this.catalogues.model(tx);
      const account = await this.repository.account(tx, principal.scope, accountId, model.catalogue, day);
      if (account === null) throw new NotFound('account');
      const now = (await this.values.on(tx, model.catalogue, accountId, { day, past: false }, SHOWN)) ?? new Map();
      return {
        workspace,
        currency,
        asOf: day,
        account: headerOf(account, now, model),
        health: await this.health(tx, accountId, now, model, { day, pulseDays: settings.pulseDays }),
        changed: await this.changed(tx, accountId, today, now, model),
        usage: await this.usage(tx, accountId, today, now, model),
        tickets: await this.repository.tickets(tx, accountId, day),
        touches: await this.repository.touches(tx, accountId, day),
        plan: await this.repository.plan(tx, accountId, day),
        goals: await this.repository.goals(tx, accountId),
        tasks: await this.repository.tasks(tx, accountId, day),
        alerts: await this.repository.alerts(tx, accountId),
        renewal: await this.renewal(tx, account, day),
        deals: await this.repository.deals(tx, accountId),
        contacts: await this.repository.contacts(tx, accountId, day),
      };
    });
  }

  private async health(
    tx: Tx,
    accountId: string,
    now: Values,
    { catalogue }: PublishedModel,
    { day, pulseDays }: { day: IsoDay; pulseDays: number },
  ): Promise<Brief['health']> {
    const stored = await this.values.scored(tx, accountId);
    const explained = stored === null ? null : await this.explanations.explain(tx, stored);
    return {
      score: numberOf(now, 'health.score'),
      band: (now.get('health.band') as Band | null | undefined) ?? null,
      change: numberOf(now, 'health.change'),
      trend: (now.get('health.trend') as Trend | null | undefined) ?? null,
      why: explained === null ? [] : whyInLines(explained, (key) => catalogue.fields.get(key)?.field),
      pulse: await this.repository.pulse(tx, accountId, day, pulseDays),
    };
  }

  /** Against the closed day that so many days ago was. */
  private async changed(
    tx: Tx,
    accountId: string,
    today: Day,
    now: Values,
    model: PublishedModel,
  ): Promise<Brief['changed']> {
    const keys = Object.keys(COMPARED) as (keyof typeof COMPARED)[];
    const changed: Brief['changed'] = [];
    for (const days of SPANS) {
      const day = isoOf(addDays(today, -days));
      const then = await this.values.on(tx, model.catalogue, accountId, { day, past: true }, keys);
      const values = keys.flatMap((key): BriefChange[] => {
        if (then === null) return [];
        const [from, to] = [then.get(key) ?? null, now.get(key) ?? null];
        if (from === to) return [];
        const label = model.catalogue.fields.get(key)?.field.label ?? key;
        return [
          { field: key, label, type: COMPARED[key], from: inLabel(model, key, from), to: inLabel(model, key, to) },
        ];
      });
      changed.push({ days, values });
    }
    return changed;
  }

  private async usage(
    tx: Tx,
    accountId: string,
    today: Day,
    now: Values,
    { signals }: PublishedModel,
  ): Promise<Brief['usage']> {
    const days = Array.from({ length: WEEKS }, (_, week) => isoOf(addDays(today, -7 * (WEEKS - 1 - week))));
    const number = signals.find(({ key }) => key === 'usage.active_contacts')?.number ?? 0;
    return {
      days,
      activeContacts: await this.values.signalOn(tx, accountId, number, days),
      activeContactsChange: numberOf(now, 'usage.active_contacts_change'),
    };
  }

  /** As it is kept; else what the account itself says. */
  private async renewal(tx: Tx, account: BriefAccount, day: IsoDay): Promise<Brief['renewal']> {
    const kept = await this.repository.renewal(tx, account.id, day);
    const own =
      account.renewalDate === null
        ? null
        : { dueDay: account.renewalDate, amountMinor: account.arrMinor, forecast: null, forecastMinor: null };
    const renewal = kept ?? own;
    if (renewal === null) return null;
    if (account.leaving) return { ...renewal, forecast: 'lost', forecastMinor: 0 };
    return {
      ...renewal,
      forecast: renewal.forecast ?? 'likely',
      forecastMinor: renewal.forecastMinor ?? renewal.amountMinor,
    };
  }
}

function numberOf(values: Values, key: string): number | null {
  const value = values.get(key) ?? null;
  return typeof value === 'number' ? value : null;
}

const dayOf = (values: Values, key: string): IsoDay | null => (values.get(key) as IsoDay | null | undefined) ?? null;

/** Members of enumerated fields by their label. */
function inLabel({ catalogue }: PublishedModel, key: string, value: number | string | null): number | string | null {
  const option = catalogue.fields.get(key)?.field.options?.find((each) => each.value === value);
  return option?.label ?? value;
}

function headerOf(
  { leaving: _, arrMinor, renewalDate, ...account }: BriefAccount,
  now: Values,
  model: PublishedModel,
): Brief['account'] {
  const stage = now.get('stage') ?? null;
  return {
    ...account,
    arrMinor,
    renewalDate,
    tier: (now.get('tier') as string | null | undefined) ?? null,
    stage:
      stage === null
        ? null
        : { key: String(stage), label: String(inLabel(model, 'stage', stage)), since: dayOf(now, 'stage.since') },
    seats: numberOf(now, 'account.seats'),
    seatUtilization: numberOf(now, 'usage.seat_utilization'),
    customerSince: dayOf(now, 'account.customerSince'),
    daysToRenewal: numberOf(now, 'commercial.days_to_renewal'),
    nps: numberOf(now, 'sentiment.nps'),
    daysSinceTouch: numberOf(now, 'relationship.days_since_touch'),
  };
}
