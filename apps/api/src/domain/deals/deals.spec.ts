import type { DealEventKind } from '@steward/shared/deals';
import fc from 'fast-check';
import { type DealFields, type DealStep, type PastStep, step, undoableStep } from './deal.js';
import { chanceOf, DEFAULT_DEAL_STAGES, stageOf, weighted } from './stages.js';

const today = '2026-04-15';

function deal(overrides: Partial<DealFields> = {}): DealFields {
  return {
    kind: 'expansion',
    name: 'More seats',
    stage: 'proposal',
    amountMinor: 120_000,
    currency: 'EUR',
    probability: null,
    closeOn: '2026-05-31',
    ownerUserId: null,
    ownerText: null,
    state: 'open',
    endedOn: null,
    reason: null,
    openedOn: '2026-03-01',
    goalId: null,
    ...overrides,
  };
}
const won = deal({ state: 'won', endedOn: '2026-04-10', reason: 'price' });

describe('the stage of a deal', () => {
  it('is the workspace’s by key or label, whatever the case', () => {
    expect(stageOf('PROPOSAL', DEFAULT_DEAL_STAGES)).toEqual({ key: 'proposal', label: 'Proposal' });
    expect(stageOf('Verbal agreement', DEFAULT_DEAL_STAGES)).toEqual({ key: 'verbal', label: 'Verbal agreement' });
  });

  it('is the text of an import where it is none of them', () => {
    expect(stageOf('Legal review', DEFAULT_DEAL_STAGES)).toEqual({ key: null, label: 'Legal review' });
    expect(stageOf(null, DEFAULT_DEAL_STAGES)).toBeNull();
  });
});

describe('the probability of a deal', () => {
  it.each([
    ['its own', deal({ probability: 65 }), 65, 'deal'],
    ['its stage’s', deal(), 50, 'stage'],
    ['not known in a stage of an import', deal({ stage: 'Legal review' }), null, null],
    ['100 once won', deal({ state: 'won', probability: 10 }), 100, 'end'],
    ['0 once lost', deal({ state: 'lost' }), 0, 'end'],
  ])('is %s', (_what, of, probability, probabilityFrom) => {
    expect(chanceOf(of, DEFAULT_DEAL_STAGES)).toEqual({ probability, probabilityFrom });
  });

  it('weighs the amount, half up', () => {
    expect(weighted(1_001, 50)).toBe(501);
    expect(weighted(null, 50)).toBeNull();
    expect(weighted(1_000, null)).toBeNull();
  });
});

describe('what people do with a deal', () => {
  it('moves an open one to another stage, and knows a move from another edit', () => {
    expect(step(deal(), { kind: 'edit', fields: { stage: 'negotiation' } }, today)).toEqual({
      kind: 'done',
      change: { stage: 'negotiation' },
      event: 'moved',
    });
    expect(step(deal(), { kind: 'edit', fields: { amountMinor: 5, stage: 'proposal' } }, today)).toEqual({
      kind: 'done',
      change: { amountMinor: 5 },
      event: 'edited',
    });
  });

  it('wins and loses with the day and the reason', () => {
    expect(step(deal(), { kind: 'win', on: '2026-04-12', reason: null }, today)).toMatchObject({
      change: { state: 'won', endedOn: '2026-04-12', openedOn: '2026-03-01' },
    });
    expect(step(deal(), { kind: 'lose', on: '2026-02-01', reason: 'budget' }, today)).toMatchObject({
      change: { state: 'lost', endedOn: '2026-02-01', reason: 'budget', openedOn: '2026-02-01' },
    });
  });

  it('does not end on a day to come', () => {
    expect(step(deal(), { kind: 'win', on: '2026-04-16', reason: null }, today)).toEqual({
      kind: 'refused',
      why: 'DAY_IN_FUTURE',
    });
  });

  it('changes only name and goal of one that has ended', () => {
    expect(step(won, { kind: 'edit', fields: { name: 'Renamed' } }, today)).toMatchObject({ kind: 'done' });
    expect(step(won, { kind: 'edit', fields: { amountMinor: 1 } }, today)).toEqual({
      kind: 'refused',
      why: 'DEAL_ENDED',
    });
    expect(step(won, { kind: 'win', on: today, reason: null }, today)).toEqual({ kind: 'refused', why: 'DEAL_ENDED' });
  });

  it('reopens what has ended, and nothing else', () => {
    expect(step(won, { kind: 'reopen' }, today)).toEqual({
      kind: 'done',
      change: { state: 'open', endedOn: null, reason: null },
      event: 'reopened',
    });
    expect(step(deal(), { kind: 'reopen' }, today)).toEqual({ kind: 'refused', why: 'DEAL_OPEN' });
  });
});

interface World {
  deal: DealFields;
  revision: number;
  events: (PastStep & { before: { revision: number; deal: DealFields } | null })[];
}

const anyStep: fc.Arbitrary<DealStep | { kind: 'undo' } | { kind: 'import' }> = fc.oneof(
  fc.record({ kind: fc.constant('edit' as const), fields: fc.record({ amountMinor: fc.nat(1_000) }) }),
  fc.record({
    kind: fc.constant('edit' as const),
    fields: fc.record({ stage: fc.constantFrom('identified', 'proposal', 'Legal review') }),
  }),
  fc.record({
    kind: fc.constant('win' as const),
    on: fc.constantFrom('2026-04-01', '2026-04-20'),
    reason: fc.constant(null),
  }),
  fc.record({ kind: fc.constant('lose' as const), on: fc.constantFrom('2026-04-01'), reason: fc.constant('budget') }),
  fc.constant({ kind: 'reopen' as const }),
  fc.constant({ kind: 'undo' as const }),
  fc.constant({ kind: 'import' as const }),
);

function walk(world: World, asked: DealStep | { kind: 'undo' } | { kind: 'import' }): World {
  const revision = world.revision + 1;
  const note = (kind: DealEventKind, undoes: string | null = null) => {
    const before = kind === 'undone' ? null : { revision: world.revision, deal: world.deal };
    return [{ id: `e${revision}`, kind, before, revisionAfter: revision, undoes }, ...world.events];
  };
  if (asked.kind === 'import') return { ...world, deal: { ...world.deal, name: `${revision}` }, revision };
  if (asked.kind === 'undo') {
    const last = undoableStep(world.events, world.revision);
    if (last === null || last.before === null) return world;
    return { deal: last.before.deal, revision, events: note('undone', last.id) };
  }
  const stepped = step(world.deal, asked, today);
  if (stepped.kind === 'refused' || Object.keys(stepped.change).length === 0) return world;
  return { deal: { ...world.deal, ...stepped.change }, revision, events: note(stepped.event) };
}

const start: World = { deal: deal(), revision: 1, events: [] };

describe('random steps, legal and illegal', () => {
  it('leave a deal that is open without an end, or ended with one', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 30 }), (steps) => {
        let world = start;
        for (const each of steps) {
          world = walk(world, each);
          const { state, endedOn, reason, openedOn } = world.deal;
          expect(endedOn === null).toBe(state === 'open');
          if (state === 'lost') expect(reason).not.toBeNull();
          if (endedOn !== null) expect(endedOn <= today && openedOn <= endedOn).toBe(true);
        }
      }),
    );
  });

  it('are all taken back, one by one, to where they began, as long as no import came between', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 15 }), (steps) => {
        let world = steps.filter(({ kind }) => kind !== 'import').reduce(walk, start);
        for (let undos = 0; undos < 40; undos += 1) world = walk(world, { kind: 'undo' });
        expect(world.deal).toEqual(start.deal);
      }),
    );
  });

  it('are never taken back over something that an import changed', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 15 }), (steps) => {
        const world = walk(steps.reduce(walk, start), { kind: 'import' });
        expect(undoableStep(world.events, world.revision)).toBeNull();
      }),
    );
  });
});
