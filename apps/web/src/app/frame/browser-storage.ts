/** What is stored under a key; null when nothing is, or when the browser forbids storage. */
export function readStored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // SecurityError: storage is forbidden, nothing was ever kept
  }
}

/** Keeps a text, or forgets the key (null). Without storage the choice lasts until the reload. */
export function writeStored(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // SecurityError or QuotaExceededError: see above
  }
}
