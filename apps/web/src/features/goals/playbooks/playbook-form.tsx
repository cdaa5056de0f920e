import { Alert, NumberInput, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { KIND_WORDS } from '@steward/shared/goal-words';
import {
  PLAYBOOK_KINDS,
  PLAYBOOK_LIMITS,
  PLAYBOOK_ROLES,
  type Playbook,
  type PlaybookKind,
  type PlaybookRole,
} from '@steward/shared/playbooks';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { ROLE_WORDS } from '../../../components/goal/goal-words.js';
import { FormActions } from '../../../components/ui/form-actions.js';
import frame from '../../../components/ui/frame.module.css';
import { LeaveGuard } from '../../../components/ui/leave-guard.js';
import { NotSaved } from '../../../components/ui/not-saved.js';
import { PageHeader } from '../../../components/ui/page-header.js';
import { Section } from '../../../components/ui/section.js';
import { toast } from '../../../components/ui/toast.js';
import { useUnsaved } from '../../../components/ui/use-unsaved.js';
import { useCatalogue } from '../../../lib/catalogue.js';
import { plural } from '../../../lib/format.js';
import { useSavePlaybook } from './change-playbooks.js';
import { DryRunOnAccount, DryRunToday } from './dry-run-panel.js';
import { EffectPanel } from './effect-panel.js';
import { useDryRunOnAccount, useDryRunToday } from './get-playbooks.js';
import { definitionOf, draftOf, errorAt, errorsOf, missingIn, type PlaybookDraft } from './playbook-draft.js';
import classes from './playbook-form.module.css';
import { PlaybookTitle } from './playbook-title.js';
import { PlaybookVersionList } from './playbook-versions.js';
import { RunFields, TriggerFields } from './run-fields.js';
import { TargetFields } from './target-fields.js';
import { TaskListEditor } from './task-list-editor.js';

interface PlaybookFormProps {
  /** Null: a new one. */
  playbook: Playbook | null;
  /** Takes what is saved now in place of what is written here. */
  onLoadAnew?: () => void;
}

/** A playbook being made or changed, with what it would do. */
export function PlaybookForm({ playbook, onLoadAnew }: PlaybookFormProps) {
  const navigate = useNavigate();
  const catalogue = useCatalogue();
  // What is being written rests on what was loaded first, however the playbook is read again meanwhile.
  const [loaded] = useState(playbook);
  const [draft, setDraft] = useState<PlaybookDraft>(() => draftOf(loaded));
  const [tried, setTried] = useState(false);
  const [round, setRound] = useState(0);
  const untouched = useRef(draft);
  const { isDirty, markSaved } = useUnsaved(draft);
  const save = useSavePlaybook(loaded);
  const onAccount = useDryRunOnAccount();
  const onToday = useDryRunToday();
  const set = (change: Partial<PlaybookDraft>) => setDraft((now) => ({ ...now, ...change }));

  const definition = definitionOf(draft);
  const missing = Object.entries(tried ? missingIn(draft) : {}).map(([path, message]) => ({ path, message }));
  const errors = [
    ...missing,
    ...errorsOf(save.error ?? onAccount.error ?? onToday.error),
    // What was taken from under it since it was saved, until it is changed here.
    ...(draft === untouched.current ? (loaded?.problems ?? []) : []),
  ];
  const errorOf = (place: string) => errorAt(errors, place);
  const dryRun = { definition, playbookId: loaded?.id ?? null, onTried: () => setTried(true) };
  const submit = () => {
    setTried(true);
    if (definition === null) return;
    save.mutate(
      { definition, enabled: draft.enabled },
      {
        onSuccess: () => {
          markSaved();
          void navigate({ to: '/goals/playbooks' });
        },
      },
    );
  };
  return (
    <form
      className={frame.page}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <LeaveGuard isDirty={isDirty} />
      <PageHeader
        title={<PlaybookTitle title={loaded?.definition.name ?? 'New playbook'} />}
        aside={loaded === null ? null : `version ${loaded.version}`}
        actions={
          <FormActions
            back="/goals/playbooks"
            save={loaded === null ? 'Create playbook' : 'Save'}
            isPending={save.isPending}
          />
        }
      />
      <div className={classes.body}>
        <div className={classes.form}>
          {save.error ? (
            <NotSaved
              what="The playbook"
              error={save.error}
              isPlaced={errorsOf(save.error).length > 0}
              onLoadAnew={onLoadAnew}
            />
          ) : null}
          {tried && missing.length > 0 ? (
            <Alert variant="default" role="alert" p="xs" mt="md">
              {plural(missing.length, 'thing is', 'things are')} still missing: they are marked below.
            </Alert>
          ) : null}
          {loaded && loaded.problems.length > 0 && draft === untouched.current ? (
            <Alert
              variant="default"
              p="xs"
              mt="md"
              icon={<IconAlertTriangle size={15} aria-hidden />}
              title="It starts nothing until this is mended"
            >
              {loaded.problems.map(({ message }) => message).join('; ')}
            </Alert>
          ) : null}
          <Section title="What it is for">
            <div className={classes.fields}>
              <TextInput
                label="Name"
                required
                autoFocus={loaded === null}
                maxLength={100}
                error={errorOf('name')}
                value={draft.name}
                onChange={(event) => set({ name: event.currentTarget.value })}
              />
              <Select
                label="Kind"
                w={240}
                data={PLAYBOOK_KINDS.map((value) => ({ value, label: KIND_WORDS[value] }))}
                value={draft.kind}
                onChange={(kind) => kind !== null && set({ kind: kind as PlaybookKind })}
              />
              <Textarea
                label="Purpose"
                description="When to start it, and what a good end looks like"
                autosize
                minRows={2}
                maxRows={10}
                maxLength={2000}
                error={errorOf('purpose')}
                value={draft.purpose}
                onChange={(event) => set({ purpose: event.currentTarget.value })}
              />
              <Switch
                size="xs"
                label="Switched on"
                description="Only then is it offered, and starts by itself"
                checked={draft.enabled}
                onChange={(event) => set({ enabled: event.currentTarget.checked })}
              />
            </div>
          </Section>
          <Section title="Target" note="What a goal of it is to reach">
            <div className={classes.fields}>
              <TargetFields
                target={draft.target}
                catalogue={catalogue}
                errorOf={errorOf}
                onChange={(target) => set({ target })}
              />
              <div className={classes.sentence}>
                <NumberInput
                  label="Due after"
                  suffix=" days"
                  w={130}
                  min={1}
                  max={PLAYBOOK_LIMITS.durationDays}
                  allowDecimal={false}
                  error={errorOf('durationDays')}
                  value={draft.durationDays ?? ''}
                  onChange={(days) => set({ durationDays: typeof days === 'number' ? days : null })}
                />
                <Select
                  label="Owned by"
                  w={190}
                  data={PLAYBOOK_ROLES.map((value) => ({ value, label: `The account’s ${lower(ROLE_WORDS[value])}` }))}
                  value={draft.ownerRole}
                  onChange={(role) => role !== null && set({ ownerRole: role as PlaybookRole })}
                />
              </div>
            </div>
          </Section>
          <Section title="Tasks" note={draft.tasks.length === 0 ? null : plural(draft.tasks.length, 'task')}>
            {errors.some(({ path }) => path === 'tasks') ? (
              <p className={classes.late} role="alert">
                {errors.find(({ path }) => path === 'tasks')?.message}
              </p>
            ) : null}
            <TaskListEditor
              key={round}
              tasks={draft.tasks}
              catalogue={catalogue}
              errors={errors}
              onChange={(tasks) => set({ tasks })}
            />
          </Section>
          <Section title="What starts it" note="Beside people">
            <TriggerFields draft={draft} onChange={set} errorOf={errorOf} />
          </Section>
          <Section title="How it runs">
            <RunFields draft={draft} onChange={set} errorOf={errorOf} />
          </Section>
        </div>
        <aside className={classes.aside} aria-label="What it would do">
          <DryRunOnAccount {...dryRun} run={onAccount} />
          <DryRunToday {...dryRun} run={onToday} />
          {loaded === null ? null : (
            <>
              <EffectPanel id={loaded.id} />
              <PlaybookVersionList
                playbook={loaded}
                onTake={(earlier, version) => {
                  setDraft((now) => draftOf({ definition: earlier, enabled: now.enabled }));
                  setRound((now) => now + 1);
                  toast(`What version ${version} said stands in the form: save to go back to it`);
                }}
              />
            </>
          )}
        </aside>
      </div>
    </form>
  );
}

/** “CSM” stays as it is. */
const lower = (word: string): string => (word === word.toUpperCase() ? word : word.toLowerCase());
