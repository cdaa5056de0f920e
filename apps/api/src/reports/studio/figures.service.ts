import { Injectable } from '@nestjs/common';
import { BANDS } from '@steward/shared/common';
import type { StudioOverview, StudioSignals } from '@steward/shared/health-figures';
import { allowEach } from '../../db/statement-time.js';
import { UnitOfWork } from '../../db/unit-of-work.js';
import { isoOf } from '../../domain/calendar/day.js';
import type { Scope } from '../../platform/auth/scope.js';
import { TooManyRequests } from '../../platform/errors/app-error.js';
import { Gate } from '../../platform/gate.js';
import type { ScoringProfile } from '../../stages/model/model.service.js';
import { FiguresRepository, type LimitCount, type ProfileStep } from './figures.repository.js';
import { StudioBase } from './studio-base.js';

const SECONDS = 15;
const STEPS = 20;
const POINTS_OF_A_STEP = 5;

/** Each reads all accounts: a few at a time, whoever asks. */
const GATE = {
  atATime: 3,
  waitingAtMost: 30,
  refusal: () => new TooManyRequests('TOO_MANY_TRIALS', 'Too much is being computed at once. Try again.', 3),
};

/** How accounts stand today by the profiles that are published, and which values their signals have. */
@Injectable()
export class FiguresService {
  private readonly gate = new Gate(GATE);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: FiguresRepository,
    private readonly bases: StudioBase,
  ) {}

  overview(scope: Scope): Promise<StudioOverview> {
    return this.gate.pass(() =>
      this.unitOfWork.run(async (tx) => {
        await allowEach(tx, { seconds: SECONDS });
        const base = await this.bases.base(tx);
        const { today, currency } = base.workspace;
        const { connected } = this.bases.dayOf(base, today);
        const steps = await this.repository.steps(tx, scope);
        const limits = await this.repository.limits(tx, scope);
        return {
          asOf: isoOf(today),
          currency,
          accounts: await this.repository.accounts(tx, scope),
          profiles: base.model.profiles.map((profile) => figuresOf(profile, steps, limits, connected)),
        };
      }),
    );
  }

  signals(scope: Scope, keys: readonly string[]): Promise<StudioSignals> {
    return this.gate.pass(() =>
      this.unitOfWork.run(async (tx) => {
        await allowEach(tx, { seconds: SECONDS });
        const base = await this.bases.base(tx);
        const { today } = base.workspace;
        const { connected } = this.bases.dayOf(base, today);
        // What is no signal (any more) has no values: it is left out.
        const asked = base.model.signals.filter(({ key }) => keys.includes(key));
        const found = asked.length === 0 ? [] : await this.repository.values(tx, scope, asked);
        return {
          asOf: isoOf(today),
          signals: asked.map(({ key }) => {
            const row = found.find(({ signal }) => signal === key) ?? NO_ACCOUNTS;
            const { steps, ...figures } = row;
            return { ...figures, signal: key, connected: connected.has(key), bins: binsOf(row) };
          }),
        };
      }),
    );
  }
}

const NO_ACCOUNTS = {
  withValue: 0,
  withoutValue: 0,
  min: null,
  p5: null,
  p50: null,
  p95: null,
  max: null,
  steps: [],
};

interface Spread {
  min: number | null;
  max: number | null;
  steps: readonly number[];
}

/** Steps of equal width from the least value to the greatest; without any value none. */
function binsOf({ min, max, steps }: Spread): StudioSignals['signals'][number]['bins'] {
  if (min === null || max === null) return [];
  const edge = (index: number) => min + ((max - min) * index) / steps.length;
  return steps.map((accounts, index) => ({ from: edge(index), to: edge(index + 1), accounts }));
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
/** Of the known; null where none is. */
function sumOfKnown(numbers: readonly (number | null)[]): number | null {
  const known = numbers.filter((number) => number !== null);
  return known.length === 0 ? null : sum(known);
}

function figuresOf(
  { profileId, body, compiled }: ScoringProfile,
  allSteps: readonly ProfileStep[],
  limits: readonly LimitCount[],
  connected: ReadonlySet<string>,
): StudioOverview['profiles'][number] {
  const steps = allSteps.filter((each) => each.profileId === profileId);
  const scored = steps.filter(({ step }) => step !== null);
  const scores = sum(scored.map(({ accounts }) => accounts));
  const accounts = sum(steps.map((each) => each.accounts));
  const notConnected = compiled.counted.flatMap(({ signal }) => (connected.has(signal) ? [] : [signal]));
  return {
    profileId,
    accounts,
    arrMinor: sumOfKnown(steps.map(({ arrMinor }) => arrMinor)),
    unknown: accounts - scores,
    mean: scores === 0 ? null : sum(scored.map(({ points }) => points)) / scores,
    bands: BANDS.map((band) => {
      const within = steps.filter((each) => each.band === band);
      return {
        band,
        accounts: sum(within.map((each) => each.accounts)),
        arrMinor: sumOfKnown(within.map(({ arrMinor }) => arrMinor)),
      };
    }),
    histogram: Array.from({ length: STEPS }, (_, step) => ({
      from: step * POINTS_OF_A_STEP,
      to: (step + 1) * POINTS_OF_A_STEP,
      accounts: sum(scored.filter((each) => each.step === step).map((each) => each.accounts)),
    })),
    connectedMeasures: compiled.counted.length - notConnected.length,
    countedMeasures: compiled.counted.length,
    notConnected,
    limits: body.limits.map(({ key }, place) => ({
      key,
      holds: sum(
        limits.filter((each) => each.profileId === profileId && each.place === place).map((each) => each.accounts),
      ),
    })),
  };
}
