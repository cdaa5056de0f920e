import { useRouter } from '@tanstack/react-router';
import type { ComponentPropsWithoutRef, MouseEvent } from 'react';
import { type Door, hrefOf } from './door.js';

type DoorLinkProps = Omit<ComponentPropsWithoutRef<'a'>, 'href' | 'onClick'> & { door: Door };

/** A link to what stands behind a mark. Lighter than the router's own, because a page of charts has hundreds; also within SVG. */
export function DoorLink({ door, children, ...rest }: DoorLinkProps) {
  const router = useRouter();
  const open = (event: MouseEvent) => {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void router.navigate({ to: door.to, search: door.search } as never);
  };
  return (
    <a {...rest} href={hrefOf(door)} onClick={open}>
      {children}
    </a>
  );
}
