import { ReadDb } from '../database/db';
import type { TestLab } from './test-lab';

/** How many statements are read on the way of `work`: the same for ten rows as for a million. */
export async function queriesOf(lab: TestLab, work: () => Promise<unknown>): Promise<number> {
  const db = lab.app.get(ReadDb);
  const query = jest.spyOn(db, 'query');
  const chunks = jest.spyOn(db, 'chunks');
  try {
    await work();
    return query.mock.calls.length + chunks.mock.calls.length;
  } finally {
    query.mockRestore();
    chunks.mockRestore();
  }
}
