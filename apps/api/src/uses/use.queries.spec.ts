import { CARDS, furnish, MACHINES } from '../testing/cast';
import { TestLab } from '../testing/test-lab';

/** SQLite refuses every statement that names the start of a use, whatever it sets it to. */
const REFUSE_MOVES = `CREATE TRIGGER no_moves BEFORE UPDATE OF started_at ON uses
  BEGIN SELECT RAISE(ABORT, 'the start is written'); END`;

describe('storing uses', () => {
  let lab: TestLab;
  beforeAll(async () => {
    lab = await TestLab.start();
    await furnish(lab);
  });
  afterAll(() => lab.remove());

  it('a stop of a use that began earlier than it was told moves the start', async () => {
    const boards = await lab.boards();
    await boards.ask(MACHINES.drill, { action: 'startuse', uid: CARDS.eve });
    await boards.ask(MACHINES.drill, { action: 'stopuse', uid: CARDS.eve, duration: 1 });
    const [use] = await lab.rows<{ started_at: number; ended_at: number }>(
      'SELECT started_at, ended_at FROM uses WHERE machine_id = ?',
      [MACHINES.drill],
    );
    expect((use?.ended_at ?? 0) - (use?.started_at ?? 0)).toBeCloseTo(1, 3);
  });

  it('an ordinary stop leaves the start, and its indexes, alone', async () => {
    await lab.change((db) => db.execute(REFUSE_MOVES));
    const boards = await lab.boards();
    await boards.ask(MACHINES.laser, { action: 'startuse', uid: CARDS.ada });
    await boards.ask(MACHINES.laser, { action: 'stopuse', uid: CARDS.ada, duration: 0 });
    const uses = await lab.rows('SELECT closed_by, version FROM uses WHERE machine_id = ?', [
      MACHINES.laser,
    ]);
    expect(uses).toEqual([{ closed_by: 'stop', version: 2 }]);
  });
});
