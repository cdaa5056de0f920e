import { ActionIcon, Menu } from '@mantine/core';
import type { View } from '@steward/shared/views';
import {
  IconArrowLeft,
  IconArrowRight,
  IconChevronDown,
  IconLock,
  IconMail,
  IconPencil,
  IconTrash,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type DragEvent, type ReactNode, useState } from 'react';
import classes from './view-tabs.module.css';

/** Tabs are one page with different questions: an address is a tab's own only as a whole. */
export const WHOLE = { exact: true, includeSearch: true };

export const isCurrent = (current: boolean) => (current ? ('page' as const) : undefined);

const DRAGGED = 'application/x-steward-view';

interface ViewTabProps {
  view: View;
  isCurrent: boolean;
  mark: ReactNode;
  menu: ReactNode;
  /** Another tab was let go over this one. */
  onDrop: (id: string) => void;
}

/** A view as a tab, which can be dragged to another place. */
export function ViewTab({ view, isCurrent: current, mark, menu, onDrop }: ViewTabProps) {
  const [isTarget, setTarget] = useState(false);
  const isView = ({ dataTransfer }: DragEvent) => dataTransfer.types.includes(DRAGGED);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what dragging does, the menu of the tab does by keyboard
    <span
      className={classes.entry}
      data-target={isTarget || undefined}
      onDragStart={({ dataTransfer }) => {
        dataTransfer.setData(DRAGGED, view.id);
        dataTransfer.effectAllowed = 'move';
      }}
      onDragOver={(event) => {
        if (!isView(event)) return;
        event.preventDefault();
        setTarget(true);
      }}
      onDragLeave={() => setTarget(false)}
      onDrop={(event) => {
        setTarget(false);
        if (!isView(event)) return;
        event.preventDefault();
        onDrop(event.dataTransfer.getData(DRAGGED));
      }}
    >
      <Link
        to="/accounts"
        search={{ view: view.id }}
        className={classes.tab}
        activeOptions={WHOLE}
        aria-current={isCurrent(current)}
        title={view.visibility === 'shared' ? `Shared by ${view.owner.name}` : 'Seen by you alone'}
      >
        {view.name}
        {view.visibility === 'private' ? <IconLock size={11} aria-label="private" /> : null}
        {mark}
      </Link>
      {menu}
    </span>
  );
}

interface ViewMenuProps {
  view: View;
  /** Null: it stands at that end. */
  onLeft: (() => void) | null;
  onRight: (() => void) | null;
  /** Has it come by mail. */
  onSchedule: () => void;
  onRename: () => void;
  onDelete: () => void;
}

/** What may be done with the open view; its place among the tabs is each person's own. */
export function ViewMenu({ view, onLeft, onRight, onSchedule, onRename, onDelete }: ViewMenuProps) {
  return (
    <Menu position="bottom-start" shadow="md">
      <Menu.Target>
        <ActionIcon size={24} aria-label={`Change the view ${view.name}`}>
          <IconChevronDown size={13} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconArrowLeft size={14} aria-hidden />} disabled={!onLeft} onClick={() => onLeft?.()}>
          Move left
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowRight size={14} aria-hidden />}
          disabled={!onRight}
          onClick={() => onRight?.()}
        >
          Move right
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconMail size={14} aria-hidden />} onClick={onSchedule}>
          Schedule by mail…
        </Menu.Item>
        {view.mayEdit ? (
          <>
            <Menu.Item leftSection={<IconPencil size={14} aria-hidden />} onClick={onRename}>
              Rename or share
            </Menu.Item>
            <Menu.Item leftSection={<IconTrash size={14} aria-hidden />} onClick={onDelete}>
              Delete
            </Menu.Item>
          </>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}
