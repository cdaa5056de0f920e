/** Where to go after signing in: only a path of this site; `//host` and other addresses are not followed. */
export function returnAddress(from: string | undefined): string {
  return from !== undefined && /^\/(?![/\\])/.test(from) && !from.startsWith('/sign-in') ? from : '/';
}
