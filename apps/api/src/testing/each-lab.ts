import type { PortalAccess } from '@fabomatic/members';
import { createPostgresDatabase } from './postgres';
import { TestApi } from './test-api';
import { TestLab, type TestLabOptions } from './test-lab';

/** What a spec of the REST API has at hand; one lab for all its tests. */
export interface LabScene {
  readonly lab: TestLab;
  /** Logged in as an administrator. */
  readonly api: TestApi;
  as(access: PortalAccess): Promise<TestApi>;
}

/** Runs the same tests on SQLite and on PostgreSQL. */
export function eachLab(
  prepare: (lab: TestLab) => Promise<void>,
  tests: (scene: LabScene) => void,
  options: () => Promise<TestLabOptions> = () => Promise.resolve({}),
) {
  describe.each(['SQLite', 'PostgreSQL'])('%s', (kind) => {
    // The first test may have to start PostgreSQL.
    jest.setTimeout(60_000);
    let lab: TestLab | undefined;
    let api: TestApi | undefined;

    beforeAll(async () => {
      const databaseUrl = kind === 'PostgreSQL' ? await createPostgresDatabase() : undefined;
      const database = databaseUrl === undefined ? {} : { databaseUrl };
      lab = await TestLab.start({ ...(await options()), ...database });
      api = await TestApi.as(lab, 'admin');
      await prepare(lab);
    });
    afterAll(() => lab?.remove());

    tests({
      get lab() {
        return present(lab);
      },
      get api() {
        return present(api);
      },
      as: (access) => TestApi.as(present(lab), access),
    });
  });
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('only inside a test');
  return value;
}
