import { Injectable } from '@nestjs/common';
import type { AccountEffect } from '@steward/shared/health-studio';
import type { Tx } from '../../db/unit-of-work.js';
import { type Day, isoOf } from '../../domain/calendar/day.js';
import { scorerOf } from '../../domain/studio/standing.js';
import type { Scope } from '../../platform/auth/scope.js';
import { NotFound, Refused } from '../../platform/errors/app-error.js';
import { AccountExplanations } from '../../stages/account-explanations.js';
import type { RunBase } from '../../stages/day-run.js';
import { compiledWith } from '../../stages/model/model.service.js';
import { realsOf, smallIntsOf } from '../../stages/state/state-row.js';
import { type AccountToday, EffectRepository } from './effect.repository.js';
import { StudioBase } from './studio-base.js';
import type { Side, TriedModel } from './tried-model.js';

interface Trial {
  base: RunBase;
  tried: TriedModel;
  scope: Scope;
  today: Day;
}

/** What a draft makes of one account: why it has its score, before and after. */
@Injectable()
export class AccountEffects {
  constructor(
    private readonly repository: EffectRepository,
    private readonly explanations: AccountExplanations,
    private readonly bases: StudioBase,
  ) {}

  async effect(tx: Tx, { base, tried, scope, today }: Trial, accountId: string): Promise<AccountEffect> {
    const account = await this.repository.account(tx, scope, accountId);
    if (account === null) throw new NotFound('account');
    const asking = { ...tried, catalogue: base.model.catalogue, scope, day: isoOf(today) };
    const [row] = account.isLive ? await this.repository.live(tx, { kind: 'list', ids: [accountId] }, asking) : [];
    if (!row) throw new Refused('ACCOUNT_NOT_SCORED', 'Only live accounts, trials and customers, are scored.');
    const day = this.bases.dayOf(base, today);
    const explained = async (side: Side) => {
      const about = { isConnected: (signal: string) => day.connected.has(signal), isQuiet: day.quietPeriod !== null };
      const { profile, limits } = scorerOf(side, about)(realsOf(row.values), smallIntsOf(row.holding));
      const { body, name } = side.profiles[profile]!;
      const compiled = compiledWith(base.model.signals, body);
      return { ...(await this.explanations.explainAs(tx, base, whole(account), { compiled, limits })), profile: name };
    };
    const [before, after] = [await explained(tried.before), await explained(tried.after)];
    const labels = new Map(base.model.signals.map(({ key, label }) => [key, label]));
    return { accountId, name: account.name, before, after, measures: sideBySide(before, after, labels) };
  }
}

/** Values as the pipeline has them: 32-bit floats. */
function whole(account: AccountToday) {
  return { ...account, signals: account.signals.map((value) => (value === null ? null : Math.fround(value))) };
}

type Explained = AccountEffect['before'];

/** Points given on both sides, the largest change first. */
function sideBySide(
  before: Explained,
  after: Explained,
  labels: ReadonlyMap<string, string>,
): AccountEffect['measures'] {
  const given = ({ measures }: Explained) => new Map(measures.map(({ signal, pointsGiven }) => [signal, pointsGiven]));
  const [then, now] = [given(before), given(after)];
  const change = (signal: string) => Math.abs((now.get(signal) ?? 0) - (then.get(signal) ?? 0));
  return [...new Set([...now.keys(), ...then.keys()])]
    .sort((a, b) => change(b) - change(a))
    .map((signal) => ({
      signal,
      label: labels.get(signal) ?? signal,
      before: then.get(signal) ?? null,
      after: now.get(signal) ?? null,
    }));
}
