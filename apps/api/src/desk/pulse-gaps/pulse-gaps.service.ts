import { Injectable } from '@nestjs/common';
import type { PulseGapList, PulseGapQuery } from '@steward/shared/pulse';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { isoOf } from '../../domain/calendar/day.js';
import { type PulseGap, pulseGapOf } from '../../domain/health/pulse-gap.js';
import { PULSE_SIGNAL_KEY } from '../../domain/signals/built-in.js';
import type { Principal } from '../../platform/auth/principal.js';
import { PulseReasonsReader, reasonsInWords } from '../../records/pulse/pulse-reasons.reader.js';
import { WorkspaceReader } from '../../records/workspace/workspace.reader.js';
import { ModelService } from '../../stages/model/model.service.js';
import { peopleMeant } from '../whose.js';
import { type PulsedState, PulseGapsRepository } from './pulse-gaps.repository.js';

interface Gap extends PulseGap {
  accountId: string;
  arrMinor: number | null;
}

/** Where people’s judgement and the score disagree: to be looked at, the most money first. */
@Injectable()
export class PulseGapsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: PulseGapsRepository,
    private readonly models: ModelService,
    private readonly reasons: PulseReasonsReader,
    private readonly workspaces: WorkspaceReader,
  ) {}

  list(principal: Principal, { scope: whose, offset, limit }: PulseGapQuery): Promise<PulseGapList> {
    return this.unitOfWork.run(async (tx) => {
      const asOf = isoOf(await this.workspaces.today(tx));
      const gaps = await this.gaps(tx, principal, whose);
      const page = gaps.slice(offset, offset + limit);
      const ids = page.map(({ accountId }) => accountId);
      const shown = new Map(
        (await this.repository.shown(tx, principal.scope, ids, asOf)).map((each) => [each.account.id, each]),
      );
      const { reasons } = await this.reasons.list(tx);
      return {
        asOf,
        total: gaps.length,
        gaps: page.flatMap(({ accountId, pulseScore, scoreWithoutPulse, gap }) => {
          const found = shown.get(accountId);
          if (found === undefined) return [];
          const { account, pulse, score, band } = found;
          const direction = pulseScore > scoreWithoutPulse ? ('better' as const) : ('worse' as const);
          const said = { ...pulse, reasons: reasonsInWords(pulse.reasons, reasons) };
          return [{ account, pulse: said, pulseScore, scoreWithoutPulse, score, band, gap, direction }];
        }),
      };
    });
  }

  private async gaps(tx: Tx, principal: Principal, whose: PulseGapQuery['scope']): Promise<Gap[]> {
    const model = await this.models.model(tx);
    const number = model.signals.find(({ key }) => key === PULSE_SIGNAL_KEY)?.number;
    if (number === undefined) return [];
    const states = await this.repository.pulsed(tx, principal.scope, peopleMeant(principal, whose), number);
    await this.models.compileVersions(
      tx,
      model,
      states.map(({ healthVersionId }) => healthVersionId),
    );
    const gapOf = ({ accountId, arrMinor, healthVersionId, signals, caps }: PulsedState): Gap[] => {
      const profile = model.compiledVersions.get(healthVersionId);
      const gap = profile === undefined ? null : pulseGapOf(profile, signals, caps, signals[number - 1] ?? null);
      return gap?.disagrees ? [{ ...gap, accountId, arrMinor }] : [];
    };
    return states.flatMap(gapOf).sort(mostMoneyFirst);
  }
}

/** By gap × ARR; without ARR by gap alone, after the others. */
function mostMoneyFirst(a: Gap, b: Gap): number {
  const weight = ({ gap, arrMinor }: Gap) => gap * (arrMinor ?? 0);
  return weight(b) - weight(a) || b.gap - a.gap || (a.accountId < b.accountId ? -1 : 1);
}
