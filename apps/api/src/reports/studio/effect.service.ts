import { Injectable } from '@nestjs/common';
import type {
  ChangedAccount,
  ChangedAccounts,
  ChangedAccountsExport,
  ChangedAccountsQuery,
  DraftEffect,
  DraftEffectQuery,
  StudioProfile,
} from '@steward/shared/health-studio';
import { asked } from '../../db/asked.js';
import { allowEach } from '../../db/statement-time.js';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { type Day, isoOf } from '../../domain/calendar/day.js';
import { arrOf, byArr, type ChangedStanding, EffectTally } from '../../domain/studio/draft-effect.js';
import { MeasureTally } from '../../domain/studio/draft-measures.js';
import { effectRemarks } from '../../domain/studio/effect-remarks.js';
import { scorerOf } from '../../domain/studio/standing.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { actorOf, type Principal } from '../../platform/auth/principal.js';
import type { Scope } from '../../platform/auth/scope.js';
import { TooManyRequests } from '../../platform/errors/app-error.js';
import { Gate } from '../../platform/gate.js';
import { bucketRange } from '../../stages/batch.js';
import type { RunBase } from '../../stages/day-run.js';
import { realsOf, smallIntsOf } from '../../stages/state/state-row.js';
import { type CsvTable, cell, money } from '../base/csv-table.js';
import { AccountEffects } from './account-effects.js';
import { EffectRepository } from './effect.repository.js';
import { StudioBase } from './studio-base.js';
import { type TriedModel, triedModel } from './tried-model.js';

const SECONDS = 20;
const SHOWN = 100;
const BUCKETS = 256;
/** While a part is scored here, the database reads the next; between parts others get their turn. */
const ACCOUNTS_OF_A_PART = 12_500;

const EXPORT_HEADERS = [
  'Account id',
  'Name',
  'Tier',
  'ARR',
  'Score before',
  'Band before',
  'Profile before',
  'Score after',
  'Band after',
  'Profile after',
];

/** Each reads all accounts: a few at a time, whoever asks. */
const GATE = {
  atATime: 2,
  waitingAtMost: 20,
  refusal: () => new TooManyRequests('TOO_MANY_TRIALS', 'Too many drafts are tried at once. Try again.', 3),
};

interface Trial {
  base: RunBase;
  today: Day;
  tried: TriedModel;
  tally: EffectTally;
  measures: ReturnType<MeasureTally['figures']>;
}

/** What a draft profile would change today, over the accounts that the reader sees. Nothing is kept of it. */
@Injectable()
export class EffectService {
  private readonly gate = new Gate(GATE);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: EffectRepository,
    private readonly bases: StudioBase,
    private readonly accounts: AccountEffects,
    private readonly audit: AuditLog,
  ) {}

  effect({ scope }: Principal, { profile, accountId }: DraftEffectQuery): Promise<DraftEffect> {
    return this.asked(async (tx) => {
      const trial = await this.trial(tx, scope, profile);
      const { tally, measures, base, tried, today } = trial;
      const account =
        accountId === null ? null : await this.accounts.effect(tx, { base, tried, scope, today }, accountId);
      const counted = measures.measures.filter(({ share }) => share > 0);
      const effect = {
        asOf: isoOf(today),
        currency: base.workspace.currency,
        ...tally.figures,
        scoredByDraft: measures.scored,
        changed: await this.page(tx, scope, trial, tally.changed, { offset: 0, limit: SHOWN }),
        measures: measures.measures,
        connectedMeasures: counted.filter(({ state }) => state !== 'not_connected' && state !== 'unknown_signal')
          .length,
        countedMeasures: counted.length,
        account,
      };
      return { ...effect, remarks: effectRemarks(effect) };
    });
  }

  changed({ scope }: Principal, query: ChangedAccountsQuery): Promise<ChangedAccounts> {
    return this.asked(async (tx) => {
      const trial = await this.trial(tx, scope, query.profile);
      const page = await this.page(tx, scope, trial, chosen(trial, query), query);
      return { asOf: isoOf(trial.today), ...page };
    });
  }

  async export(principal: Principal, query: ChangedAccountsExport): Promise<{ table: CsvTable; name: string }> {
    const { scope } = principal;
    const { rows, day, currency } = await this.asked(async (tx) => {
      const trial = await this.trial(tx, scope, query.profile);
      const all = chosen(trial, query);
      const page = await this.page(tx, scope, trial, all, { offset: 0, limit: all.length });
      await this.audit.record(tx, {
        actor: actorOf(principal),
        action: 'accounts.exported',
        subject: { kind: 'accounts', id: 'studio' },
        changes: { accounts: { from: null, to: page.rows.length }, asOf: { from: null, to: isoOf(trial.today) } },
      });
      return { rows: page.rows, day: isoOf(trial.today), currency: trial.base.workspace.currency };
    });
    return {
      table: { headers: [...EXPORT_HEADERS], rows: rows.map((row) => cellsOf(row, currency)) },
      name: `changed-bands-${day}`,
    };
  }

  private asked<Answer>(answer: (tx: Tx) => Promise<Answer>): Promise<Answer> {
    return this.gate.pass(() =>
      this.unitOfWork.run(async (tx) => {
        await allowEach(tx, { seconds: SECONDS });
        return answer(tx);
      }),
    );
  }

  /** Scores every live account of the scope twice, from the signals that are stored. */
  private async trial(tx: Tx, scope: Scope, profile: StudioProfile): Promise<Trial> {
    const base = await this.bases.base(tx);
    const { today } = base.workspace;
    const unused = profile.profileId === null ? null : await this.repository.profile(tx, profile.profileId);
    const tried = triedModel(base.model, profile, unused);
    const day = this.bases.dayOf(base, today);
    const about = { isConnected: (signal: string) => day.connected.has(signal), isQuiet: day.quietPeriod !== null };
    const asking = { ...tried, catalogue: base.model.catalogue, scope, day: isoOf(today) };
    const [scoreBefore, scoreAfter] = [scorerOf(tried.before, about), scorerOf(tried.after, about)];
    const tally = new EffectTally();
    const measures = new MeasureTally(tried.after.profiles[tried.draft]!.compiled);
    const parts = partsFor(await this.repository.liveAccounts(tx));
    let next = asked(this.repository.live(tx, parts[0]!, asking));
    for (let part = 0; part < parts.length; part += 1) {
      const rows = await next;
      const following = parts[part + 1];
      if (following) next = asked(this.repository.live(tx, following, asking));
      for (const row of rows) {
        const values = realsOf(row.values);
        const holding = smallIntsOf(row.holding);
        const before = scoreBefore(values, holding);
        const after = scoreAfter(values, holding);
        if (after.profile === tried.draft) measures.take(values);
        const [from, to] = [tried.before.profiles[before.profile]!, tried.after.profiles[after.profile]!];
        tally.take({ accountId: row.id, arrMinor: row.arrMinor, before, after }, from.profileId === to.profileId);
      }
    }
    const labels = new Map(base.model.signals.map(({ key, label }) => [key, label]));
    const figures = measures.figures({ labelOf: (key) => labels.get(key) ?? null, isConnected: about.isConnected });
    return { base, today, tried, tally, measures: figures };
  }

  private async page(
    tx: Tx,
    scope: Scope,
    { tried }: Trial,
    all: readonly ChangedStanding[],
    { offset, limit }: { offset: number; limit: number },
  ): Promise<DraftEffect['changed']> {
    const rows = [...all].sort(byArr).slice(offset, offset + limit);
    const named = await this.repository.named(
      tx,
      scope,
      rows.map(({ accountId }) => accountId),
    );
    return {
      total: all.length,
      arrMinor: arrOf(all),
      rows: rows.flatMap(({ accountId, arrMinor, before, after }): ChangedAccount[] => {
        const about = named.get(accountId);
        if (!about) return [];
        const side = ({ score, band }: typeof before, profile: string) => ({ score, band, profile });
        return [
          {
            accountId,
            ...about,
            arrMinor,
            before: side(before, tried.before.profiles[before.profile]!.name),
            after: side(after, tried.after.profiles[after.profile]!.name),
          },
        ];
      }),
    };
  }
}

function partsFor(accounts: number) {
  const parts = Math.max(1, Math.min(BUCKETS, Math.ceil(accounts / ACCOUNTS_OF_A_PART)));
  const edge = (part: number) => Math.floor((part * BUCKETS) / parts);
  return Array.from({ length: parts }, (_, part) => bucketRange(edge(part), edge(part + 1) - 1));
}

function chosen({ tally }: Trial, { from, to }: Pick<ChangedAccountsQuery, 'from' | 'to'>): ChangedStanding[] {
  return tally.changed.filter(
    ({ before, after }) => (from === null || before.band === from) && (to === null || after.band === to),
  );
}

function cellsOf({ accountId, name, tier, arrMinor, before, after }: ChangedAccount, currency: string): string[] {
  return [
    accountId,
    name,
    tier ?? '',
    money(arrMinor, currency),
    cell(before.score),
    before.band,
    before.profile,
    cell(after.score),
    after.band,
    after.profile,
  ];
}
