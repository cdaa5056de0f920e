export function DataLayout() {
  return null;
}
