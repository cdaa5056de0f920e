import type { StageSetDraft } from '@steward/shared/model-drafts';
import { plural } from '../../../lib/format.js';

export type StageDraft = StageSetDraft['stages'][number];

export const MOST_STAGES = 20;

export const BLANK_STAGES: StageSetDraft = { stages: [], onStatus: { trial: '', churned: '', reactivated: '' } };

/** A key that no stage has, made of a name: “In trouble” → in_trouble. */
export function freeStageKey(stages: readonly Pick<StageDraft, 'key'>[], name = 'stage'): string {
  const keys = new Set(stages.map(({ key }) => key));
  const base =
    name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '_')
      .replaceAll(/^[^a-z]+|_+$/g, '')
      .slice(0, 26) || 'stage';
  if (!keys.has(base)) return base;
  let number = 2;
  while (keys.has(`${base}_${number}`)) number += 1;
  return `${base}_${number}`;
}

/** With one more before the last: the last is mostly the one of those who left. */
export function withNewStage(body: StageSetDraft): { body: StageSetDraft; key: string } {
  const key = freeStageKey(body.stages);
  const stage: StageDraft = { key, label: '', rule: null, expectedDays: null, stuckDays: null, fallsBackTo: [] };
  const at = Math.max(0, body.stages.length - 1);
  return { body: { ...body, stages: [...body.stages.slice(0, at), stage, ...body.stages.slice(at)] }, key };
}

/** A new key is followed where the stage is named. */
export function withStage(body: StageSetDraft, index: number, change: Partial<StageDraft>): StageSetDraft {
  const before = body.stages[index]?.key;
  const stages = body.stages.map((stage, at) => (at === index ? { ...stage, ...change } : stage));
  if (change.key === undefined || before === undefined) return { ...body, stages };
  const now = change.key;
  const renamed = (key: string) => (key === before ? now : key);
  return {
    stages: stages.map((stage) => ({ ...stage, fallsBackTo: stage.fallsBackTo.map(renamed) })),
    onStatus: {
      trial: renamed(body.onStatus.trial),
      churned: renamed(body.onStatus.churned),
      reactivated: renamed(body.onStatus.reactivated),
    },
  };
}

export const withoutStage = (body: StageSetDraft, index: number): StageSetDraft => {
  const gone = body.stages[index]?.key;
  return {
    ...body,
    stages: body.stages
      .filter((_, at) => at !== index)
      .map((stage) => ({ ...stage, fallsBackTo: stage.fallsBackTo.filter((key) => key !== gone) })),
  };
};

/** “Behind after 30 days, stuck after 60 · falls back to Established”. */
export function stageFacts(
  { expectedDays, stuckDays, fallsBackTo }: Pick<StageDraft, 'expectedDays' | 'stuckDays' | 'fallsBackTo'>,
  labelOf: (key: string) => string,
): string {
  const pace = [
    expectedDays === null ? null : `behind after ${plural(expectedDays, 'day')}`,
    stuckDays === null ? null : `stuck after ${plural(stuckDays, 'day')}`,
  ].filter((each) => each !== null);
  const back = fallsBackTo.length === 0 ? 'never falls back' : `falls back to ${fallsBackTo.map(labelOf).join(', ')}`;
  return [pace.join(', '), back].filter((each) => each !== '').join(' · ');
}

export const STATUS_MOVES = [
  { status: 'trial', label: 'A trial begins' },
  { status: 'churned', label: 'A customer leaves' },
  { status: 'reactivated', label: 'A customer comes back' },
] as const;

/** What the place of a problem is called: `stages.0.rule` → “Prospect”, `onStatus.trial` → “A trial begins”. */
export function stageAt(body: StageSetDraft, path: string): string | null {
  const [list, at] = path.split('.');
  if (list === 'onStatus') return STATUS_MOVES.find(({ status }) => status === at)?.label ?? null;
  const stage = list === 'stages' ? body.stages[Number(at)] : undefined;
  return stage === undefined ? null : stage.label || `The stage at place ${Number(at) + 1}`;
}
