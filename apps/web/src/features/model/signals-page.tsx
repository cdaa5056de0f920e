import { Button, SegmentedControl, Skeleton, Table, TextInput } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { EmptyState } from '../../components/ui/empty-state.js';
import { errorText } from '../../lib/api.js';
import { useCatalogue } from '../../lib/catalogue.js';
import { useMe } from '../../lib/me.js';
import { type ListedSignal, signalsQuery } from './signals/get-signals.js';
import { BETTER_MARKS, definitionWords, topicOf, UNIT_NAMES } from './signals/signal-words.js';
import classes from './signals/signals.module.css';

type Shown = 'all' | 'own' | 'retired';

/** Every signal, built in or own: what it says, which way is good, and what reads it. */
export function SignalsPage() {
  useDocumentTitle('Signals · Steward');
  const mayWrite = useMe().permissions.includes('model:write');
  const { data: signals, error } = useQuery(signalsQuery);
  const [text, setText] = useState('');
  const [shown, setShown] = useState<Shown>('all');
  if (error) return <EmptyState role="alert" title="Signals could not be shown" text={errorText(error)} />;
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

const isShown = ({ builtIn, retired }: ListedSignal, shown: Shown): boolean =>
  shown === 'retired' ? retired : !retired && (shown === 'all' || !builtIn);

function matches({ key, label, description }: ListedSignal, text: string): boolean {
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

function SignalTable({ topic, signals }: { topic: string; signals: readonly ListedSignal[] }) {
  const catalogue = useCatalogue();
  const withUses = signals.some(({ usedBy }) => usedBy !== undefined);
  const withConnected = signals.some(({ connected }) => connected !== undefined);
  return (
    <section aria-label={topic}>
      <h2 className={classes.group}>{topic}</h2>
      <Table.ScrollContainer minWidth={760} type="native">
        <Table aria-label={topic} layout="fixed">
          <Table.Thead>
            <Table.Tr>
              <Table.Th w="24%">Signal</Table.Th>
              <Table.Th>What it says</Table.Th>
              <Table.Th w={90}>Unit</Table.Th>
              <Table.Th w={90}>Better</Table.Th>
              {withUses ? <Table.Th w="18%">Used by</Table.Th> : null}
              {withConnected ? <Table.Th w={110}>Data</Table.Th> : null}
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
                {withUses ? <Table.Td>{usesWords(signal.usedBy ?? [])}</Table.Td> : null}
                {withConnected ? <Table.Td>{signal.connected ? 'connected' : 'no data yet'}</Table.Td> : null}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  );
}

const MOST_USES = 3;

function usesWords(usedBy: readonly string[]) {
  if (usedBy.length === 0) return <span className={classes.dim}>nothing</span>;
  const rest = usedBy.length - MOST_USES;
  return (
    <span title={usedBy.join('\n')}>
      {usedBy.slice(0, MOST_USES).join(', ')}
      {rest > 0 ? ` and ${rest} more` : ''}
    </span>
  );
}
