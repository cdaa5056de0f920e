import { Button, Skeleton, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedCallback, useIntersection } from '@mantine/hooks';
import type { TimelineEntry, TimelineKind } from '@steward/shared/timeline';
import { TIMELINE_KINDS } from '@steward/shared/timeline';
import { IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { formatDay, relativeDay } from '../../lib/days.js';
import { formatNumber } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import { EmptyState } from '../ui/empty-state.js';
import { LoadFailed } from '../ui/load-failed.js';
import { timelineQuery } from './get-timeline.js';
import classes from './timeline.module.css';
import { byDay } from './timeline-days.js';
import { TimelineItem } from './timeline-item.js';
import { KIND_WORDS } from './timeline-words.js';

interface TimelineProps {
  accountId: string;
  asOf: string | undefined;
  kinds: readonly TimelineKind[];
  text: string;
  onFilter: (filter: { kinds: readonly TimelineKind[]; text: string }) => void;
}

/** Everything that happened on the account, by day, newest first; as of a day nothing after it. */
export function Timeline({ accountId, asOf, kinds, text, onFilter }: TimelineProps) {
  const { data, error, isPlaceholderData, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery(
    timelineQuery({ accountId, kinds, text, asOf }),
  );
  const { ref, entry } = useIntersection({ rootMargin: '300px' });
  const nearEnd = entry?.isIntersecting ?? false;
  useEffect(() => {
    if (nearEnd && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [nearEnd, hasNextPage, isFetchingNextPage, fetchNextPage]);
  const entries = data?.pages.flatMap((page) => page.entries) ?? [];
  const toggle = (kind: TimelineKind) =>
    onFilter({ kinds: kinds.includes(kind) ? kinds.filter((each) => each !== kind) : [...kinds, kind], text });
  const isFiltered = kinds.length > 0 || text !== '';
  return (
    <>
      <search className={classes.filters} aria-label="Filter the timeline">
        <SearchInput text={text} onChange={(next) => onFilter({ kinds, text: next })} />
        <Kinds counts={data?.pages[0]?.counts ?? {}} chosen={kinds} onToggle={toggle} />
        {isFiltered ? (
          <Button variant="subtle" color="gray" size="compact-xs" onClick={() => onFilter({ kinds: [], text: '' })}>
            Clear
          </Button>
        ) : null}
      </search>
      {error ? <LoadFailed title="The timeline could not be loaded" error={error} onRetry={refetch} /> : null}
      {data || error ? null : <TimelineSkeleton />}
      {data && entries.length === 0 ? (
        isFiltered ? (
          <EmptyState title="Nothing matches" text="No entry has these kinds and words." />
        ) : (
          <EmptyState
            title="Nothing has happened yet"
            text="Touches, alerts, goals, tickets, invoices and all else that happens on the account will stand here."
          />
        )
      ) : null}
      <div aria-busy={isPlaceholderData}>
        {byDay(entries).map(({ day, entries: own }) => (
          <Day key={day} day={day} entries={own} accountId={accountId} asOf={asOf} />
        ))}
      </div>
      {hasNextPage ? (
        <div ref={ref} className={classes.more}>
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Earlier
          </Button>
        </div>
      ) : null}
    </>
  );
}

interface DayProps {
  day: string;
  entries: readonly TimelineEntry[];
  accountId: string;
  asOf: string | undefined;
}

function Day({ day, entries, accountId, asOf }: DayProps) {
  const { today } = useMe().workspace;
  return (
    <section aria-label={formatDay(day)}>
      <h3 className={classes.day}>
        {formatDay(day)} · {relativeDay(day, asOf ?? today)}
      </h3>
      <ul className={classes.list}>
        {entries.map((entry) => (
          <TimelineItem key={entry.id} entry={entry} accountId={accountId} editable={asOf === undefined} />
        ))}
      </ul>
    </section>
  );
}

interface KindsProps {
  counts: Partial<Record<TimelineKind, number>>;
  chosen: readonly TimelineKind[];
  onToggle: (kind: TimelineKind) => void;
}

/** The kinds that there are, each with how many; a chosen one stays though nothing of it is left. */
function Kinds({ counts, chosen, onToggle }: KindsProps) {
  const offered = TIMELINE_KINDS.filter((kind) => (counts[kind] ?? 0) > 0 || chosen.includes(kind));
  return (
    <>
      {offered.map((kind) => (
        <UnstyledButton
          key={kind}
          className={classes.chip}
          aria-pressed={chosen.includes(kind)}
          onClick={() => onToggle(kind)}
        >
          {KIND_WORDS[kind]} <span className="tabular">{formatNumber(counts[kind] ?? 0)}</span>
        </UnstyledButton>
      ))}
    </>
  );
}

function SearchInput({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const [typed, setTyped] = useState(text);
  const [seen, setSeen] = useState(text);
  const later = useDebouncedCallback((next: string) => onChange(next.trim()), 250);
  // Cleared from elsewhere, or another address.
  if (text !== seen) {
    setSeen(text);
    if (typed.trim() !== text) setTyped(text);
  }
  return (
    <TextInput
      aria-label="Search the timeline"
      placeholder="Search"
      leftSection={<IconSearch size={14} aria-hidden />}
      w={180}
      maxLength={200}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        later(event.currentTarget.value);
      }}
    />
  );
}

function TimelineSkeleton() {
  return (
    <div aria-hidden>
      {['62%', '48%', '70%', '55%', '66%', '52%'].map((width) => (
        <Skeleton key={width} h={16} w={width} my={20} />
      ))}
    </div>
  );
}
