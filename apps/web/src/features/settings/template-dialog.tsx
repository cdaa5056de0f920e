import { Button, Group, Input, SegmentedControl, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { MERGE_FIELDS, type TouchTemplate, unknownMergeFields } from '@steward/shared/touch-templates';
import { TOUCHPOINT_KINDS, type TouchpointKind } from '@steward/shared/touchpoints';
import { useRef, useState } from 'react';
import { AccountPicker, type PickedAccount } from '../../components/touch/account-picker.js';
import { textOfTemplate, useRenderTemplate } from '../../components/touch/templates.js';
import { TOUCH_WORDS } from '../../components/touch/touch-words.js';
import { Dialog } from '../../components/ui/dialog.js';
import { LeaveGuard } from '../../components/ui/leave-guard.js';
import { useUnsaved } from '../../components/ui/use-unsaved.js';
import { useSegments } from '../../lib/segments.js';
import { useSaveTemplate } from './touch-templates.js';

interface TemplateDialogProps {
  /** Null: a new one. */
  template: TouchTemplate | null;
  onClose: () => void;
}

const FIELDS = Object.entries(MERGE_FIELDS).map(([value, label]) => ({ value, label }));
const ANYWHERE = { value: 'anywhere', label: 'Every account' };

/** A text for touches that come again and again; merge fields are put in where the caret stands. */
export function TemplateDialog({ template, onClose }: TemplateDialogProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const save = useSaveTemplate();
  const segments = useSegments();
  const [name, setName] = useState(template?.name ?? '');
  const [kind, setKind] = useState<TouchpointKind>(template?.kind ?? 'email');
  const [subject, setSubject] = useState(template?.subject ?? '');
  const [text, setText] = useState(template?.text ?? '');
  const [segmentId, setSegmentId] = useState(template?.segmentId ?? null);
  const [visibility, setVisibility] = useState(template?.visibility ?? 'private');
  const { isDirty } = useUnsaved({ name, kind, subject, text, segmentId, visibility });
  const unknown = unknownMergeFields(`${subject}\n${text}`);
  const isSaved = template !== null && template.text === text && (template.subject ?? '') === subject;
  const ready = name.trim() !== '' && text.trim() !== '' && unknown.length === 0;
  const insert = (field: string) => {
    const at = area.current?.selectionStart ?? text.length;
    setText(`${text.slice(0, at)}{{${field}}}${text.slice(area.current?.selectionEnd ?? at)}`);
    area.current?.focus();
  };
  return (
    <Dialog
      isDirty={isDirty}
      onClose={onClose}
      title={template ? `Template: ${template.name}` : 'New template'}
      size="xl"
    >
      <LeaveGuard isDirty={isDirty} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!ready) return;
          const said = {
            name: name.trim(),
            kind,
            subject: kind === 'email' && subject.trim() !== '' ? subject.trim() : null,
            text: text.trim(),
            segmentId,
            visibility,
          };
          save.mutate({ before: template, said }, { onSuccess: onClose });
        }}
      >
        <Stack gap="sm">
          <Group grow align="flex-start">
            <TextInput
              label="Name"
              required
              data-autofocus
              maxLength={100}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Select
              label="For"
              data={TOUCHPOINT_KINDS.map((value) => ({ value, label: TOUCH_WORDS[value] }))}
              value={kind}
              onChange={(next) => next && setKind(next as TouchpointKind)}
            />
          </Group>
          <Group grow align="flex-end">
            <Select
              label="Offered on"
              searchable
              data={[
                ANYWHERE,
                ...segments.filter(({ of }) => of === 'account').map(({ id, name: label }) => ({ value: id, label })),
              ]}
              value={segmentId ?? ANYWHERE.value}
              onChange={(next) => setSegmentId(next === ANYWHERE.value ? null : next)}
            />
            <Input.Wrapper label="Who may use it" labelElement="div">
              <SegmentedControl
                fullWidth
                aria-label="Who may use it"
                data={[
                  { value: 'private', label: 'Only me' },
                  { value: 'shared', label: 'Everybody' },
                ]}
                value={visibility}
                onChange={(next) => setVisibility(next as 'private' | 'shared')}
              />
            </Input.Wrapper>
          </Group>
          {kind === 'email' ? (
            <TextInput
              label="Subject"
              maxLength={200}
              value={subject}
              onChange={(event) => setSubject(event.currentTarget.value)}
            />
          ) : null}
          <Textarea
            ref={area}
            label="Text"
            required
            autosize
            minRows={5}
            maxRows={16}
            maxLength={10_000}
            value={text}
            error={unknown.length > 0 ? `There is no field ${unknown.join(', ')}` : undefined}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Select
            aria-label="Insert a value of the account or its contact"
            placeholder="Insert a value…"
            searchable
            w={260}
            data={FIELDS}
            value={null}
            onChange={(field) => field && insert(field)}
          />
          {template ? <Preview template={template} isSaved={isSaved} /> : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={save.isPending} disabled={!ready}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

/** The saved text, filled with what is known of an account. */
function Preview({ template, isSaved }: { template: TouchTemplate; isSaved: boolean }) {
  const [account, setAccount] = useState<PickedAccount | null>(null);
  const render = useRenderTemplate(account?.id ?? '');
  return (
    <section aria-label="Preview">
      <Group align="flex-end">
        <AccountPicker account={account} onPick={setAccount} isRequired={false} />
        <Button
          variant="default"
          disabled={account === null || !isSaved}
          loading={render.isPending}
          onClick={() => render.mutate({ id: template.id, contactId: null })}
        >
          Try it
        </Button>
      </Group>
      {isSaved ? null : (
        <Text size="xs" c="dimmed" mt={4}>
          Save it first: what is tried is what is saved.
        </Text>
      )}
      {render.data && isSaved ? (
        <>
          <Text component="pre" ff="inherit" size="sm" mt="xs" mb={0} style={{ whiteSpace: 'pre-wrap' }}>
            {textOfTemplate(render.data)}
          </Text>
          {render.data.missing.length > 0 ? (
            <Text size="xs" c="dimmed" mt={4}>
              Not known: {render.data.missing.map(({ label }) => label).join(', ')}
            </Text>
          ) : null}
        </>
      ) : null}
    </section>
  );
}
