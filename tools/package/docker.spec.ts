import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const lines = (path: string) =>
  read(path)
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));

const dockerfile = lines('tools/package/Dockerfile');
const compose = read('tools/package/compose.yaml');
const documented = read('docs/settings.md');
/** What the build sees of the clone. */
const seen = lines('.dockerignore').flatMap((line) => (line.startsWith('!') ? line.slice(1) : []));

const ofKind = (instruction: string) =>
  dockerfile.filter((line) => line.startsWith(`${instruction} `));
const variablesIn = (text: string) => [...new Set(text.match(/FABOMATIC_[A-Z_]+/g) ?? [])];

describe('the image', () => {
  it('is built in stages, and only the last one is kept: it runs as nobody special', () => {
    const from = ofKind('FROM');
    expect(from.map((line) => line.split(' ')[1])).toEqual(Array(3).fill('node:22-bookworm-slim'));
    expect(from.at(-1)).not.toContain(' AS ');
    const last = dockerfile.slice(dockerfile.lastIndexOf(from.at(-1) ?? ''));
    expect(last).toContain('USER node');
    // Nothing is done as root after that.
    expect(last.slice(last.indexOf('USER node')).some((line) => line.startsWith('RUN'))).toBe(
      false,
    );
    expect(last.some((line) => /npm (ci|install|run)/.test(line))).toBe(false);
  });

  it('sees what it is built from, and neither data nor secrets nor history', () => {
    expect(lines('.dockerignore')[0]).toBe('*');
    expect(seen.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    const copied = ofKind('COPY')
      .filter((line) => !line.includes('--from='))
      .flatMap((line) => line.split(' ').slice(1, -1))
      .filter((path) => path !== '.');
    expect(seen).toEqual(expect.arrayContaining(copied));
    for (const path of ['data', 'conf', 'docs', '.git', '.ci', 'apps', 'node_modules', 'dist']) {
      expect(seen).not.toContain(path);
    }
    // Each file of the package stands in the tree of the build, or is built there.
    const contents = read('tools/bootstrap/package/contents.mjs');
    const sources = [...contents.matchAll(/: '((?:tools|docs|conf)\/[^']+|[A-Z]+(?:\.md)?)'/g)];
    expect(sources.length).toBeGreaterThan(8);
    for (const [, path = ''] of sources) {
      expect([path, seen.some((each) => path === each || path.startsWith(`${each}/`))]).toEqual([
        path,
        true,
      ]);
    }
  });

  it('starts and checks files that the package has', () => {
    const contents = read('tools/bootstrap/package/contents.mjs');
    const called = dockerfile.flatMap(
      (line) => line.match(/\/app\/(dist\/bin\/\w+\.mjs)/)?.[1] ?? [],
    );
    expect(called).toEqual(['dist/bin/health.mjs', 'dist/bin/fabomatic.mjs']);
    for (const file of called) expect(contents).toContain(`'${file}'`);
    expect(dockerfile.some((line) => line.startsWith('HEALTHCHECK'))).toBe(true);
    expect(ofKind('EXPOSE')).toEqual(['EXPOSE 23336 1883']);
  });
});

it('sets variables that the settings know, in the image and in the compose file', () => {
  const variables = variablesIn([...dockerfile, compose].join('\n'));
  expect(variables.length).toBeGreaterThan(3);
  for (const name of variables) expect(documented).toContain(`\`${name}\``);
});

describe('the compose file', () => {
  it('has Mosquitto as the broker, and PostgreSQL when asked for', () => {
    expect(compose).toContain('FABOMATIC_MQTT_BROKER: mosquitto\n');
    expect(compose).toMatch(/\n {2}mosquitto:\n {4}image: eclipse-mosquitto:2\n/);
    expect(compose).toMatch(/\n {2}postgres:\n {4}profiles: \[postgres\]\n/);
    expect(compose).toContain("- '23336:23336'");
    expect(compose).toContain("- '1883:1883'");
    const [, mounted] = compose.match(/- \.\/([\w.]+):\/mosquitto\/config/) ?? [];
    expect(existsSync(join(__dirname, mounted ?? 'none'))).toBe(true);
  });

  it('has a server no newer than the pg_dump of the image: Debian 12 has 15', () => {
    expect(compose).toContain('image: postgres:15-bookworm\n');
    expect(ofKind('FROM').at(-1)).toContain('bookworm');
    expect(dockerfile.some((line) => line.includes('postgresql-client'))).toBe(true);
  });

  it('gives the program one folder to write to and no rights', () => {
    expect(compose).toContain('    read_only: true\n');
    expect(compose).toContain("    security_opt: ['no-new-privileges:true']\n");
    expect(compose).toContain('      - data:/data\n');
    expect(ofKind('ENV').join()).toContain('FABOMATIC_DATA_DIR=/data');
  });

  it('has no password in it', () => {
    expect(compose.match(/PASSWORD: .*/g)).toEqual(['PASSWORD: ${POSTGRES_PASSWORD:-}']);
  });
});

describe('the health check', () => {
  let server: Server;
  let status = 200;

  beforeAll(async () => {
    server = createServer((request, response) => {
      response.writeHead(request.url === '/healthz' ? status : 404).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => server.close());

  const check = async (port: number) => {
    const { spawn } = await import('node:child_process');
    const child = spawn(process.execPath, [join(__dirname, 'bin/health.mjs')], {
      env: { FABOMATIC_WEB_PORT: String(port) },
    });
    const [code] = (await once(child, 'exit')) as [number | null];
    return code;
  };
  const portOf = () => {
    const address = server.address();
    return address !== null && typeof address === 'object' ? address.port : 0;
  };

  it('finds the product without TLS too', async () => {
    expect(await check(portOf())).toBe(0);
  });

  it('fails when the product is ill or away', async () => {
    status = 503;
    expect(await check(portOf())).toBe(1);
    const { status: code } = spawnSync(process.execPath, [join(__dirname, 'bin/health.mjs')], {
      // A port on which nobody listens.
      env: { FABOMATIC_WEB_PORT: '1' },
    });
    expect(code).toBe(1);
  });
});
