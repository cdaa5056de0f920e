import type { StageSetDraft } from '@steward/shared/model-drafts';
import { freeStageKey, stageAt, stageFacts, withNewStage, withoutStage, withStage } from './stage-draft.js';

const aStage = (key: string, fallsBackTo: string[] = []): StageSetDraft['stages'][number] => ({
  key,
  label: key,
  rule: null,
  expectedDays: null,
  stuckDays: null,
  fallsBackTo,
});
const BODY: StageSetDraft = {
  stages: [aStage('trial'), aStage('adoption'), aStage('advocate', ['adoption']), aStage('churned')],
  onStatus: { trial: 'trial', churned: 'churned', reactivated: 'adoption' },
};

it('puts a new stage before the last, under a key that is free', () => {
  const { body, key } = withNewStage(BODY);
  expect(body.stages.map((stage) => stage.key)).toEqual(['trial', 'adoption', 'advocate', key, 'churned']);
  expect(freeStageKey(body.stages, 'In trouble!')).toBe('in_trouble');
  expect(freeStageKey(body.stages, 'Adoption')).toBe('adoption_2');
});

it('follows a new key where the stage is named', () => {
  const renamed = withStage(BODY, 1, { key: 'use' });
  expect(renamed.stages[2]?.fallsBackTo).toEqual(['use']);
  expect(renamed.onStatus.reactivated).toBe('use');
});

it('is no stage to fall back to once it is gone; what a status asks for stays to be mended', () => {
  const without = withoutStage(BODY, 1);
  expect(without.stages[1]?.fallsBackTo).toEqual([]);
  expect(without.onStatus.reactivated).toBe('adoption');
});

it('says when an account is behind or stuck, and where it may fall back to', () => {
  expect(stageFacts({ expectedDays: 30, stuckDays: 60, fallsBackTo: [] }, String)).toBe(
    'behind after 30 days, stuck after 60 days · never falls back',
  );
  expect(stageFacts({ expectedDays: null, stuckDays: null, fallsBackTo: ['adoption'] }, () => 'Adoption')).toBe(
    'falls back to Adoption',
  );
});

it('names what a problem is about', () => {
  expect(stageAt(BODY, 'stages.3.rule')).toBe('churned');
  expect(stageAt(BODY, 'onStatus.churned')).toBe('A customer leaves');
});
