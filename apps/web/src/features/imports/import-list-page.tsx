export function ImportListPage() {
  return null;
}
