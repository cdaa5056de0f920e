import { Button, SegmentedControl, Skeleton, Table, TextInput } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { SignalEntry } from '@steward/shared/model';
import type { SignalStandings } from '@steward/shared/signal-dry-run';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { EmptyState } from '../../components/ui/empty-state.js';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { useCatalogue } from '../../lib/catalogue.js';
import { useMe } from '../../lib/me.js';
import { signalsQuery, standingsQuery } from './signals/get-signals.js';
import { BETTER_MARKS, definitionWords, topicOf, UNIT_NAMES } from './signals/signal-words.js';
import classes from './signals/signals.module.css';

type Shown = 'all' | 'own' | 'retired';

/** Every signal, built in or own: what it says, which way is good, and what reads it. */
export function SignalsPage() {
  useDocumentTitle('Signals · Steward');
  const mayWrite = useMe().permissions.includes('model:write');
  const { data: signals, error, refetch } = useQuery(signalsQuery);
  const [text, setText] = useState('');
  const [shown, setShown] = useState<Shown>('all');
  if (error) return <LoadFailed title="Signals could not be shown" error={error} onRetry={refetch} />;
  if (!signals) return <Skeleton h={360} mt="md" />;
  const found = signals.filter((signal) => isShown(signal, shown) && matches(signal, text));
  const topics = [...new Set(found.map(topicOf))].sort(
    (a, b) => Number(b === 'Own signals') - Number(a === 'Own signals'),
  );
  return (
    <>
      <div className={classes.tools}>
        <TextInput
          aria-label="Search signals"
          placeholder="Search signals"
          leftSection={<IconSearch size={14} aria-hidden />}
          w={220}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <SegmentedControl
          size="xs"
          aria-label="Which signals"
          data={[
            { value: 'all', label: 'All' },
            { value: 'own', label: 'Own' },
            { value: 'retired', label: 'Retired' },
          ]}
          value={shown}
          onChange={(value) => setShown(value as Shown)}
        />
        {mayWrite ? (
          <Button ml="auto" component={Link} to="/health/signals/new" leftSection={<IconPlus size={14} aria-hidden />}>
            New signal
          </Button>
        ) : (
          <span className={classes.dim}>Admins add and change signals.</span>
        )}
      </div>
      {found.length === 0 ? <NoSignals shown={shown} text={text} onClear={() => setText('')} /> : null}
      {topics.map((topic) => (
        <SignalTable key={topic} topic={topic} signals={found.filter((signal) => topicOf(signal) === topic)} />
      ))}
    </>
  );
}

const isShown = ({ builtIn, retired }: SignalEntry, shown: Shown): boolean =>
  shown === 'retired' ? retired : !retired && (shown === 'all' || !builtIn);

function matches({ key, label, description }: SignalEntry, text: string): boolean {
  const within = `${label} ${key} ${description}`.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => within.includes(word));
}

function NoSignals({ shown, text, onClear }: { shown: Shown; text: string; onClear: () => void }) {
  if (text.trim() !== '') {
    return (
      <EmptyState
        title="No signal is called so"
        text="Names, keys and meanings were searched."
        action={
          <Button variant="default" onClick={onClear}>
            Clear the search
          </Button>
        }
      />
    );
  }
  return shown === 'retired' ? (
    <EmptyState title="No signal is retired" text="Own signals that are no longer computed stand here." />
  ) : (
    <EmptyState
      title="No signals of your own yet"
      text="Over any metric, event or attribute: as a count, a change or a ratio."
    />
  );
}

function SignalTable({ topic, signals }: { topic: string; signals: readonly SignalEntry[] }) {
  const catalogue = useCatalogue();
  const { data: standings } = useQuery(standingsQuery);
  return (
    <section aria-label={topic}>
      <h2 className={classes.group}>{topic}</h2>
      <Table.ScrollContainer minWidth={860} type="native">
        <Table aria-label={topic} layout="fixed">
          <Table.Thead>
            <Table.Tr>
              <Table.Th w="22%">Signal</Table.Th>
              <Table.Th>What it says</Table.Th>
              <Table.Th w={90}>Unit</Table.Th>
              <Table.Th w={90}>Better</Table.Th>
              <Table.Th w="19%">Used by</Table.Th>
              <Table.Th w={100}>Data</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {signals.map((signal) => (
              <Table.Tr key={signal.key} className={signal.retired ? classes.retired : undefined}>
                <Table.Td>
                  <Link to="/health/signals/$key" params={{ key: signal.key }} className={classes.name}>
                    {signal.label}
                  </Link>
                  <div className={classes.key}>{signal.key}</div>
                </Table.Td>
                <Table.Td>{definitionWords(signal, catalogue)}</Table.Td>
                <Table.Td>{UNIT_NAMES[signal.unit]}</Table.Td>
                <Table.Td>{BETTER_MARKS[signal.better]}</Table.Td>
                <Standing standing={standings?.get(signal.key)} isRetired={signal.retired} />
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  );
}

const MOST_USES = 2;

interface StandingProps {
  /** Undefined while it is asked for. */
  standing: SignalStandings['standings'][number] | undefined;
  isRetired: boolean;
}

/** What reads a signal, and whether its inputs ever came. */
function Standing({ standing, isRetired }: StandingProps) {
  if (standing === undefined) {
    return (
      <>
        <Table.Td />
        <Table.Td />
      </>
    );
  }
  const { usedBy, connected } = standing;
  const rest = usedBy.length - MOST_USES;
  return (
    <>
      <Table.Td title={usedBy.join('\n')}>
        {usedBy.length === 0 ? <span className={classes.key}>nothing</span> : usedBy.slice(0, MOST_USES).join(', ')}
        {rest > 0 ? <span className={classes.key}> and {rest} more</span> : null}
      </Table.Td>
      <Table.Td>{isRetired ? 'retired' : connected ? 'connected' : 'none yet'}</Table.Td>
    </>
  );
}
