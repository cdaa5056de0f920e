import { Group, MultiSelect, SegmentedControl, Stack, Switch, TagsInput, TextInput } from '@mantine/core';
import type { FactPage } from '@steward/shared/accounts';
import { TOUCHPOINT_KINDS, type TouchpointKind } from '@steward/shared/touchpoints';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { KeyboardEvent } from 'react';
import { request } from '../../lib/api.js';
import { useMe } from '../../lib/me.js';
import { dayAndTimeOf } from '../../lib/zoned-instant.js';
import { DayInput } from '../ui/day-input.js';
import { MentionTextarea } from './mention-textarea.js';
import type { TouchDraft, TouchProblems } from './touch-draft.js';
import { TOUCH_WORDS } from './touch-words.js';

/** GET /accounts/:id/facts/contacts: the primary one first, then who was seen last. */
const contactsQuery = (accountId: string) =>
  queryOptions({
    queryKey: ['account', accountId, 'facts', 'contacts', 'to-name'],
    queryFn: ({ signal }) =>
      request<FactPage>('GET', `/accounts/${accountId}/facts/contacts`, { query: { limit: 200 }, signal }),
  });

interface TouchFieldsProps {
  accountId: string;
  draft: TouchDraft;
  problems: TouchProblems;
  /** When, with whom, whether it counts, and links are shown. */
  more: boolean;
  onChange: (change: Partial<TouchDraft>) => void;
  onSave: () => void;
}

export function TouchFields({ accountId, draft, problems, more, onChange, onSave }: TouchFieldsProps) {
  const saveByKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    onSave();
  };
  return (
    <Stack gap="sm" onKeyDown={saveByKey}>
      <SegmentedControl
        fullWidth
        aria-label="Kind of touch"
        data={TOUCHPOINT_KINDS.map((value) => ({ value, label: TOUCH_WORDS[value] }))}
        value={draft.kind}
        onChange={(kind) => onChange({ kind: kind as TouchpointKind })}
      />
      <MentionTextarea
        accountId={accountId}
        aria-label="What happened"
        placeholder="What happened, in a line. @ names a colleague"
        data-autofocus
        autosize
        minRows={1}
        maxRows={12}
        maxLength={20_000}
        value={draft.text}
        error={problems.text}
        onChange={(text) => onChange({ text })}
        onMention={(person) => onChange({ mentioned: [...draft.mentioned, person] })}
      />
      {more ? <MoreFields accountId={accountId} draft={draft} problems={problems} onChange={onChange} /> : null}
    </Stack>
  );
}

function MoreFields({ accountId, draft, problems, onChange }: Omit<TouchFieldsProps, 'more' | 'onSave'>) {
  const { today, timeZone } = useMe().workspace;
  const { data } = useQuery(contactsQuery(accountId));
  const contacts = (data?.rows ?? []).flatMap(({ id, name, title }) =>
    typeof id === 'string' ? [{ value: id, label: [name, title].filter(Boolean).join(', ') }] : [],
  );
  const time = draft.when?.time ?? dayAndTimeOf(new Date().toISOString(), timeZone).time;
  return (
    <>
      <Group grow align="flex-start">
        <DayInput
          label="When"
          value={draft.when?.day ?? today}
          max={today}
          error={problems.when}
          onChange={(day) => onChange({ when: day === null ? null : { day, time } })}
        />
        <TextInput
          type="time"
          label={`Time (${timeZone})`}
          value={time}
          onChange={(event) => {
            const next = event.currentTarget.value;
            if (next !== '') onChange({ when: { day: draft.when?.day ?? today, time: next } });
          }}
        />
      </Group>
      <MultiSelect
        label="With"
        placeholder={draft.contactIds.length === 0 ? 'Contacts who took part' : undefined}
        searchable
        clearable
        data={contacts}
        value={draft.contactIds}
        onChange={(contactIds) => onChange({ contactIds })}
      />
      <TagsInput
        label="Links"
        placeholder={draft.links.length === 0 ? 'https://… and Enter' : undefined}
        maxTags={20}
        value={draft.links}
        error={problems.links}
        onChange={(links) => onChange({ links })}
      />
      <Switch
        label={
          draft.kind === 'note' ? 'An internal note never counts as a touch' : 'Counts as a touch with the customer'
        }
        disabled={draft.kind === 'note'}
        checked={draft.kind !== 'note' && draft.counts}
        onChange={(event) => onChange({ counts: event.currentTarget.checked })}
      />
    </>
  );
}
