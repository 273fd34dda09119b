import { DEMO_EMAIL, DEMO_PASSWORD } from './demo/demo-login';
import { isAnyAddress, lanAddresses } from './lan-address';
import type { Settings } from './settings/settings.module';

/** What a volunteer needs to know once everything runs. */
export function banner(settings: Settings, isDemo: boolean): string {
  const [first = '', ...others] = webAddresses(settings);
  const rows = [
    ['Open', first],
    ...others.map((address) => ['', address]),
    [
      'Log in',
      isDemo
        ? `${DEMO_EMAIL} (password: ${DEMO_PASSWORD})`
        : `${settings.web.defaultAdminEmail} (first password: admin, to be changed)`,
    ],
    [
      'Data',
      isDemo ? `${settings.data.folder} (a demo: thrown away at the end)` : settings.data.folder,
    ],
    ...(settings.database.location.kind === 'postgres' ? [['Database', 'PostgreSQL']] : []),
    ['Broker', brokerAddress(settings)],
    ['Stop', 'Ctrl-C'],
  ];
  const lines = rows.map(([label = '', text = '']) => `  ${label.padEnd(10)}${text}`);
  const warning =
    settings.web.tls === 'self-signed'
      ? ['', '  The browser warns of the certificate once, since FabOMatic made it itself: go on.']
      : [];
  return ['', 'FabOMatic is running.', '', ...lines, ...warning, '', ''].join('\n');
}

function webAddresses({ web }: Settings): string[] {
  const scheme = web.tls === 'off' ? 'http' : 'https';
  const hosts = isAnyAddress(web.host) ? ['localhost', ...lanAddresses()] : [web.host];
  const local = hosts.map((host) => `${scheme}://${bracketed(host)}:${web.port}`);
  return web.baseUrl === null ? local : [web.baseUrl, ...local];
}

function brokerAddress({ mqtt }: Settings): string {
  if (!mqtt.isEmbedded) return `${bracketed(mqtt.broker)}:${mqtt.port}`;
  const [host = 'localhost'] = isAnyAddress(mqtt.host) ? lanAddresses() : [mqtt.host];
  return `${bracketed(host)}:${mqtt.boardsPort} (built in)`;
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
