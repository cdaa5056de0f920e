import { Group, MultiSelect, SegmentedControl, Select, Skeleton, Stack, Textarea, TextInput } from '@mantine/core';
import type { Rule } from '@steward/shared/rules';
import type { SegmentOf } from '@steward/shared/segments';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { ACCOUNT_COLUMNS } from '../../components/account-grid/columns.js';
import { LIVE_ACCOUNTS } from '../../components/rule-builder/starting-rule.js';
import { errorsOfRefusal, useRulePreview } from '../../components/rule-builder/use-rule-preview.js';
import { FormActions } from '../../components/ui/form-actions.js';
import frame from '../../components/ui/frame.module.css';
import { LeaveGuard } from '../../components/ui/leave-guard.js';
import { NotSaved } from '../../components/ui/not-saved.js';
import { PageHeader } from '../../components/ui/page-header.js';
import { Section } from '../../components/ui/section.js';
import { useUnsaved } from '../../components/ui/use-unsaved.js';
import { useCatalogue, useContactCatalogue } from '../../lib/catalogue.js';
import { useSegments } from '../../lib/segments.js';
import type { SegmentDetail } from './get-segment.js';
import { useSaveSegment } from './save-segment.js';
import classes from './segment-form.module.css';

const RuleBuilder = lazy(() =>
  import('../../components/rule-builder/rule-builder.js').then((module) => ({ default: module.RuleBuilder })),
);
const RulePreview = lazy(() =>
  import('../../components/rule-builder/rule-preview.js').then((module) => ({ default: module.RulePreview })),
);

const CHOICES = ACCOUNT_COLUMNS.filter((column) => !column.fixed).map((column) => ({
  value: column.sortField,
  label: column.label,
}));
/** Fields that the grid cannot draw stay as they are: whoever chose them did so elsewhere. */
const drawn = (field: string): boolean => CHOICES.some(({ value }) => value === field);

const orNull = (columns: string[]): string[] | null => (columns.length === 0 ? null : columns);
const listOf = (segment: SegmentDetail | null) => ({ columns: segment?.columns ?? null, sort: segment?.sort ?? null });

interface SegmentFormProps {
  /** Null: a new one. */
  segment: SegmentDetail | null;
  /** Takes what is saved now in place of what is written here. */
  onLoadAnew?: () => void;
}

/** A segment being made or changed: what it is called, who is in it with a live preview, and how its list looks. */
export function SegmentForm({ segment: given, onLoadAnew }: SegmentFormProps) {
  const navigate = useNavigate();
  const accountFields = useCatalogue();
  const contactFields = useContactCatalogue();
  const segments = useSegments();
  // What is being written rests on what was loaded first, however the segment is read again meanwhile.
  const [segment] = useState(given);
  const save = useSaveSegment(segment);
  const [name, setName] = useState(segment?.name ?? '');
  const [description, setDescription] = useState(segment?.description ?? '');
  const [visibility, setVisibility] = useState(segment?.visibility ?? 'private');
  const [columns, setColumns] = useState<string[]>(segment?.columns ?? []);
  const [sort, setSort] = useState(segment?.sort ?? null);
  const [of, setOf] = useState<SegmentOf>(segment?.of ?? 'account');
  const start = segment?.rule ?? LIVE_ACCOUNTS;
  const [rule, setRule] = useState<Rule | null>(start);
  // What was whole last goes on being shown while a condition is written, for accounts and for contacts apart.
  const [written, setWritten] = useState<Record<SegmentOf, Rule>>({ account: start, contact: start });
  const whole = written[of];
  const { isDirty, markSaved } = useUnsaved({ name, description, visibility, columns, sort, of, rule });
  const change = (next: SegmentOf) => {
    setOf(next);
    setRule(written[next]);
  };
  const preview = useRulePreview({ of, rule: whole, purpose: 'segment' });
  const leafErrors = save.isError ? errorsOfRefusal(save.error) : preview.errors;
  const [first] = sort ?? [];
  const submit = () => {
    if (rule === null || name.trim() === '') return;
    const fields = { of, name: name.trim(), description: description.trim(), visibility, rule };
    save.mutate(
      // A list of contacts has its own columns; those chosen for accounts do not fit it.
      of === 'contact' ? { ...fields, ...listOf(segment) } : { ...fields, columns: orNull(columns), sort },
      {
        onSuccess: ({ id }) => {
          markSaved();
          void navigate({ to: '/segments/$segmentId', params: { segmentId: id } });
        },
      },
    );
  };
  const back = segment === null ? '/segments' : `/segments/${segment.id}`;
  const ready = rule !== null && name.trim() !== '' && preview.errors.length === 0;
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
        title={segment === null ? 'New segment' : `Edit “${segment.name}”`}
        actions={
          <FormActions
            back={back}
            save={segment === null ? 'Create segment' : 'Save'}
            disabled={!ready}
            isPending={save.isPending}
          />
        }
      />
      <div className={classes.body}>
        <div className={classes.form}>
          {save.error ? <NotSaved what="The segment" error={save.error} onLoadAnew={onLoadAnew} /> : null}
          <Stack gap="sm" mt="md" maw={640}>
            <Group align="flex-end" wrap="nowrap">
              <TextInput
                label="Name"
                required
                autoFocus={segment === null}
                maxLength={100}
                style={{ flex: 1 }}
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
              />
              {segment?.key ? null : (
                <SegmentedControl
                  aria-label="Who sees it"
                  data={[
                    { value: 'private', label: 'Only me' },
                    { value: 'shared', label: 'Everyone' },
                  ]}
                  value={visibility}
                  onChange={(next) => setVisibility(next as typeof visibility)}
                />
              )}
            </Group>
            <Textarea
              label="Description"
              description="What it is for"
              autosize
              minRows={1}
              maxLength={2000}
              value={description}
              onChange={(event) => setDescription(event.currentTarget.value)}
            />
          </Stack>
          <Section
            title="Who is in it"
            note={`Conditions over what is known of ${of === 'contact' ? 'a contact and its account' : 'an account'} today`}
          >
            {segment === null ? (
              <SegmentedControl
                aria-label="What the segment is of"
                mb="sm"
                data={[
                  { value: 'account', label: 'Accounts' },
                  { value: 'contact', label: 'Contacts' },
                ]}
                value={of}
                onChange={(next) => change(next as SegmentOf)}
              />
            ) : null}
            <Suspense fallback={<Skeleton h={160} />}>
              <RuleBuilder
                key={of}
                of={of}
                value={whole}
                onChange={(next) => {
                  setRule(next);
                  if (next !== null) setWritten((before) => ({ ...before, [of]: next }));
                }}
                errors={leafErrors}
                withoutValue={preview.withoutValue}
                catalogue={of === 'contact' ? contactFields : accountFields}
                purpose="segment"
                segments={segments}
                exceptSegment={segment?.id}
              />
            </Suspense>
          </Section>
          {of === 'contact' ? null : (
            <Section title="How its list looks">
              <Stack gap="sm" maw={640}>
                <MultiSelect
                  label="Columns"
                  description="In this order; none: those of the account list"
                  placeholder={columns.length === 0 ? 'As in the account list' : undefined}
                  searchable
                  data={[
                    ...CHOICES,
                    ...columns.filter((field) => !drawn(field)).map((field) => ({ value: field, label: field })),
                  ]}
                  value={columns}
                  onChange={setColumns}
                />
                <Group align="flex-end" wrap="nowrap">
                  <Select
                    label="Sorted by"
                    placeholder="ARR"
                    clearable
                    searchable
                    style={{ flex: 1 }}
                    data={CHOICES}
                    value={first?.field ?? null}
                    onChange={(field) =>
                      setSort(field === null ? null : [{ field, direction: first?.direction ?? 'desc' }])
                    }
                  />
                  <SegmentedControl
                    aria-label="Direction"
                    disabled={first === undefined}
                    data={[
                      { value: 'asc', label: 'Lowest first' },
                      { value: 'desc', label: 'Highest first' },
                    ]}
                    value={first?.direction ?? 'desc'}
                    onChange={(direction) => {
                      if (first) setSort([{ field: first.field, direction: direction as 'asc' | 'desc' }]);
                    }}
                  />
                </Group>
              </Stack>
            </Section>
          )}
        </div>
        <aside className={classes.preview} aria-label="What it finds">
          <Suspense fallback={<Skeleton h={200} />}>
            <RulePreview of={of} preview={preview} complete={rule !== null} />
          </Suspense>
        </aside>
      </div>
    </form>
  );
}
