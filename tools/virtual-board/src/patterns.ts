import { between, mostlyShort } from './random';
import { Scene, type SceneOptions, SceneOver } from './scene';

/**
 * `idle`: nobody comes · `tap`: people come and work for a believable time · `busy`: one short use
 * after the other · `offline`: the link is lost for minutes, in use or not, and people go on ·
 * `replay`: as many uses as fit into an outage, then all at once · `mixed`: all that, and power cuts.
 */
export const PATTERN_NAMES = ['idle', 'tap', 'busy', 'offline', 'replay', 'mixed'] as const;

export type PatternName = (typeof PATTERN_NAMES)[number];

/** What happens before a board, once; a pattern is that again and again. Seconds are of `Scene`. */
type Step = (scene: Scene) => Promise<void>;

const idle: Step = (scene) => scene.wait(60);

const tap: Step = async (scene) => {
  await scene.wait(mostlyShort(scene.random, 5, 300));
  const uid = scene.anyCard();
  const holdS = scene.random() < 0.3 ? 12 : 0.5; // long enough to confirm a maintenance
  if ((await scene.showCard(uid, holdS)) !== 'started') return;
  await scene.wait(mostlyShort(scene.random, 20, 1800));
  if (scene.random() < 0.1) await scene.showCard(scene.anyCard()); // someone does not wait
  if (scene.random() < 0.95) await scene.logOut(); // and some forget
};

const busy: Step = async (scene) => {
  await scene.showCard(scene.anyCard());
  await scene.wait(between(scene.random, 4, 15));
  await scene.logOut();
  await scene.wait(between(scene.random, 3, 6));
};

const offline: Step = async (scene) => {
  const { board, random } = scene;
  await busy(scene);
  if (random() < 0.5) await scene.showCard(scene.anyCard());
  if (random() < 0.3) {
    board.dropLink();
    return;
  }
  board.cutLink();
  await scene.wait(mostlyShort(random, 20, 180));
  await scene.logOut();
  if (random() < 0.7) await busy(scene);
  board.restoreLink();
  await scene.untilReplayed(150);
  await scene.wait(between(random, 20, 60));
};

const replay: Step = async (scene) => {
  const { board, random } = scene;
  await busy(scene); // cards that were accepted once come in when nobody answers
  board.cutLink();
  const uses = Math.ceil(between(random, 2, 8));
  for (let n = 0; n < uses; n++) await busy(scene);
  board.restoreLink();
  await scene.untilReplayed(150);
  await scene.wait(between(random, 5, 30));
};

const powerCut: Step = async (scene) => {
  const { board, random } = scene;
  if (random() < 0.7) await scene.showCard(scene.anyCard());
  await scene.wait(mostlyShort(random, 5, 200));
  await board.powerCut();
  await scene.wait(mostlyShort(random, 3, 120));
  board.boot();
  await scene.wait(10);
};

const mixed: Step = (scene) => {
  const chance = scene.random();
  if (chance < 0.5) return tap(scene);
  if (chance < 0.7) return busy(scene);
  if (chance < 0.85) return offline(scene);
  if (chance < 0.93) return replay(scene);
  return powerCut(scene);
};

const STEPS: Readonly<Record<PatternName, Step>> = { idle, tap, busy, offline, replay, mixed };

/**
 * Plays a pattern before a board that has been booted, until `signal` is aborted. The board is left
 * as it is then: in use perhaps, but with a link that can be made.
 */
export async function playPattern(name: PatternName, options: SceneOptions): Promise<void> {
  const scene = new Scene(options);
  try {
    await scene.wait(between(options.random, 7, 15)); // boards do not boot in step
    for (;;) await STEPS[name](scene);
  } catch (error) {
    if (!(error instanceof SceneOver)) throw error;
    options.board.restoreLink();
  }
}
