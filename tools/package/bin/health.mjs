#!/usr/bin/env node
/**
 * Does the product on this computer serve? Exit code 0 or 1. For Docker, whose image has no curl.
 * The certificate is not checked: it is the one of the product, on the computer itself.
 */
import { get as getPlain } from 'node:http';
import { get as getTls } from 'node:https';

const TIMEOUT_MS = 4000;
const port = Number(process.env.FABOMATIC_WEB_PORT || 23336);

/** With TLS first: what `web.tls` says may stand in the settings file. */
const serves = (await answers(getTls)) || (await answers(getPlain));
process.exitCode = serves ? 0 : 1;

function answers(get) {
  const options = { host: '127.0.0.1', port, path: '/healthz', rejectUnauthorized: false };
  return new Promise((resolve) => {
    const request = get({ ...options, timeout: TIMEOUT_MS }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('timeout', () => request.destroy());
    // Nobody listens there, or in the other protocol.
    request.on('error', () => resolve(false));
  });
}
