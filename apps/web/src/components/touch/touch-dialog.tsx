import { Button, Group, Menu, Skeleton, Stack, Text } from '@mantine/core';
import { IconArrowForwardUp, IconFileText } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { accountDetailQuery } from '../../lib/account-detail.js';
import { useForgetWriting, useIsWritten, useKeptWriting } from '../../lib/kept-writing.js';
import { useMe } from '../../lib/me.js';
import { useStoredState } from '../../lib/stored-state.js';
import { Dialog } from '../ui/dialog.js';
import { KeptNotice } from '../ui/kept-notice.js';
import { AccountPicker, type PickedAccount } from './account-picker.js';
import { useLogTouch } from './log-touch.js';
import { NextStepFields } from './next-step-fields.js';
import { offeredTemplatesQuery, textOfTemplate, useRenderTemplate } from './templates.js';
import { isTouchDraft, newTouch, problemsOf, type TouchDraft, touchOf } from './touch-draft.js';
import { TouchFields } from './touch-fields.js';
import { isTouchKind } from './touch-words.js';

interface TouchDialogProps {
  /** Null: the person picks one first. */
  accountId: string | null;
  onClose: () => void;
}

/** Logs a touch: one line and Ctrl/⌘+Enter; all else on demand. */
export function TouchDialog({ accountId, onClose }: TouchDialogProps) {
  const [picked, setPicked] = useState<PickedAccount | null>(null);
  const id = accountId ?? picked?.id ?? null;
  const forget = useForgetWriting('a touch');
  const isWritten = useIsWritten('a touch');
  const close = () => {
    if (id !== null) forget(id);
    onClose();
  };
  return (
    <Dialog isDirty={() => id !== null && isWritten(id)} onClose={close} title="Log a touch" size="lg">
      <Stack gap="sm">
        {accountId === null ? <AccountPicker account={picked} onPick={setPicked} autoFocus={picked === null} /> : null}
        {id === null ? null : <TouchForm key={id} accountId={id} named={accountId === null} onClose={close} />}
      </Stack>
    </Dialog>
  );
}

interface TouchFormProps {
  accountId: string;
  /** The account stands above already. */
  named: boolean;
  onClose: () => void;
}

function TouchForm({ accountId, named, onClose }: TouchFormProps) {
  const { timeZone } = useMe().workspace;
  const { data: account } = useQuery(accountDetailQuery(accountId, undefined));
  const [kind, keepKind] = useStoredState('steward.touch.kind', 'call', isTouchKind);
  const writing = useKeptWriting('a touch', accountId, () => newTouch(kind), isTouchDraft);
  const { draft, setDraft } = writing;
  const [more, setMore] = useState(false);
  const [tried, setTried] = useState(false);
  const log = useLogTouch();
  const problems = problemsOf(draft, new Date().toISOString(), timeZone);
  const change = (part: Partial<TouchDraft>) => setDraft((now) => ({ ...now, ...part }));
  const save = () => {
    if (log.isPending) return;
    setTried(true);
    if (problems.links || problems.when) setMore(true);
    if (Object.keys(problems).length > 0) return;
    keepKind(draft.kind);
    const name = account?.name ?? 'the account';
    log.mutate({ account: { id: accountId, name }, touch: touchOf(draft, timeZone) }, { onSuccess: onClose });
  };
  return (
    <Stack gap="sm">
      {named ? null : account ? (
        <Text fw={500} truncate title={account.name}>
          {account.name}
        </Text>
      ) : (
        <Skeleton h={18} w={180} />
      )}
      {writing.isKept ? <KeptNotice onStartAnew={writing.startAnew} /> : null}
      <TouchFields
        accountId={accountId}
        draft={draft}
        problems={tried ? problems : { when: problems.when }}
        more={more}
        onChange={change}
        onSave={save}
      />
      {draft.nextStep ? (
        <NextStepFields
          accountId={accountId}
          step={draft.nextStep}
          error={tried ? problems.nextStep : undefined}
          onChange={(nextStep) => change({ nextStep })}
        />
      ) : null}
      <Group gap="xs">
        {draft.nextStep ? null : (
          <Button
            variant="default"
            leftSection={<IconArrowForwardUp size={14} aria-hidden />}
            onClick={() => change({ nextStep: { text: '', day: null, ownerUserId: null } })}
          >
            Next step
          </Button>
        )}
        <TemplateMenu accountId={accountId} draft={draft} onChange={change} />
        {more ? null : (
          <Button variant="subtle" color="gray" onClick={() => setMore(true)}>
            More
          </Button>
        )}
        <Group gap="xs" ml="auto">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button loading={log.isPending} onClick={save} aria-keyshortcuts="Control+Enter Meta+Enter">
            Log it
          </Button>
        </Group>
      </Group>
    </Stack>
  );
}

interface TemplateMenuProps {
  accountId: string;
  draft: TouchDraft;
  onChange: (change: Partial<TouchDraft>) => void;
}

/** Texts that come again and again, filled with what is known of the account and its contact. */
function TemplateMenu({ accountId, draft, onChange }: TemplateMenuProps) {
  const { data: templates = [] } = useQuery(offeredTemplatesQuery(accountId));
  const render = useRenderTemplate(accountId);
  if (templates.length === 0) return null;
  return (
    <>
      <Menu position="bottom-start" shadow="md">
        <Menu.Target>
          <Button variant="default" loading={render.isPending} leftSection={<IconFileText size={14} aria-hidden />}>
            Template
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={320} style={{ overflow: 'auto' }}>
          {templates.map(({ id, name }) => (
            <Menu.Item
              key={id}
              onClick={() =>
                render.mutate(
                  { id, contactId: draft.contactIds[0] ?? null },
                  {
                    onSuccess: (filled) =>
                      onChange({
                        kind: filled.kind,
                        text: [draft.text.trim(), textOfTemplate(filled)].filter(Boolean).join('\n\n'),
                      }),
                  },
                )
              }
            >
              {name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {render.data && render.data.missing.length > 0 ? (
        <Text size="xs" c="dimmed" role="status">
          Not known: {render.data.missing.map(({ label }) => label).join(', ')}
        </Text>
      ) : null}
    </>
  );
}
