import { Group, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import { DEAL_KINDS, type DealKind } from '@steward/shared/deals';
import { useQuery } from '@tanstack/react-query';
import { fieldOf, useCatalogue } from '../../lib/catalogue.js';
import { accountGoalsQuery } from '../goal/get-goals.js';
import { CurrencySelect } from '../ui/currency-select.js';
import { DayInput } from '../ui/day-input.js';
import { MoneyInput } from '../ui/money-input.js';
import type { DealDraft } from './deal-draft.js';
import { DEAL_KIND_WORDS } from './deal-words.js';
import { dealStagesQuery } from './get-deals.js';

interface DealFieldsProps {
  accountId: string;
  draft: DealDraft;
  onChange: (draft: DealDraft) => void;
  /** Of a deal that has ended only the name and the goal may change. */
  ended?: boolean;
  disabled?: boolean;
  /** Text of an import that is none of the workspace's stages. */
  stageText?: string | null;
  /** The goal that it has already, which may have ended since. */
  goal?: { id: string; name: string } | null;
  autoFocus?: boolean;
}

/** All that a person may write about a deal. */
export function DealFields(props: DealFieldsProps) {
  const { accountId, draft, onChange, ended = false, disabled = false, stageText, goal, autoFocus } = props;
  const set = (change: Partial<DealDraft>) => onChange({ ...draft, ...change });
  const stages = useQuery(dealStagesQuery).data?.stages ?? [];
  const goals = useQuery({ ...accountGoalsQuery(accountId), retry: false }).data?.goals ?? [];
  const people = fieldOf(useCatalogue(), 'account.am')?.options ?? [];
  const stageProbability = stages.find(({ key }) => key === draft.stage)?.probability;
  const closed = disabled || ended;
  const goalOptions = goals.map(({ id, name }) => ({ value: id, label: name }));
  if (goal && !goals.some(({ id }) => id === goal.id)) goalOptions.unshift({ value: goal.id, label: goal.name });
  return (
    <Stack gap="sm">
      <TextInput
        label="Name"
        required
        maxLength={300}
        disabled={disabled}
        data-autofocus={autoFocus}
        value={draft.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <Group grow align="flex-start">
        <Select
          label="Kind"
          disabled={closed}
          data={DEAL_KINDS.map((value) => ({ value, label: DEAL_KIND_WORDS[value] }))}
          value={draft.kind}
          onChange={(kind) => kind && set({ kind: kind as DealKind })}
        />
        <Select
          label="Stage"
          disabled={closed}
          placeholder={stageText ?? 'None'}
          data={stages.map(({ key, label }) => ({ value: key, label }))}
          value={stages.some(({ key }) => key === draft.stage) ? draft.stage : null}
          onChange={(stage) => set({ stage })}
        />
      </Group>
      <Group grow align="flex-start">
        <MoneyInput
          label="Amount"
          currency={draft.currency}
          disabled={closed}
          value={draft.amountMinor}
          onChange={(amountMinor) => set({ amountMinor })}
        />
        <CurrencySelect
          label="Currency"
          disabled={closed}
          value={draft.currency}
          onChange={(currency) => currency && set({ currency })}
        />
      </Group>
      <Group grow align="flex-start">
        <NumberInput
          label="Probability"
          suffix=" %"
          min={0}
          max={100}
          clampBehavior="strict"
          disabled={closed}
          placeholder={stageProbability === undefined ? 'Not set' : `${stageProbability} % by its stage`}
          value={draft.probability ?? ''}
          onChange={(next) => set({ probability: typeof next === 'number' ? next : null })}
        />
        <DayInputOrText closed={closed} draft={draft} set={set} />
      </Group>
      <Group grow align="flex-start">
        <Select
          label="Owner"
          placeholder="The account manager"
          searchable
          clearable
          disabled={closed}
          data={people}
          value={draft.ownerUserId}
          onChange={(ownerUserId) => set({ ownerUserId })}
        />
        <Select
          label="For the goal"
          placeholder={goalOptions.length === 0 ? 'No goals on this account' : 'None'}
          clearable
          disabled={disabled || goalOptions.length === 0}
          data={goalOptions}
          value={draft.goalId}
          onChange={(goalId) => set({ goalId })}
        />
      </Group>
    </Stack>
  );
}

interface CloseDayProps {
  closed: boolean;
  draft: DealDraft;
  set: (change: Partial<DealDraft>) => void;
}

function DayInputOrText({ closed, draft, set }: CloseDayProps) {
  if (closed) return <TextInput label="Expected to close" disabled value={draft.closeOn ?? ''} readOnly />;
  return <DayInput label="Expected to close" value={draft.closeOn} onChange={(closeOn) => set({ closeOn })} />;
}
