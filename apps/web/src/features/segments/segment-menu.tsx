import { Menu } from '@mantine/core';
import type { Segment } from '@steward/shared/segments';
import { IconLock, IconUsers } from '@tabler/icons-react';
import { ItemMenu } from '../../components/ui/item-menu.js';
import { useMe } from '../../lib/me.js';
import { useCopySegment, useRemoveSegment, useShareSegment } from './change-segments.js';

interface SegmentMenuProps {
  segment: Segment;
  onRemoved?: () => void;
}

/** What a person may do with a segment: all may copy it, its owner and admins change it. */
export function SegmentMenu({ segment, onRemoved }: SegmentMenuProps) {
  const mayWrite = useMe().permissions.includes('segments:write');
  const share = useShareSegment();
  const copy = useCopySegment();
  const remove = useRemoveSegment();
  const shared = segment.visibility === 'shared';
  if (!mayWrite) return null;
  return (
    <ItemMenu
      name={segment.name}
      edit={segment.mayEdit ? `/segments/${segment.id}/edit` : null}
      onCopy={() => copy.mutate(segment)}
      remove={
        segment.mayEdit
          ? {
              run: (onGone) =>
                remove.mutate(segment.id, {
                  onSuccess: () => {
                    onGone();
                    onRemoved?.();
                  },
                }),
              isPending: remove.isPending,
              follows:
                'Its members, who came and went, and who was kept out go with it. Nothing brings them back. The accounts stay.',
            }
          : null
      }
    >
      {segment.mayEdit && segment.owner !== null ? (
        <Menu.Item
          leftSection={shared ? <IconLock size={14} aria-hidden /> : <IconUsers size={14} aria-hidden />}
          onClick={() => share.mutate({ segment, visibility: shared ? 'private' : 'shared' })}
        >
          {shared ? 'Make private' : 'Share with everyone'}
        </Menu.Item>
      ) : null}
    </ItemMenu>
  );
}
