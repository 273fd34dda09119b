/** The highest of some versions of firmware; '' of none. */
export function newestOf(versions: readonly string[]): string {
  return versions.reduce((newest, each) => (isOlder(newest, each) ? each : newest), '');
}

/** Part by part as numbers: 0.9.2 is older than 0.10.0. */
export function isOlder(version: string, than: string): boolean {
  const [parts, others] = [partsOf(version), partsOf(than)];
  for (let place = 0; place < Math.max(parts.length, others.length); place++) {
    const difference = (parts[place] ?? 0) - (others[place] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

function partsOf(version: string): number[] {
  return (version.match(/\d+/g) ?? []).map(Number);
}
