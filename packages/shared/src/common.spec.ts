import type { z } from 'zod';
import { createApiKeySchema, createUserSchema } from './access.js';
import { updateAccountSchema } from './accounts.js';
import { bulkChangeSchema } from './bulk.js';
import { columnsSchema } from './catalogue.js';
import { createDealSchema, dealStageSchema, loseDealSchema, winDealSchema } from './deals.js';
import { goalActionSchema, goalListQuerySchema } from './goals.js';
import { churnReasonSchema, churnSchema, leavingSchema } from './leaving.js';
import { tierSetDraftSchema } from './model-drafts.js';
import { createWebhookSchema } from './notifications.js';
import { playbookDefinitionSchema, taskTemplateSchema } from './playbooks.js';
import { createQuietPeriodSchema } from './quiet-periods.js';
import { renewalOutcomeSchema } from './renewals.js';
import { createSubscriptionSchema } from './subscriptions.js';
import { createTaskSchema, taskActionSchema, taskListQuerySchema, updateTaskSchema } from './tasks.js';
import { createViewSchema, viewSchema } from './views.js';
import { updateWorkspaceSchema } from './workspace.js';

const placesOf = (schema: z.ZodType, value: unknown): string[] =>
  (schema.safeParse(value).error?.issues ?? []).map(({ path }) => path.join('.'));

describe('a text that people write', () => {
  const FIELDS: [string, z.ZodType, object, string][] = [
    ['title of a task', createTaskSchema, {}, 'title'],
    ['new title of a task', updateTaskSchema, {}, 'title'],
    ['guidance of a task', createTaskSchema, {}, 'guidance'],
    ['note of a task', taskActionSchema, { action: 'complete' }, 'note'],
    ['text that tasks are searched for', taskListQuerySchema, {}, 'text'],
    ['note of a goal', goalActionSchema, { action: 'achieve' }, 'note'],
    ['text that goals are searched for', goalListQuerySchema, {}, 'text'],
    ['title of a task of a playbook', taskTemplateSchema, {}, 'title'],
    ['purpose of a playbook', playbookDefinitionSchema, {}, 'purpose'],
    ['name of a deal', createDealSchema, {}, 'name'],
    ['reason of a deal that was won', winDealSchema, {}, 'reason'],
    ['reason of a deal that was lost', loseDealSchema, {}, 'reason'],
    ['name of a stage of deals', dealStageSchema, {}, 'label'],
    ['plan of a subscription', createSubscriptionSchema, {}, 'plan'],
    ['note of a renewal', renewalOutcomeSchema, { outcome: 'renewed' }, 'note'],
    ['note of a notice', leavingSchema, {}, 'note'],
    ['competitor', churnSchema, {}, 'competitor'],
    ['name of a reason to leave', churnReasonSchema, {}, 'label'],
    ['reason of a snooze of many', bulkChangeSchema, { kind: 'snooze' }, 'reason'],
    ['name of an account', updateAccountSchema, {}, 'name'],
    ['name of a view', createViewSchema, {}, 'name'],
    ['text that a view searches for', createViewSchema, {}, 'text'],
    ['name of a quiet period', createQuietPeriodSchema, {}, 'name'],
    ['name of the workspace', updateWorkspaceSchema, {}, 'name'],
    ['name of a person', createUserSchema, {}, 'fullName'],
    ['name of a key', createApiKeySchema, {}, 'name'],
    ['name of a webhook', createWebhookSchema, {}, 'name'],
  ];

  it.each(FIELDS)('is whole Unicode characters: the %s', (_what, schema, others, field) => {
    expect(placesOf(schema, { ...others, [field]: 'Ask about 😀 seats' })).not.toContain(field);
    expect(placesOf(schema, { ...others, [field]: 'Ask \ud83d about seats' })).toContain(field);
    expect(placesOf(schema, { ...others, [field]: 'Ask \u0000 about seats' })).toContain(field);
  });

  it('is so in a draft of the model, in which it may be empty', () => {
    const tier = { key: 'T1', color: '', rule: null, cadenceDays: null, responseHours: null, targetAccounts: null };
    const draft = (label: string) => ({ tiers: [{ ...tier, label }], holdDays: null });
    expect(placesOf(tierSetDraftSchema, draft(''))).toEqual([]);
    expect(placesOf(tierSetDraftSchema, draft('Key \ud83d'))).toEqual(['tiers.0.label']);
  });

  it('is one line where many alerts are snoozed, as it is where one is', () => {
    const snooze = { kind: 'snooze', until: '2026-05-01' };
    expect(placesOf(bulkChangeSchema, { ...snooze, reason: 'Holidays\nuntil May' })).toEqual(['reason']);
  });
});

describe('the columns of a view', () => {
  it('name each field once', () => {
    expect(columnsSchema.safeParse(['account.name', 'account.arr']).success).toBe(true);
    expect(placesOf(createViewSchema, { columns: ['account.name', 'account.name'] })).toContain('columns');
  });

  it('are answered also where they were saved with one of them twice', () => {
    expect(placesOf(viewSchema, { columns: ['account.name', 'account.name'] })).not.toContain('columns');
  });
});
