import { Button, Select, Skeleton } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { ALERT_KINDS, type AlertKind } from '@steward/shared/alerts';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { KIND_WORDS } from '../../../components/alert/alert-words.js';
import { EmptyState } from '../../../components/ui/empty-state.js';
import frame from '../../../components/ui/frame.module.css';
import { ListSearch } from '../../../components/ui/list-search.js';
import { LoadFailed } from '../../../components/ui/load-failed.js';
import { PageHeader } from '../../../components/ui/page-header.js';
import { errorText } from '../../../lib/api.js';
import { formatNumber, plural } from '../../../lib/format.js';
import { useMe } from '../../../lib/me.js';
import { type ListedRule, qualityQuery, rulesQuery } from './get-rules.js';
import { HeldRules } from './held-rules.js';
import { RuleTitle } from './rule-title.js';
import classes from './rules.module.css';
import { RulesTable } from './rules-table.js';

const route = getRouteApi('/shell/alerts/rules');

/** Rules with what they are worth: what raises alerts, how often it did, and whether that was of use. */
export function RulesPage() {
  useDocumentTitle('Alert rules · Steward');
  const { text = '', kind } = route.useSearch();
  const navigate = useNavigate();
  const mayWrite = useMe().permissions.includes('alerts:write');
  const { data, error, refetch } = useQuery(rulesQuery);
  const quality = useQuery(qualityQuery);
  const byRule = useMemo(
    () => (quality.data ? new Map(quality.data.rules.map((each) => [each.ruleId, each])) : null),
    [quality.data],
  );
  const set = (change: { text?: string; kind?: string }) =>
    void navigate({ to: '/alerts/rules', search: (now) => ({ ...now, ...change }), replace: true });
  const rows = (data ?? []).filter((rule) => matches(rule, text, kind));
  return (
    <div className={frame.page}>
      <PageHeader
        title={<RuleTitle />}
        aside={
          data
            ? `${plural(data.length, 'rule')}, ${formatNumber(data.filter(({ enabled }) => enabled).length)} on`
            : null
        }
        actions={
          mayWrite ? (
            <Button component={Link} to="/alerts/rules/new" leftSection={<IconPlus size={14} aria-hidden />}>
              New rule
            </Button>
          ) : null
        }
      />
      <ListSearch
        label="Find a rule"
        fieldLabel="Search by name or reason"
        placeholder="Search rules"
        text={text}
        onText={(next) => set({ text: next })}
      >
        <Select
          aria-label="Kind"
          placeholder="Any kind"
          clearable
          w={150}
          data={ALERT_KINDS.map((value) => ({ value, label: KIND_WORDS[value] }))}
          value={ALERT_KINDS.includes(kind as AlertKind) ? (kind ?? null) : null}
          onChange={(next) => set({ kind: next ?? undefined })}
        />
      </ListSearch>
      <div className={classes.body}>
        {error ? <LoadFailed title="Rules could not be loaded" error={error} onRetry={refetch} /> : null}
        {data || error ? null : <Skeleton h={320} mt="sm" />}
        {data ? <HeldRules rules={data} /> : null}
        {data?.length === 0 ? (
          <EmptyState
            title="No rules yet"
            text={mayWrite ? 'A rule says when an account needs somebody.' : 'An admin or a manager makes them.'}
          />
        ) : null}
        {data && data.length > 0 && rows.length === 0 ? (
          <EmptyState
            title="No rule matches"
            text={`None of ${plural(data.length, 'rule')} is like that.`}
            action={
              <Button variant="default" onClick={() => set({ text: undefined, kind: undefined })}>
                Show all
              </Button>
            }
          />
        ) : null}
        {quality.error ? (
          <p role="alert">
            How good the rules are could not be loaded: {errorText(quality.error)}{' '}
            <Button variant="default" size="compact-xs" onClick={() => void quality.refetch()}>
              Try again
            </Button>
          </p>
        ) : null}
        {rows.length > 0 ? <RulesTable rules={rows} quality={byRule} mayWrite={mayWrite} /> : null}
      </div>
    </div>
  );
}

function matches({ name, reason, kind }: ListedRule, text: string, wanted: string | undefined): boolean {
  const words = text.trim().toLowerCase();
  return (wanted === undefined || kind === wanted) && `${name}\n${reason}`.toLowerCase().includes(words);
}
