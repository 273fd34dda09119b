import ExcelJS from 'exceljs';
import request from 'supertest';
import { furnish, MACHINES } from '../testing/cast';
import { eachLab } from '../testing/each-lab';
import { until } from '../testing/test-lab';

/** What strangers write where a number, a word or a name is expected. */
const HOSTILE = [
  `'" OR 1=1 --`,
  "1'); DROP TABLE members; --",
  '1) UNION SELECT password_hash FROM members --',
  'a\u0000b',
  '\ud800%_\\',
  '../../etc/passwd',
  '-1',
  '99999999999999999999',
  '9007199254740991',
  '9999-12-31T23:59:59Z',
];
/** Says something of our insides to whoever reads an error. */
const INSIDES = /SQLITE|syntax error|SELECT |node_modules|\.ts:|\.js:|at \w+ \(|ECONN|\/tmp\//;
/** End the program, or begin what other tests look at. */
const LEFT_ALONE = /system\/restart|settings|logout|backups.*restore|live|weekly-summary\/send/;

interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly $ref?: string;
}
interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: Schema }>>;
  };
}
interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

/** A body that fits the schema, with `text` wherever it leaves the choice. */
function filled(schema: Schema, text: string, all: Description): unknown {
  const { $ref } = schema;
  const named =
    $ref === undefined ? schema : all.components?.schemas?.[$ref.split('/').at(-1) ?? ''];
  if (named === undefined) return text;
  if (named.const !== undefined) return named.const;
  if (named.enum !== undefined) return named.enum[0];
  const choices = named.anyOf ?? named.oneOf;
  if (choices?.[0] !== undefined) return filled(choices[0], text, all);
  switch (named.type) {
    case 'object': {
      const fields = Object.entries(named.properties ?? {});
      return Object.fromEntries(fields.map(([name, each]) => [name, filled(each, text, all)]));
    }
    case 'array':
      return named.items === undefined ? [] : [filled(named.items, text, all)];
    case 'integer':
    case 'number':
      return Math.max(named.minimum ?? 1, 1);
    case 'boolean':
      return false;
    default:
      if (named.format === 'email') return `x${Math.random().toString(36).slice(2)}@example.org`;
      if (named.format === 'date-time') return '2026-01-01T00:00:00Z';
      if (named.format === 'date') return '2026-01-01';
      return text;
  }
}

eachLab(furnish, (scene) => {
  const description = async () => {
    const answer = await request(scene.lab.app.getHttpServer()).get('/api/openapi.json');
    return answer.body as Description;
  };
  const relative = (path: string) => path.replace('/api/v1/', '');
  const isSafe = ({ status, text }: { status: number; text?: string }) =>
    status < 500 && (status < 400 || !INSIDES.test(text ?? ''));

  it('[B12] SQL, NUL and nonsense in each query parameter and each path: never a 500', async () => {
    const wrong: string[] = [];
    let asked = 0;
    for (const [path, methods] of Object.entries((await description()).paths)) {
      const { get } = methods;
      if (get === undefined || !path.startsWith('/api/v1/') || LEFT_ALONE.test(path)) continue;
      const address = relative(path);
      const ones = address.replace(/{\w+}/g, '1');
      const queries = (get.parameters ?? []).filter((each) => each.in === 'query');
      for (const text of HOSTILE) {
        const coded = encodeURIComponent(text.replace('\ud800', ''));
        const urls = queries.map(({ name }) => `${ones}?${name}=${coded}`);
        if (address.includes('{')) urls.push(address.replace(/{\w+}/g, coded));
        for (const url of urls) {
          asked += 1;
          const answer = await scene.api.get(url);
          // An answer may name what it was asked for.
          const said = answer.text?.replaceAll(text, '');
          if (!isSafe({ status: answer.status, text: said })) {
            wrong.push(`GET ${url}: ${answer.status} ${answer.text}`);
          }
        }
      }
    }
    expect(asked).toBeGreaterThan(500);
    expect(wrong).toEqual([]);
  }, 300_000);

  it('[B12] the same in each text of each body: never a 500', async () => {
    const all = await description();
    const wrong: string[] = [];
    let asked = 0;
    for (const [path, methods] of Object.entries(all.paths)) {
      if (!path.startsWith('/api/v1/') || LEFT_ALONE.test(path)) continue;
      for (const method of ['post', 'patch', 'put'] as const) {
        const schema = methods[method]?.requestBody?.content['application/json']?.schema;
        if (schema === undefined) continue;
        for (const text of HOSTILE) {
          asked += 1;
          const body = filled(schema, text, all) as object;
          const url = relative(path).replace(/{\w+}/g, '1');
          const answer = await scene.api[method](url, body);
          if (!isSafe(answer)) {
            wrong.push(`${method} ${url} ${JSON.stringify(body)}: ${answer.status} ${answer.text}`);
          }
        }
      }
    }
    expect(asked).toBeGreaterThan(150);
    expect(wrong).toEqual([]);
  }, 300_000);

  it('answers about people are kept by no browser and no proxy, refusals neither', async () => {
    for (const path of ['members', 'me', 'audit', 'nothing', 'members/999999']) {
      const { headers } = await scene.api.get(path);
      expect([path, headers['cache-control']]).toEqual([path, 'no-store']);
    }
  });

  it('what a board says of itself is stored without NUL, and is no formula in Excel', async () => {
    const boards = await scene.lab.boards();
    const said = ['=1+1', '+1', '-1', '@SUM(1)', '\t=1', '\r=1', 'a\u0000b'];
    for (const serial of said) {
      boards.say(MACHINES.laser, { action: 'alive', version: serial, ip: '=cmd|x', serial });
    }
    await until(async () => {
      const { body } = await scene.api.get('boards?q=ab');
      return (body as { total: number }).total === 1;
    });
    const file = await scene.api
      .get('exports/boards.xlsx')
      .buffer(true)
      .parse((response, done) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => done(null, Buffer.concat(parts)));
      });
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(file.body as ArrayBuffer);
    const cells: ExcelJS.Cell[] = [];
    workbook.worksheets[0]?.eachRow((row) => row.eachCell((cell) => cells.push(cell)));
    expect(cells.filter(({ value }) => value === '=cmd|x').length).toBeGreaterThan(0);
    expect(cells.filter(({ type }) => type === ExcelJS.ValueType.Formula)).toEqual([]);
  });
});
