import { Mosquitto } from './mosquitto';
import type { TestBoards } from './test-boards';
import { TestLab } from './test-lab';

/** What a spec of boards has at hand; a new lab for each broker, shared by its tests. */
export interface BoardScene {
  readonly lab: TestLab;
  readonly boards: TestBoards;
}

/** Runs the same tests with the embedded broker and with a real Mosquitto. */
export function eachBroker(
  prepare: (lab: TestLab) => Promise<void>,
  tests: (scene: BoardScene) => void,
): void {
  describe.each(['embedded broker', 'Mosquitto'])('%s', (kind) => {
    jest.setTimeout(30_000);
    let mosquitto: Mosquitto | undefined;
    const scene: { lab?: TestLab; boards?: TestBoards } = {};

    beforeAll(async () => {
      if (kind === 'Mosquitto') mosquitto = await Mosquitto.start();
      scene.lab = await TestLab.start({ brokerPort: mosquitto?.port });
      await prepare(scene.lab);
      scene.boards = await scene.lab.boards();
    });
    afterEach(() => scene.lab?.slowDown(0));
    afterAll(async () => {
      await scene.lab?.remove();
      await mosquitto?.remove();
    });

    tests({
      get lab() {
        return present(scene.lab);
      },
      get boards() {
        return present(scene.boards);
      },
    });
  });
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('only inside a test');
  return value;
}
