import { playbookDefinitionSchema } from '@steward/shared/playbooks';
import { BUILT_IN_PLAYBOOKS } from './built-in.js';

describe('the ready-made playbooks', () => {
  it('are whole, of every kind, each known by its key', () => {
    for (const { definition } of BUILT_IN_PLAYBOOKS) {
      expect(playbookDefinitionSchema.safeParse(definition).error?.issues).toBeUndefined();
    }
    expect(new Set(BUILT_IN_PLAYBOOKS.map(({ key }) => key)).size).toBe(BUILT_IN_PLAYBOOKS.length);
    const kinds = new Set(BUILT_IN_PLAYBOOKS.map(({ definition }) => definition.kind));
    expect([...kinds].sort()).toEqual(['adoption', 'expansion', 'onboarding', 'renewal', 'retention']);
  });

  it('keep to the days that a renewal has', () => {
    const renewal = BUILT_IN_PLAYBOOKS.find(({ key }) => key === 'renewal')?.definition;
    const days = renewal?.tasks.flatMap(({ due }) => (due.anchor === 'renewalDate' ? [due.offset] : []));
    expect(days).toEqual(expect.arrayContaining([-90, -60, -30]));
  });

  it('give the account manager and the CSM their part of an expansion', () => {
    const expansion = BUILT_IN_PLAYBOOKS.find(({ key }) => key === 'expansion')?.definition;
    expect(new Set(expansion?.tasks.map(({ role }) => role))).toEqual(new Set(['am', 'csm']));
    expect(expansion?.target).toEqual({ kind: 'deal', dealKind: 'expansion' });
  });

  it('say for every task how it is done well', () => {
    const tasks = BUILT_IN_PLAYBOOKS.flatMap(({ definition }) => definition.tasks);
    expect(tasks.filter(({ guidance }) => guidance.length < 80)).toEqual([]);
  });
});
