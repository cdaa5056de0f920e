import { Skeleton, Switch, Table, VisuallyHidden } from '@mantine/core';
import { KIND_WORDS } from '@steward/shared/goal-words';
import type { Playbook } from '@steward/shared/playbooks';
import { PLAYBOOK_KINDS } from '@steward/shared/playbooks';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { playbooksQuery } from '../../../components/goal/get-goals.js';
import { capital } from '../../../components/goal/goal-words.js';
import { EmptyState } from '../../../components/ui/empty-state.js';
import frame from '../../../components/ui/frame.module.css';
import { LoadFailed } from '../../../components/ui/load-failed.js';
import { formatNumber, plural } from '../../../lib/format.js';
import { useMe } from '../../../lib/me.js';
import { useSwitchPlaybook } from './change-playbooks.js';
import { PlaybookMenu } from './playbook-menu.js';
import { startsWords } from './playbook-words.js';
import classes from './playbooks.module.css';

/** Playbooks by what they are for, with what became of their goals. */
export function PlaybooksPage() {
  const { data, error, refetch } = useQuery(playbooksQuery);
  const mayWrite = useMe().permissions.includes('playbooks:write');
  if (error) return <LoadFailed title="Playbooks could not be loaded" error={error} onRetry={refetch} />;
  if (!data) return <Skeleton h={360} m="lg" w="auto" />;
  if (data.length === 0) {
    return (
      <EmptyState
        title="No playbooks yet"
        text={
          mayWrite
            ? 'A playbook says what is done, when and by whom, to reach something on an account.'
            : 'An admin or a manager makes them.'
        }
      />
    );
  }
  return (
    <div className={classes.body}>
      <PlaybookTable playbooks={data} mayWrite={mayWrite} />
    </div>
  );
}

interface PlaybookTableProps {
  playbooks: readonly Playbook[];
  mayWrite: boolean;
}

/** One table, with a heading for each kind. */
function PlaybookTable({ playbooks, mayWrite }: PlaybookTableProps) {
  const change = useSwitchPlaybook();
  return (
    <Table.ScrollContainer minWidth={860} type="native">
      <Table aria-label="Playbooks" highlightOnHover layout="fixed">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Playbook</Table.Th>
            <Table.Th w={250}>Target</Table.Th>
            <Table.Th w={62} ta="right" title="Goals that run now, on accounts that you see">
              Live
            </Table.Th>
            {['Achieved', 'Missed', 'Cancelled'].map((label) => (
              <Table.Th key={label} w={88} ta="right">
                {label}
              </Table.Th>
            ))}
            <Table.Th w={58}>On</Table.Th>
            {mayWrite ? (
              <Table.Th w={48}>
                <VisuallyHidden>Actions</VisuallyHidden>
              </Table.Th>
            ) : null}
          </Table.Tr>
        </Table.Thead>
        {PLAYBOOK_KINDS.map((kind) => {
          const ofKind = playbooks.filter(({ definition }) => definition.kind === kind);
          if (ofKind.length === 0) return null;
          return (
            <Table.Tbody key={kind}>
              <Table.Tr className={classes.group}>
                <Table.Th colSpan={mayWrite ? 8 : 7} scope="rowgroup">
                  {KIND_WORDS[kind]}
                </Table.Th>
              </Table.Tr>
              {ofKind.map((playbook) => (
                <PlaybookLine
                  key={playbook.id}
                  playbook={playbook}
                  mayWrite={mayWrite}
                  isSwitching={change.isPending && change.variables.playbook.id === playbook.id}
                  onSwitch={(enabled) => change.mutate({ playbook, enabled })}
                />
              ))}
            </Table.Tbody>
          );
        })}
      </Table>
    </Table.ScrollContainer>
  );
}

interface PlaybookLineProps {
  playbook: Playbook;
  mayWrite: boolean;
  isSwitching: boolean;
  onSwitch: (enabled: boolean) => void;
}

function PlaybookLine({ playbook, mayWrite, isSwitching, onSwitch }: PlaybookLineProps) {
  const { id, key, definition, enabled, goals, problems, words, mayEdit } = playbook;
  return (
    <Table.Tr>
      <Table.Td>
        <div className={frame.nameLine}>
          <Link to="/goals/playbooks/$playbookId" params={{ playbookId: id }} className={frame.name}>
            {definition.name}
          </Link>
          {key === null ? null : (
            <span className={frame.mark} title="Comes with Steward">
              built in
            </span>
          )}
        </div>
        <div className={classes.dim}>{startsWords(playbook)}</div>
        {problems.length === 0 ? null : (
          <div className={classes.problem}>
            <IconAlertTriangle size={13} aria-hidden />
            Starts nothing until this is mended: {problems.map(({ message }) => message).join('; ')}
          </div>
        )}
      </Table.Td>
      <Table.Td>
        {capital(words.target)}
        <div className={classes.dim}>
          in {plural(definition.durationDays, 'day')}, {plural(definition.tasks.length, 'task')}
        </div>
      </Table.Td>
      <Table.Td ta="right" className="tabular">
        {goals.live === 0 ? (
          '0'
        ) : (
          <Link to="/goals/list" search={{ playbook: id, scope: 'all' }} className={classes.count}>
            {formatNumber(goals.live)}
          </Link>
        )}
      </Table.Td>
      {[goals.achieved, goals.missed, goals.cancelled].map((count, place) => (
        <Table.Td key={['achieved', 'missed', 'cancelled'][place]} ta="right" className="tabular">
          {formatNumber(count)}
        </Table.Td>
      ))}
      <Table.Td>
        <Switch
          size="xs"
          aria-label={`${definition.name} is on`}
          checked={enabled}
          disabled={!mayEdit || isSwitching}
          onChange={(event) => onSwitch(event.currentTarget.checked)}
        />
      </Table.Td>
      {mayWrite ? (
        <Table.Td>
          <PlaybookMenu playbook={playbook} />
        </Table.Td>
      ) : null}
    </Table.Tr>
  );
}
